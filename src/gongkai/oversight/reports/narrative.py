"""Live figures in the narrative: ``{{收到申请数}}`` is the figure that stands in the table, always."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from gongkai.core.forms import FilledForm, Place
from gongkai.core.indicators import Indicator, UnknownIndicator, indicator_titled, indicators
from gongkai.oversight.reports.models.cell import plain

FIGURE = re.compile(r"\{\{\s*([^{}\n]{0,60}?)\s*\}\}")
LAST_YEAR = "上年"

Kind = Literal["text", "figure", "empty", "unknown"]


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a chapter.

    Attributes:
        kind: ``text``; ``figure`` with its value; ``empty``: known, but there is no figure yet;
            ``unknown``: no indicator of that name.
        text: What is printed; for what cannot be resolved, what was written.
        name: What was written between the braces.
        place: The cell that the figure stands in, where it is one cell of the form.
        hint: What to do about a piece that cannot be resolved.
    """

    kind: Kind
    text: str
    name: str = ""
    indicator: str = ""
    place: Place | None = None
    hint: str = ""


@dataclass(frozen=True, slots=True)
class Figures:
    """Where live figures are looked up: the report, the report before, and statistics for the rest."""

    now: FilledForm
    before: FilledForm | None
    elsewhere: Callable[[str], Decimal | None]

    def value(self, item: Indicator, *, last_year: bool) -> Decimal | None:
        """Return the figure of *item*, or ``None`` where there is none yet."""
        if last_year:
            return item.value(self.before) if self.before else None
        found = item.value(self.now)
        return self.elsewhere(item.key) if found is None else found


def pieces(text: str, figures: Figures) -> Iterator[Piece]:
    """Yield *text* cut into words and figures."""
    end = 0
    for match in FIGURE.finditer(text):
        if match.start() > end:
            yield Piece("text", text[end : match.start()])
        yield _figure(match, figures)
        end = match.end()
    if end < len(text):
        yield Piece("text", text[end:])


def resolved(text: str, figures: Figures) -> str:
    """Return *text* as it is printed; what cannot be resolved stays as it was written."""
    return "".join(piece.text for piece in pieces(text, figures))


def unresolved(text: str, figures: Figures) -> list[Piece]:
    """Return the pieces that would be printed with braces."""
    return [piece for piece in pieces(text, figures) if piece.kind in {"empty", "unknown"}]


def _figure(match: re.Match[str], figures: Figures) -> Piece:
    name = match[1]
    item = _named(name)
    last_year = item is None and name.startswith(LAST_YEAR)
    if last_year:
        item = _named(name.removeprefix(LAST_YEAR))
    if item is None:
        return Piece("unknown", match[0], name, hint=_hint(name))
    value = figures.value(item, last_year=last_year)
    places = item.places.get(figures.now.form.key, ())
    place = places[0] if len(places) == 1 and not last_year else None
    if value is None:
        hint = f"“{name}”还没有数。请先在表中填写，或者到“统计数据”中申报。"
        return Piece("empty", match[0], name, item.key, place, hint)
    return Piece("figure", plain(value), name, item.key, place)


def _named(title: str) -> Indicator | None:
    try:
        return indicator_titled(title)
    except UnknownIndicator:
        return None


def _hint(name: str) -> str:
    near = nearest(name, lambda item: item.title)
    return f"没有叫“{name}”的指标。{f'是不是“{near}”？' if near else '请从“插入数字”中选择。'}"


def nearest(name: str, words: Callable[[Indicator], str]) -> str:
    """Return the title that shares most characters with *name*, or nothing where none is near."""
    best, score = "", 0.0
    for item in indicators():
        title = words(item)
        common = len(set(title) & set(name))
        here = common / max(len(set(title) | set(name)), 1)
        if here > score:
            best, score = title, here
    return best if score >= 0.5 else ""
