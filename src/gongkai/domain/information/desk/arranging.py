"""Many items at once: put elsewhere, classified, exported."""

import tempfile
from collections.abc import Iterator, Sequence
from typing import IO, Any

import xlsxwriter
from django import forms
from django.http import FileResponse, HttpRequest
from django.utils import timezone
from django.utils.functional import cached_property

from gongkai.core import codes
from gongkai.domain.directory.models import Column
from gongkai.domain.information import policies
from gongkai.domain.information.actions import arrange
from gongkai.domain.information.desk import choices
from gongkai.domain.information.desk.filtering import asked_of, filtered
from gongkai.domain.information.desk.items import shown
from gongkai.domain.information.desk.screen import HOME
from gongkai.domain.information.models import Item
from gongkai.domain.information.models.item import ItemQuerySet
from gongkai.foundation import clock
from gongkai.foundation.desk.forms import FormView, RowField
from gongkai.foundation.desk.views import DeskView
from gongkai.foundation.keys import keys_of

MOST = 1000
MOST_ROWS = 200_000
CHUNK = 2000
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def picked(request: HttpRequest) -> list[int]:
    """Return the keys of the items that were picked, which stay in the query when a form is sent."""
    return keys_of(request.GET.getlist("item"))[:MOST]


class ArrangeForm(forms.Form):
    """What is to be the same for all of them; what is left blank stays as it is."""

    column = RowField(
        label="栏目", queryset=Column.objects.none(), required=False, empty_label="不改"
    )
    topic = forms.ChoiceField(
        label="主题分类", required=False, choices=lambda: choices.topics("不改")
    )
    genre = forms.ChoiceField(label="体裁", required=False, choices=lambda: choices.genres("不改"))
    keywords = forms.CharField(
        label="关键词",
        required=False,
        max_length=200,
        help_text="用空格隔开。填写后代替所选信息原来的关键词。",
    )

    def __init__(self, *args: Any, units: Sequence[int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if len(units) == 1:
            field: Any = self.fields["column"]
            field.queryset = Column.objects.of(units[0]).open().holding_items()
            field.widget.choices = choices.column_choices(units[0], "不改")
        else:
            del self.fields["column"]

    def clean(self) -> dict[str, Any]:
        """Refuse when nothing is to change."""
        told: dict[str, Any] = super().clean() or {}
        if not any(told.values()) and not self.errors:
            raise forms.ValidationError("请至少选择一项要调整的内容。")
        return told


class ArrangeView(FormView):
    """Put items elsewhere and classify them, all at once."""

    act = "information.arrange"
    title = "调整栏目和分类"
    template_name = "information/arrange.html"
    form_class = ArrangeForm
    submit = "调整"
    crumbs = (HOME,)
    back = "/desk/information/"

    @cached_property
    def meant(self) -> ItemQuerySet:
        """Return those that were picked, or, if none were, all that the filters of the list leave."""
        seen = policies.visible_to(self.reader)
        if keys := picked(self.request):
            return seen.filter(pk__in=keys)
        asked = asked_of(self.reader, self.request.GET)
        return filtered(seen, asked) if asked.is_narrow or asked.status else seen.none()

    @cached_property
    def allowed(self) -> list[int]:
        """Return the keys of those within reach, one more than can be arranged at once at most."""
        reach = self.reader.reach(self.act).q("organisation__path")
        found = self.meant.filter(reach).order_by("-pk").values_list("pk", flat=True)
        return list(found[: MOST + 1])

    @cached_property
    def items(self) -> list[Item]:
        """Return what is arranged: nothing where it is too much, since nobody could look it through."""
        return shown(self.allowed) if len(self.allowed) <= MOST else []

    def get_form_kwargs(self) -> dict[str, Any]:
        """Offer columns where all are of one organisation."""
        return {"units": list({item.organisation_id for item in self.items})}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the items."""
        is_much = len(self.allowed) > MOST
        return super().get_context_data(
            items=self.items,
            most=MOST if is_much else 0,
            left_out=0 if is_much else self.meant.count() - len(self.items),
            **kwargs,
        )

    def act_on(self, data: dict[str, Any]) -> str:
        """Arrange them."""
        values = {name: value for name, value in data.items() if value}
        count = arrange(self.items, by=self.reader, values=values)
        self.done = f"已调整 {count} 条信息。"
        return self.back


HEADINGS = (
    ("索引号", 26),
    ("标题", 60),
    ("文号", 22),
    ("发布机构", 24),
    ("栏目", 18),
    ("主题分类", 20),
    ("体裁", 8),
    ("关键词", 20),
    ("公开属性", 10),
    ("环节", 10),
    ("成文日期", 12),
    ("公开日期", 12),
    ("文件性质", 14),
    ("有效性", 10),
    ("生效日期", 12),
    ("失效日期", 12),
    ("统一登记号", 20),
    ("信息来源", 20),
    ("责任编辑", 10),
    ("公开地址", 24),
)


class ExportView(DeskView):
    """The items that were picked, or all that the filters leave, as a workbook."""

    act = "information.view"

    def get(self, request: HttpRequest, **_: Any) -> FileResponse:  # type: ignore[override]  # a file instead of a page
        """Write it to a file, a few thousand rows in memory at a time, and hand it out from there."""
        reach = policies.visible_to(self.reader)
        keys = picked(request)
        rows = (
            reach.filter(pk__in=keys)
            if keys
            else filtered(reach, asked_of(self.reader, request.GET))
        )
        stream = tempfile.TemporaryFile(prefix="gongkai-")  # noqa: SIM115  # the response closes it
        _write(stream, rows)
        stream.seek(0)
        day = clock.today()
        return FileResponse(
            stream,
            as_attachment=True,
            filename=f"政府信息-{day:%Y%m%d}.xlsx",
            content_type=XLSX,
        )


def _write(stream: IO[bytes], rows: ItemQuerySet) -> None:
    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(stream, options) as book:
        sheet = book.add_worksheet("政府信息")
        bold = book.add_format({"bold": True, "bottom": 1})
        for place, (heading, width) in enumerate(HEADINGS):
            sheet.set_column(place, place, width)
            sheet.write_string(0, place, heading, bold)
        sheet.freeze_panes(1, 2)
        for number, cells in enumerate(_rows(rows), start=1):
            for place, text in enumerate(cells):
                if text:
                    sheet.write_string(number, place, text)
        sheet.autofilter(0, 0, 0, len(HEADINGS) - 1)


def _rows(rows: ItemQuerySet) -> Iterator[tuple[str, ...]]:
    genres = codes.genres()
    today = timezone.localtime(clock.now()).date()
    found = (
        rows.with_amended()
        .select_related("organisation", "column")
        .defer("body", "summary", "ground_note")
        .order_by("-pk")[:MOST_ROWS]
    )
    for item in found.iterator(chunk_size=CHUNK):
        validity = item.validity(today)
        yield (
            item.index_number or "",
            item.title,
            item.document_number,
            item.organisation.name,
            str(item.column or ""),
            codes.topic_title(item.topic),
            genres[item.genre].label if item.genre in genres else "",
            item.keywords,
            item.get_publicity_display(),
            item.get_status_display(),
            *(str(day or "") for day in (item.made_on, item.published_on)),
            item.get_kind_display() if item.kind else "",
            validity.label if validity else "",
            *(str(day or "") for day in (item.effective_on, item.expires_on)),
            item.registration_number or "",
            item.source,
            item.editor,
            item.address if item.live else "",
        )
