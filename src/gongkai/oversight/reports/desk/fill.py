"""The filling screen: the form as printed, with a field for every figure."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from gongkai.core.forms import Column, FilledForm, Form, Place
from gongkai.core.refusal import Refusal
from gongkai.core.rendering import PrintedCell, PrintedTable, Role
from gongkai.core.rendering.layout import printed_table
from gongkai.foundation import clock
from gongkai.foundation.desk.forms import FormView
from gongkai.oversight.reports.actions import (
    Change,
    Outcome,
    fill_cells,
    read_file,
    take_figures,
)
from gongkai.oversight.reports.actions.fill_cells import Layer
from gongkai.oversight.reports.desk.screen import ReportScreen
from gongkai.oversight.reports.models import Cell, Report
from gongkai.oversight.reports.models.cell import plain
from gongkai.oversight.reports.queries import filled, last_year
from gongkai.oversight.reports.relations import as_data, broken

LARGEST = 20 * 2**20
CELL, VERSION, UNIT = "c:", "v:", "u:"
"""What the names of the plain form's fields begin with."""


@dataclass(frozen=True, slots=True)
class Box:
    """A cell of the printed grid on the screen.

    Attributes:
        text: What stands in it; for a figure, what the field holds.
        wrong: Why what was typed cannot be saved.
        theirs: What somebody else put there meanwhile.
    """

    printed: PrintedCell
    text: str
    place: Place | None = None
    key: str = ""
    label: str = ""
    version: int = 0
    source: str = ""
    source_title: str = ""
    state: str = ""
    last: str = ""
    kind: str = ""
    unit: str = ""
    units: tuple[str, ...] = ()
    editable: bool = False
    wrong: str = ""
    theirs: str = ""
    href: str = ""

    @property
    def is_head(self) -> bool:
        """Tell whether it is a ``th``."""
        return self.printed.role not in {Role.FIGURE, Role.UNIT}

    @property
    def scope(self) -> str:
        """Return what it heads."""
        return "row" if self.printed.role in {Role.STUB, Role.NUMBER} else "col"


@dataclass(frozen=True, slots=True)
class Sheet:
    """A printed table on the screen."""

    key: str
    title: str
    note: str
    rows: list[list[Box]]
    head: list[list[Box]]
    columns: list[str]
    """Classes of the columns: ``s0 s1 s2`` for what names rows, ``n l u`` in a numbered table, ``f``."""


@dataclass(frozen=True)
class Grid:
    """What is needed to lay the tables of a report out for filling."""

    report: Report
    cells: Mapping[str, Cell]
    before: FilledForm | None
    layer: Layer
    editable: bool
    outcomes: Mapping[Place, Outcome]
    typed: Mapping[Place, str]

    @property
    def form(self) -> Form:
        """Return the form."""
        return self.report.form_facts

    def sheets(self) -> Iterator[Sheet]:
        """Yield the tables in printed order."""
        now = filled(self.report, self.cells.values())
        for table in self.form.tables:
            printed = printed_table(table, now)
            head: list[list[Box]] = []
            rows: list[list[Box]] = []
            for line, row in enumerate(self._rows(printed)):
                (head if line < printed.head_lines else rows).append(row)
            columns = _columns(table.layout, printed)
            yield Sheet(table.key, table.title, table.note or "", rows, head, columns)

    def _rows(self, printed: PrintedTable) -> Iterator[list[Box]]:
        for row in printed.rows():
            yield [self._box(cell) for cell in row]

    def _box(self, printed: PrintedCell) -> Box:
        place = printed.place
        if place is None or printed.role is not Role.FIGURE:
            return Box(printed, printed.text)
        key = str(place)
        cell = self.cells.get(key)
        row, column = self.form.row(place), self.form.column(place)
        outcome = self.outcomes.get(place)
        theirs = self._text(cell) if outcome and outcome.result == "conflict" else ""
        return Box(
            printed,
            self.typed.get(place, self._text(cell)) if outcome else self._text(cell),
            place,
            key,
            self.form.label(place),
            cell.version if cell else 0,
            cell.source if cell and cell.value is not None else "",
            str(cell.get_source_display()) if cell and cell.value is not None else "",
            cell.state if cell else "blank",
            self._last(place),
            self.form.kind(place),
            cell.unit if cell and cell.unit else self.form.unit(place) or "",
            _unit_choices(column),
            self.editable and (not row.header or row.collapsible),
            outcome.message if outcome else "",
            theirs or ("空白" if outcome and outcome.result == "conflict" else ""),
            reverse("reports:cell", args=[self.report.pk, key]),
        )

    def _text(self, cell: Cell | None) -> str:
        if cell is None:
            return ""
        value = cell.own if self.layer == "own" else cell.value
        return "" if value is None else plain(value)

    def _last(self, place: Place) -> str:
        value = self.before.value(place) if self.before else None
        return "" if value is None else plain(value)


def _columns(layout: str, printed: PrintedTable) -> list[str]:
    first = min(c.column for c in printed.cells if c.role is Role.FIGURE)
    stubs = {"numbered": ["n", "l", "u"]}.get(layout, [f"s{at}" for at in range(first)])
    if layout == "rows" and first == 1:
        stubs = ["s"]
    return stubs + ["f"] * (printed.columns - first)


def _unit_choices(column: Column) -> tuple[str, ...]:
    return tuple(str(choice) for choice in column.unit_choices)


class FillView(ReportScreen):
    """The form, to be filled by keyboard, by paste, or plainly without any script."""

    template_name = "reports/fill.html"
    tab = "fill"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the tables, and what the page's script needs to judge while one types."""
        report, layer = self.report, self._layer()
        cells = {c.place: c for c in report.cells.all()}
        before = last_year(report)
        context = super().get_context_data(**kwargs)
        grid = Grid(
            report,
            cells,
            before,
            layer,
            context["may_fill"],
            kwargs.get("outcomes", {}),
            kwargs.get("typed", {}),
        )
        found = broken(filled(report, cells.values()), before)
        context |= {
            "sheets": list(grid.sheets()),
            "layer": layer,
            "broken": found,
            "relation_count": len(as_data(report.form_facts)["lines"]),
            "has_last": before is not None,
            "setup": {
                "report": report.pk,
                "user": self.request.user.pk,
                "layer": layer,
                "save": reverse("reports:cells", args=[report.pk]),
                "rules": as_data(report.form_facts),
                "has_previous": before is not None,
                "previous": _values(before),
                "values": {c.place: c.text for c in cells.values() if c.value is not None},
                "rolled": {
                    c.place: plain(c.rolled) for c in cells.values() if c.rolled is not None
                },
                "editable": context["may_fill"],
            },
        }
        return context

    def post(self, request: HttpRequest, **_: Any) -> HttpResponse:
        """Save the plain form: what is right is kept, what is not is shown with its reason."""
        layer, typed = self._layer(), {}
        changes = []
        for name, text in request.POST.items():
            if not name.startswith(CELL) or len(parts := name.removeprefix(CELL).split("/")) != 3:
                continue
            place = Place(*parts)
            version = request.POST.get(f"{VERSION}{place}", "0")
            unit = request.POST.get(f"{UNIT}{place}", "")
            typed[place] = str(text)
            changes.append(
                Change(place, str(text), int(version) if version.isdecimal() else 0, unit)
            )
        try:
            outcomes = fill_cells(self.report, changes, by=self.reader, layer=layer)
        except Refusal as refusal:
            messages.error(request, str(refusal))
            return HttpResponseRedirect(request.get_full_path())
        unsaved = {o.place: o for o in outcomes if o.result != "saved"}
        if unsaved:
            messages.error(request, f"{len(unsaved)} 格没有保存，已在表中标出；其余已保存。")
            context = self.get_context_data(outcomes=unsaved, typed=typed)
            return self.render_to_response(context, status=422)
        messages.success(request, "已保存。")
        return HttpResponseRedirect(request.get_full_path())

    def _layer(self) -> Layer:
        return "own" if self.rolls_up and self.request.GET.get("layer") == "own" else "value"


def _values(form: FilledForm | None) -> dict[str, str]:
    if form is None:
        return {}
    return {str(p): plain(c.value) for p, c in form.items() if c.value is not None}


class TakeView(ReportScreen):
    """Take figures over from records and declarations."""

    act = "reports.fill"

    def post(self, request: HttpRequest, **_: Any) -> HttpResponse:
        """Take them."""
        here = reverse("reports:fill", args=[self.report.pk])
        try:
            saved = take_figures(self.report, by=self.reader)
        except Refusal as refusal:
            messages.error(request, str(refusal))
        else:
            day = clock.today()
            messages.success(
                request,
                f"已取用 {len(saved)} 个统计数（{day:%Y-%m-%d}）。"
                if saved
                else "没有新的统计数可以取用：有记录或申报的数都已在表中。",
            )
        return HttpResponseRedirect(here)

    def get(self, request: HttpRequest, **_: Any) -> HttpResponse:  # noqa: ARG002  # Django's signature
        """Lead back: taking is a matter of POST."""
        return HttpResponseRedirect(reverse("reports:fill", args=[self.report.pk]))


class FileForm(forms.Form):
    """A report that was published before."""

    file = forms.FileField(
        label="已发布的年度报告",
        help_text="Word、PDF、Excel、网页或文本文件，最大 20 MB。",
        error_messages={"required": "请选择文件。", "empty": "这个文件是空的，请重新选择。"},
    )

    def clean_file(self) -> Any:
        """Refuse what is too large."""
        file = self.cleaned_data["file"]
        if file.size > LARGEST:
            raise forms.ValidationError("文件超过 20 MB，请压缩后再上传。")
        return file


class ReadView(ReportScreen, FormView):
    """Fill blank cells from a file, each with its place in it."""

    act = "reports.fill"
    form_class = FileForm
    submit = "读入"
    intro = "只填空白的格，已经填写的不动。每个读入的数都记下它在文件中的位置，读不准的不填。"

    def get_title(self) -> str:
        """Return what is being done."""
        return f"读入文件：{self.report.organisation}{self.report.year}年度报告"

    def get_back(self) -> str:
        """Lead back to the form."""
        return reverse("reports:fill", args=[self.report.pk])

    def get_form_kwargs(self) -> dict[str, Any]:
        """Look before asking: not yours is not there."""
        self.reader.must("reports.fill", str(self.report.organisation.path))
        return {}

    def act_on(self, data: dict[str, Any]) -> str:
        """Read."""
        file = data["file"]
        taken = read_file(self.report, file.read(), str(file.name), by=self.reader)
        kept = f"，{taken.kept} 格已有不同的数，没有改动" if taken.kept else ""
        unread = f"，{taken.unreadable} 格读不准，请手工填写" if taken.unreadable else ""
        self.done = f"读入 {taken.filled} 格{kept}{unread}。"
        return self.get_back()
