"""The form of one item, and the files that go with it."""

from collections.abc import Iterable
from pathlib import PurePath
from typing import Any

from django import forms

from gongkai.core.titles import quoted
from gongkai.domain.directory.models import Column
from gongkai.domain.information.actions import Attached
from gongkai.domain.information.desk import choices
from gongkai.domain.information.desk.as_public import pictures_of
from gongkai.domain.information.models import Item, Kind, Publicity
from gongkai.domain.information.pictures import named, placed
from gongkai.domain.review.models import Importance
from gongkai.foundation.attachments import uploading
from gongkai.foundation.attachments.errors import UploadOver
from gongkai.foundation.attachments.fields import StoredFilesField
from gongkai.foundation.attachments.models import StoredFile
from gongkai.foundation.desk.forms import DateInput, RowField
from gongkai.foundation.keys import key_of
from gongkai.foundation.permissions import Reader

LONGEST_BODY = 2_000_000


class MomentInput(forms.DateTimeInput):
    """A day and an hour, with the browser's calendar."""

    input_type = "datetime-local"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs, format="%Y-%m-%dT%H:%M")


def _day(label: str, help_text: str = "") -> forms.DateField:
    return forms.DateField(label=label, required=False, widget=DateInput(), help_text=help_text)


def _moment(label: str, help_text: str) -> forms.DateTimeField:
    return forms.DateTimeField(
        label=label, required=False, widget=MomentInput(), help_text=help_text
    )


class ItemForm(forms.Form):
    """Everything about an item that a clerk fills in. Nothing is required to save: it is to hand in."""

    use_required_attribute = False

    title = forms.CharField(label="标题", max_length=300, required=False)
    body = forms.CharField(
        label="正文",
        required=False,
        max_length=LONGEST_BODY,
        widget=forms.Textarea({"rows": 18, "data-editor": ""}),
        help_text="可以直接从 Word、WPS 粘贴，多余的格式会在保存时清除，表格保留。",
    )
    summary = forms.CharField(
        label="内容概述",
        required=False,
        max_length=1000,
        widget=forms.Textarea({"rows": 3}),
        help_text="一般不超过 100 字，显示在目录和搜索结果中。",
    )
    document_number = forms.CharField(
        label="文号",
        max_length=100,
        required=False,
        widget=forms.TextInput({"placeholder": "云水〔2026〕12号"}),
    )
    made_on = _day("成文日期", "公文类填签发日期。")
    kind = forms.ChoiceField(label="文件性质", required=False, choices=Kind.choices)
    registration_number = forms.CharField(label="统一登记号", max_length=80, required=False)
    effective_on = _day("生效日期")
    expires_on = _day("失效日期", "有效期满后的第一天，到这一天自动标为失效。")
    formed_on = _day("形成日期", "信息形成或变更之日，公开期限从这一天起算。")
    publicity = forms.ChoiceField(
        label="公开属性", choices=Publicity.choices, widget=forms.RadioSelect
    )
    ground = forms.ChoiceField(
        label="不公开的依据", required=False, choices=lambda: choices.grounds("请选择")
    )
    ground_note = forms.CharField(
        label="不公开的理由",
        required=False,
        widget=forms.Textarea({"rows": 3}),
        help_text="写明哪些内容属于上述情形、能否区分处理。",
    )
    assess_on = _day("下次评估日期", "不公开的信息要定期评估，到这一天会提醒您。")
    declassify_on = _day("解密日期", "依据是国家秘密的才填：保密期限届满的日期，到期以前提醒您。")
    column = RowField(
        label="栏目", queryset=Column.objects.none(), required=False, empty_label="请选择"
    )
    topic = forms.ChoiceField(
        label="主题分类", required=False, choices=lambda: choices.topics("请选择")
    )
    genre = forms.ChoiceField(
        label="体裁", required=False, choices=lambda: choices.genres("请选择")
    )
    keywords = forms.CharField(
        label="关键词", max_length=200, required=False, help_text="用空格隔开。"
    )
    uploads = StoredFilesField(label="添加附件", required=False)
    go_live_at = _moment("定时公开", "签批完成后到这个时间才公开；不填则签批完成即公开。")
    expire_at = _moment("定时下线", "到这个时间自动从网上撤下；不填则长期公开。")
    importance = forms.ChoiceField(
        label="重要程度", choices=Importance.choices, help_text="决定由谁签批。"
    )
    editor = forms.CharField(label="责任编辑", max_length=60, required=False)
    source = forms.CharField(label="信息来源", max_length=120, required=False)

    SECTIONS = (
        ("文件信息", ("document_number", "made_on", "kind", "registration_number")),
        ("日期", ("effective_on", "expires_on", "formed_on")),
        ("栏目和分类", ("column", "topic", "genre", "keywords")),
        ("公开时间", ("go_live_at", "expire_at")),
        ("责任", ("importance", "editor", "source")),
    )
    WITHHELD = ("ground", "ground_note", "assess_on", "declassify_on")
    WANTED = ("title", "body", "column")
    """What is needed before it is handed in, if it is to be open."""
    OWN = ("uploads",)
    """Fields that are not columns of the item."""

    def __init__(self, *args: Any, item: Item, reader: Reader, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.item = item
        for name, field in self.fields.items():
            # nothing is required to save, so that 选填 would stand at everything
            field.template_name = "desk/field_plain.html"  # type: ignore[attr-defined]  # of BoundField's renderer
            field.wanted = name in self.WANTED  # type: ignore[attr-defined]  # read by that template
        column: Any = self.fields["column"]
        column.queryset = Column.objects.of(item.organisation_id).open().holding_items()
        column.widget.choices = choices.column_choices(item.organisation_id, "请选择")
        uploads: Any = self.fields["uploads"]
        uploads.reader = reader

    def clean_registration_number(self) -> str:
        """Refuse a number that another document has."""
        number = str(self.cleaned_data["registration_number"]).strip()
        others = Item.objects.filter(registration_number=number).exclude(pk=self.item.pk)
        if number and (other := others.only("title").first()):
            raise forms.ValidationError(f"{quoted(other.title)}已经用了这个登记号。")
        return number

    def clean_body(self) -> str:
        """Take pictures for what they are, wherever the editor showed them from."""
        return named(str(self.cleaned_data["body"]))

    @property
    def values(self) -> dict[str, Any]:
        """Return what is right of what was sent; what is wrong stays on the form with its reason."""
        return {name: v for name, v in self.cleaned_data.items() if name not in self.OWN}

    @property
    def sections(self) -> list[tuple[str, list[Any]]]:
        """Return the short fields by section, for the template."""
        return [(title, [self[name] for name in names]) for title, names in self.SECTIONS]


def initial_of(content: Item) -> dict[str, Any]:
    """Return the values of *content* as the form shows them."""
    found = {
        name: getattr(content, name)
        for name in ItemForm.base_fields
        if name not in {*ItemForm.OWN, "column"}
    }
    body = placed(content.body, pictures_of(content))
    return {**found, "column": content.column_id, "body": body}


LAST = 999
"""Where a file goes whose place nobody wrote."""


def files_of(content: Item) -> list[dict[str, Any]]:
    """Return the files of *content*, with the rows of the storage; one query."""
    files = [file for file in content.files.all() if not file.in_text]
    stored = StoredFile.objects.in_bulk([file.stored_id for file in files])
    return [
        {"key": file.stored_id, "title": file.title, "place": n, "stored": stored[file.stored_id]}
        for n, file in enumerate(files, start=1)
        if file.stored_id in stored
    ]


def attached(
    content: Item, data: Any, uploads: Iterable[StoredFile], *, by: Reader
) -> list[Attached]:
    """Return the files as the form has them: those that stay, in their order, then the new ones.

    A file is known by its key if it is with the item already, otherwise by the token of whoever brought it.
    """
    known = {str(row["key"]): row["stored"] for row in files_of(content)}
    removed = set(data.getlist("file-remove"))
    rows = []
    sent = zip(
        data.getlist("file"), data.getlist("file-title"), data.getlist("file-place"), strict=False
    )
    for number, (key, title, place) in enumerate(sent):
        if key in removed:
            continue
        stored = known.get(key) or _from_token(key, by)
        if stored is not None:
            rows.append((key_of(place) or LAST, number, stored, title))
    rows.sort(key=lambda row: row[:2])
    chosen = [(stored, title) for _, _, stored, title in rows]
    here = {stored.pk for stored, _ in chosen}
    chosen += [(stored, "") for stored in uploads if stored.pk not in here]
    return _titled(chosen)


def _from_token(key: str, by: Reader) -> StoredFile | None:
    try:
        return uploading.from_token(key, by=by)
    except UploadOver:
        return None


def _titled(chosen: Iterable[tuple[StoredFile, str]]) -> list[Attached]:
    """Give each a title that no other has."""
    taken: set[str] = set()
    found = []
    for stored, title in chosen:
        told = (title.strip() or PurePath(stored.name).stem)[:190]
        name, number = told, 2
        while name in taken:
            name, number = f"{told}（{number}）", number + 1
        taken.add(name)
        found.append(Attached(stored, name))
    return found
