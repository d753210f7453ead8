"""A reading laid open: the text with what was read and found in it, the tables, the findings."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from urllib.parse import urlencode

from gongkai.core.checks.relations import Judgement, Verdict
from gongkai.core.extraction.reading import ReadCell, Statement
from gongkai.core.extraction.reading import Reading as Read
from gongkai.core.forms import Cell, Place, State
from gongkai.core.indicators import UnknownIndicator, indicator
from gongkai.oversight.readings import machine, standing
from gongkai.oversight.readings.contract import cell_at, label_of, place_from, reading_of
from gongkai.oversight.readings.marked import Mark, Stretch, page_of, pages, stretches
from gongkai.oversight.readings.models import Correction, Decision, Finding, Reading
from gongkai.oversight.readings.printed import Printed, anchor, printed, words

VIEWS = {"text": "原文", "form": "表格", "figures": "文中数字"}
SIGNS = {"=": "≠", "<=": ">", ">=": "<"}


@dataclass(frozen=True, slots=True)
class Spot:
    """Where something stands, as a link."""

    words: str
    href: str


@dataclass(frozen=True, slots=True)
class Shown:
    """A finding on the screen.

    Attributes:
        sign: Between both sides of the sum.
        spots: Where it stands.
        cells: Where its cells are corrected.
    """

    finding: Finding
    sign: str
    spots: tuple[Spot, ...]
    cells: tuple[Spot, ...]
    decision: Decision | None

    @property
    def has_sum(self) -> bool:
        """Tell whether both sides are known."""
        return bool(self.finding.left and self.finding.right)


@dataclass(frozen=True, slots=True)
class Told:
    """A figure that a sentence states, on the screen."""

    number: int
    statement: Statement
    indicator: str
    part_of: Statement | None
    href: str
    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class Chosen:
    """A cell that somebody wants to correct.

    Attributes:
        href: Where it stands in the original.
        anchor: Its id in the view that is open.
    """

    place: Place
    label: str
    cell: Cell
    machine: Cell
    href: str
    anchor: str
    history: tuple[Correction, ...]

    @property
    def words(self) -> str:
        """Return what stands in it now."""
        return words(self.cell) or "空白"

    @property
    def machine_words(self) -> str:
        """Return what the machine read."""
        return words(self.machine) or "空白"

    @property
    def value(self) -> str:
        """Return what the form starts with."""
        return "" if self.cell.value is None else f"{self.cell.value:f}"


@dataclass
class Spread:
    """Everything the page of a reading shows, worked out when asked for.

    Attributes:
        view: ``text``, ``form`` or ``figures``.
        page: Number of the page of the text, from 1.
    """

    reading: Reading
    view: str = "text"
    page: int = 1

    def __post_init__(self) -> None:
        if self.view not in self.views:
            self.view = next(iter(self.views))
        self.page = max(1, min(self.page, len(self.starts)))

    @cached_property
    def views(self) -> Mapping[str, str]:
        """The views there is something to see in."""
        shown = dict(VIEWS)
        if not self.reading.has_text:
            shown.pop("text")
        if self.now.form is None or not self.now.form.tables:
            shown.pop("form")
        if not self.now.statements:
            shown.pop("figures")
        return shown or {"text": "原文"}

    @property
    def view_title(self) -> str:
        """The view that is open, in words."""
        return self.views[self.view]

    @cached_property
    def now(self) -> Read:
        """The reading as corrected."""
        return standing.current(self.reading)

    @cached_property
    def corrections(self) -> Mapping[Place, Correction]:
        """The correction that counts for each corrected cell."""
        return standing.corrections(self.reading)

    @cached_property
    def history(self) -> list[Correction]:
        """All corrections, newest first."""
        return list(self.reading.corrections.select_related("by").order_by("-at", "-pk"))

    @cached_property
    def findings(self) -> list[Finding]:
        """All findings, worst first."""
        return list(self.reading.findings.order_by("number"))

    @cached_property
    def starts(self) -> tuple[int, ...]:
        """Where the pages of the text begin."""
        return pages(self.now.text)

    @property
    def page_numbers(self) -> range:
        """The numbers of the pages."""
        return range(1, len(self.starts) + 1)

    def stretches(self) -> Iterator[Stretch]:
        """Yield the text of the page in stretches."""
        begin = self.starts[self.page - 1]
        end = self.starts[self.page] if self.page < len(self.starts) else len(self.now.text)
        return stretches(self.now.text, self.marks(), begin, end)

    def marks(self) -> Iterator[Mark]:
        """Yield a mark for each cell, statement and place of a finding in the text."""
        for index, read in enumerate(self.now.cells):
            if read.at is not None:
                href = self.cell_href(read.place)
                yield Mark(*read.at, f"c{index}", self._own_look(read), href, _said(read))
        for index, statement in enumerate(self.now.statements):
            yield Mark(*statement.at, f"s{index}", "read", "", _stated(statement))
        for finding in self.findings:
            kind = "read" if finding.state == Finding.State.DISMISSED else finding.level
            for which, (start, end) in enumerate(finding.spans):
                spot = f"f{finding.number}-{which}"
                title = f"{finding.get_level_display()}：{finding.title}"
                yield Mark(start, end, spot, kind, f"#finding-{finding.number}", title)

    def tables(self) -> tuple[Printed, ...]:
        """Return the tables of the form, as printed."""
        filled = self.now.filled()
        if filled is None:
            return ()
        return printed(
            filled,
            labels={read.place: read.label for read in self.now.cells},
            look=self._cell_look,
            was={place: c.old_in_words for place, c in self.corrections.items()},
        )

    def shown(self) -> list[Shown]:
        """Return the findings with their places."""
        decided = standing.decisions(self.reading)
        operators = {
            relation.id: relation.operator
            for table in (self.now.form.tables if self.now.form else ())
            for relation in table.relations
        }
        return [
            Shown(
                finding,
                SIGNS[operators.get(finding.rule, "=")],
                tuple(self._spots(finding)),
                tuple(self._cells(finding)),
                decided.get(finding.mark),
            )
            for finding in self.findings
        ]

    def agreements(self) -> list[Judgement]:
        """Return the relations that hold."""
        return [j for j in machine.agreements(self.now) if j.verdict is Verdict.HOLDS]

    def told(self) -> list[Told]:
        """Return the figures of the sentences."""
        found: dict[int, list[Finding]] = {}
        for finding in self.findings:
            for index in finding.statements:
                found.setdefault(index, []).append(finding)
        every = self.now.statements
        return [
            Told(
                index,
                statement,
                _indicator(statement.indicator),
                every[statement.part_of] if statement.part_of is not None else None,
                self.text_href(statement.at.start, f"s{index}") if self.reading.has_text else "",
                tuple(found.get(index, ())),
            )
            for index, statement in enumerate(every)
        ]

    def chosen(self, spelled: str) -> Chosen | None:
        """Return the cell that is spelled ``table/row/column``, or ``None`` for nonsense."""
        place = place_from(spelled)
        if place is None:
            return None
        now = cell_at(self.now, place)
        if now is None and (self.now.form is None or place not in self.now.form):
            return None
        blank = Cell(State.BLANK)
        was = cell_at(reading_of(self.reading.transcript.machine), place)
        return Chosen(
            place,
            label_of(self.now, place),
            now.cell if now else blank,
            was.cell if was else blank,
            self._cell_place_href(now) if now else "",
            self._cell_anchor(place, now),
            tuple(c for c in self.history if c.place == place),
        )

    def cell_href(self, place: Place) -> str:
        """Return the address at which *place* is corrected."""
        return f"?{self.query(cell=str(place))}#correct"

    def text_href(self, offset: int, mark: str) -> str:
        """Return the address of a place in the text; a bare anchor where it is on this page."""
        page = page_of(self.starts, offset)
        if self.view == "text" and page == self.page:
            return f"#{mark}"
        return f"?{urlencode({'view': 'text', 'page': page})}#{mark}"

    def query(self, **more: str) -> str:
        """Return the query of this view with *more*."""
        mine = {"view": self.view}
        if self.page > 1:
            mine["page"] = str(self.page)
        return urlencode(mine | more)

    def _own_look(self, read: ReadCell) -> str:
        """Return how a cell looks in the text, where findings have marks of their own."""
        if read.place in self.corrections:
            return "corrected"
        return "doubtful" if read.cell.state is State.UNREADABLE else "read"

    @cached_property
    def _worst(self) -> dict[str, str]:
        """The worst level of the findings of a cell, by place."""
        worst: dict[str, str] = {}
        for finding in reversed(self.findings):
            if finding.state != Finding.State.DISMISSED:
                worst.update(dict.fromkeys(finding.cells, finding.level))
        return worst

    def _cell_look(self, place: Place, cell: Cell) -> str:
        level = self._worst.get(str(place))
        if level in ("error", "warning"):
            return level
        if place in self.corrections:
            return "corrected"
        return "doubtful" if cell.state is State.UNREADABLE else level or "read"

    def _spots(self, finding: Finding) -> Iterator[Spot]:
        if self.reading.has_text and finding.spans:
            for which, (start, end) in enumerate(finding.spans[:12]):
                yield Spot(
                    _short(self.now.text[start:end]),
                    self.text_href(start, f"f{finding.number}-{which}"),
                )
            return
        for spelled in finding.cells[:12]:
            place = place_from(spelled)
            read = cell_at(self.now, place) if place else None
            if place is not None:
                label = read.label if read else spelled
                yield Spot(f"{label} {words(read.cell) if read else ''}", self._form_href(place))

    def _cells(self, finding: Finding) -> Iterator[Spot]:
        for spelled in finding.cells[:12]:
            place = place_from(spelled)
            read = cell_at(self.now, place) if place else None
            if place is not None and read is not None:
                yield Spot(f"{read.label}：{words(read.cell) or '空白'}", self.cell_href(place))

    def _cell_anchor(self, place: Place, read: ReadCell | None) -> str:
        """Return the id under which the cell stands in the view that is open."""
        if self.view == "form":
            return anchor(place)
        return f"c{self.now.cells.index(read)}" if read in self.now.cells else ""

    def _cell_place_href(self, read: ReadCell) -> str:
        if read.at is not None and self.reading.has_text:
            index = self.now.cells.index(read)
            return self.text_href(read.at.start, f"c{index}")
        return self._form_href(read.place)

    def _form_href(self, place: Place) -> str:
        there = anchor(place)
        return f"#{there}" if self.view == "form" else f"?{urlencode({'view': 'form'})}#{there}"


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= 16 else f"{line[:15]}…"


def _said(read: ReadCell) -> str:
    if read.cell.state is State.UNREADABLE:
        return f"{read.label}：读不清（{read.cell.reason or '无法确定'}）"
    return f"{read.label}：{words(read.cell) or '空白'}{read.cell.unit or ''}"


def _stated(statement: Statement) -> str:
    sign = "约" if statement.approximate else ""
    change = "（增减）" if statement.change else ""
    return f"{statement.subject}：{sign}{statement.value:f}{statement.unit or ''}{change}"


def _indicator(key: str | None) -> str:
    if key is None:
        return ""
    try:
        return indicator(key).title
    except UnknownIndicator:
        return key
