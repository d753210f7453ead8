"""One release: its text, its evidence, or why it comes to nothing."""

from typing import Any, ClassVar

from django import forms
from django.http import FileResponse, Http404, HttpRequest, HttpResponseBase
from django.urls import reverse
from django.views.decorators.http import require_safe

from gongkai.domain.channels import policies
from gongkai.domain.channels.actions import Evidence, give_up, release, take_down, write
from gongkai.domain.channels.desk.board import HOME, row_of
from gongkai.domain.channels.models import Release, State
from gongkai.domain.channels.models.release import EVIDENCE
from gongkai.domain.channels.texts import proposal, text_of
from gongkai.foundation import clock
from gongkai.foundation.attachments.fields import StoredFilesField
from gongkai.foundation.attachments.kinds import PICTURES
from gongkai.foundation.desk.forms import DateInput, FormView
from gongkai.foundation.desk.views import Crumb
from gongkai.foundation.permissions import behind
from gongkai.foundation.permissions.guard import reader_of


class _OneRelease(FormView):
    """A screen about one release."""

    act = "channels.plan"

    @property
    def release(self) -> Release:
        """Return the release."""
        if not hasattr(self, "_release"):
            self._release = policies.fetch(self.reader, self.kwargs["key"])
        return self._release

    def get_crumbs(self) -> list[Crumb]:
        """Return the way here."""
        item = self.release.item
        return [HOME, Crumb(item.title, f"/desk/channels/items/{item.pk}/")]

    def get_title(self) -> str:
        """Return the heading."""
        return self.release.get_outlet_display()

    def get_back(self) -> str:
        """Return where 取消 leads."""
        return self.release.get_absolute_url()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the release."""
        return super().get_context_data(
            release=self.release,
            item=self.release.item,
            row=row_of(self.release),
            may=policies.may(self.reader, "channels.plan", self.release),
            **kwargs,
        )


class EvidenceForm(forms.Form):
    """When, and what shows it."""

    on = forms.DateField(label="发布日期", widget=DateInput)
    link = forms.CharField(label="链接", required=False, max_length=500)
    photo = StoredFilesField(
        label="照片或截图", required=False, multiple=False, kinds=sorted(PICTURES)
    )
    page = forms.CharField(
        label="版次、页码", required=False, max_length=60, help_text="例如：云川日报 3月12日 第2版"
    )
    note = forms.CharField(
        label="情况说明",
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="例如：广播电台早间新闻播出；向 1200 人群发",
    )

    def __init__(self, *args: Any, asked: tuple[str, ...], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in EVIDENCE:
            if asked and name not in asked and name != "note":
                del self.fields[name]


class ReleaseView(_OneRelease):
    """A release with its text; whoever may records it here."""

    act = "channels.view"
    template_name = "channels/release.html"
    form_class = EvidenceForm
    submit = "登记发布"
    done = "已登记，计入本期渠道统计。"

    def get_form_kwargs(self) -> dict[str, Any]:
        """Ask for what the outlet asks for."""
        return {"asked": self.release.facts.evidence, "initial": {"on": clock.today()}}

    def get_form(self) -> forms.Form:
        """Tell the file field who brings a file."""
        form = super().get_form()
        if "photo" in form.fields:
            form.fields["photo"].reader = self.reader  # type: ignore[attr-defined]  # of the field declared
        return form

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the text, and what is asked for."""
        asked = "、".join(EVIDENCE[kind] for kind in self.release.facts.evidence)
        can = self.release.state in {State.PLANNED, State.GIVEN_UP} and self.release.item.live
        return super().get_context_data(
            text=text_of(self.release) if self.release.item.live else "",
            asked=asked,
            can_release=can,
            **kwargs,
        )

    def act_on(self, data: dict[str, Any]) -> str:
        """Record it."""
        photos = data.get("photo") or []
        evidence = Evidence(
            link=data.get("link", ""),
            photo=photos[0] if photos else None,
            page=data.get("page", ""),
            note=data.get("note", ""),
        )
        release(self.release, evidence, by=self.reader, on=data["on"])
        return f"/desk/channels/?outlet={self.release.outlet}"


class TextForm(forms.Form):
    """The text in somebody's own words."""

    text = forms.CharField(label="文稿", required=False, widget=forms.Textarea(attrs={"rows": 8}))


class TextView(_OneRelease):
    """The text of a release."""

    form_class = TextForm
    done = "文稿已保存。"
    intro = "清空后保存，恢复自动生成的文稿。"

    def get_title(self) -> str:
        """Return the heading."""
        most = self.release.facts.length
        limit = f"（{most} 字以内）" if most else ""
        return f"{self.release.get_outlet_display()}文稿{limit}"

    def get_form_kwargs(self) -> dict[str, Any]:
        """Begin with what there is."""
        return {"initial": {"text": text_of(self.release)}}

    def act_on(self, data: dict[str, Any]) -> str:
        """Keep it, unless it is the proposal itself."""
        text = data["text"].replace("\r\n", "\n")
        proposed = proposal(self.release.item, self.release.outlet)
        write(self.release, "" if text.strip() == proposed else text, by=self.reader)
        return self.release.get_absolute_url()


class ReasonForm(forms.Form):
    """Why."""

    reason = forms.CharField(label="理由", required=False, widget=forms.Textarea(attrs={"rows": 3}))


class GiveUpView(_OneRelease):
    """It will not go out."""

    form_class = ReasonForm
    submit = "不发布"
    done = "已取消，不再提醒。"
    doing: ClassVar[str] = "不在{outlet}发布"

    def get_title(self) -> str:
        """Return the heading."""
        return self.doing.format(outlet=self.release.get_outlet_display())

    def act_on(self, data: dict[str, Any]) -> str:
        """Give it up."""
        give_up(self.release, by=self.reader, reason=data["reason"])
        return reverse("channels:item", args=[self.release.item_id])


class TakeDownView(GiveUpView):
    """It is gone."""

    submit = "登记撤下"
    done = "已登记撤下。"
    doing = "登记{outlet}撤下"
    intro = "写明怎样撤下的；收不回来的（报刊、短信等），写明在哪里刊登了更正。"

    def act_on(self, data: dict[str, Any]) -> str:
        """Note it."""
        take_down(self.release, by=self.reader, note=data["reason"])
        return reverse("channels:item", args=[self.release.item_id])


@behind("channels.view")
@require_safe
def photo(request: HttpRequest, key: int) -> HttpResponseBase:
    """Show the picture that proves a release."""
    found = policies.fetch(reader_of(request), key)
    if found.photo is None or not found.photo.is_ready:
        raise Http404
    return FileResponse(found.photo.open_public(), content_type=found.photo.media_type)
