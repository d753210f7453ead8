"""Files in a form: a plain input that sends everything at once, or pieces sent while one goes on writing."""

from collections.abc import Collection, Sequence
from typing import Any

from django import forms
from django.urls import reverse

from gongkai.core.refusal import Refusal
from gongkai.foundation.attachments import uploading
from gongkai.foundation.attachments.kinds import KINDS, accept, accepted
from gongkai.foundation.attachments.models import StoredFile
from gongkai.foundation.attachments.receiving import limit, receive
from gongkai.foundation.attachments.sizes import sized
from gongkai.foundation.permissions import Reader


class UploadInput(forms.FileInput):
    """A file input; ``attachments/upload.js`` puts a list with progress in its place."""

    template_name = "attachments/input.html"
    allow_multiple_selected = True
    kinds: Collection[str] | None = None
    chosen: Sequence[StoredFile] = ()
    tokens: Sequence[str] = ()

    class Media:
        css = {"all": ["attachments/upload.css"]}
        js = ["attachments/upload.js"]

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Any:
        """Return tokens and files together."""
        listed = data.getlist(f"{name}-token") if hasattr(data, "getlist") else []
        brought = files.getlist(name) if hasattr(files, "getlist") else []
        return [*listed, *brought]

    def value_omitted_from_data(self, data: Any, files: Any, name: str) -> bool:
        """Tell whether nothing was sent at all."""
        return name not in files and f"{name}-token" not in data

    def get_context(self, name: str, value: Any, attrs: Any) -> dict[str, Any]:  # noqa: ARG002  # Django's signature
        """Add the limits and what is here already."""
        context = super().get_context(name, None, attrs)
        wanted = {
            key: kind for key, kind in KINDS.items() if self.kinds is None or key in self.kinds
        }
        context["upload"] = {
            "address": reverse("attachments:begin"),
            "accept": accept(wanted),
            "kinds": accepted(wanted),
            "limit": sized(limit()),
            "limit_bytes": limit(),
            "piece": uploading.PIECE,
            "chosen": list(zip(self.chosen, self.tokens, strict=True)),
        }
        return context


class StoredFilesField(forms.Field):
    """Files brought with a form; cleaned to a list of :class:`~.models.StoredFile`.

    The form sets ``reader`` on it before it is cleaned. What came in stays shown when something else in
    the form is wrong.
    """

    widget = UploadInput
    default_error_messages = {"required": "请选择文件。", "one": "这里只能放一个文件。"}

    def __init__(
        self, *, kinds: Collection[str] | None = None, multiple: bool = True, **kwargs: Any
    ) -> None:
        self.kinds, self.multiple = kinds, multiple
        self.reader = Reader()
        super().__init__(**kwargs)
        self.widget.kinds = kinds
        self.widget.allow_multiple_selected = multiple
        if multiple:
            self.widget.attrs["multiple"] = True
        else:
            self.widget.attrs.pop("multiple", None)

    def clean(self, value: Any) -> list[StoredFile]:
        """Return the files; a sentence for each that may not come in."""
        brought: list[StoredFile] = []
        wrong: list[str] = []
        for one in value or []:
            try:
                if isinstance(one, str):
                    brought.append(uploading.from_token(one, by=self.reader))
                else:
                    brought.append(receive(one, self.reader, kinds=self.kinds))
            except Refusal as refusal:
                wrong.append(str(refusal))
        self.widget.chosen = brought
        self.widget.tokens = [uploading.token(stored, by=self.reader) for stored in brought]
        if wrong:
            raise forms.ValidationError(wrong)
        if self.kinds is not None and any(stored.kind not in self.kinds for stored in brought):
            wanted = accepted({key: KINDS[key] for key in KINDS if key in self.kinds})
            raise forms.ValidationError(f"请上传 {wanted} 文件。")
        if self.required and not brought:
            raise forms.ValidationError(self.error_messages["required"], code="required")
        if not self.multiple and len(brought) > 1:
            raise forms.ValidationError(self.error_messages["one"], code="one")
        return brought
