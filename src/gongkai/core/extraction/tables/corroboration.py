"""Digits without gaps that the report itself takes apart elsewhere.

``主动公开文件数条206912106`` can be cut in many ways; if the narrative says 主动公开政府信息2069条, one is left. Only exact
figures of at least two digits count, said of the very same thing, and only where a single cut agrees best.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from itertools import groupby, islice

from gongkai.core.extraction.document import Span
from gongkai.core.extraction.reading import ReadCell, Statement
from gongkai.core.extraction.tables import figures
from gongkai.core.extraction.tables.splitting import Cut, cuts, numbers
from gongkai.core.forms import Cell, Form, Place, State
from gongkai.core.indicators import indicators

MAX_CUTS = 5_000
LEAST = 10
"""Smaller figures agree by chance."""

CUMULATIVE = "cumulative"


def corroborated(
    form: Form, cells: Sequence[ReadCell], said: Sequence[Statement]
) -> tuple[ReadCell, ...]:
    """Return *cells* with those cut apart that the statements of the narrative leave one cut for."""
    stated = _stated(form, said)
    rows = [list(row) for _, row in groupby(cells, key=_stretch)]
    chosen: dict[str, Cut] = {}
    for row in rows:
        if _is_uncut(row) and (cut := _only(row, stated)):
            chosen[_key(row)] = cut
    return tuple(
        cell
        for row in rows
        for cell in (
            _cut(form, row, chosen[_key(row)]) if _is_uncut(row) and _key(row) in chosen else row
        )
    )


def _stretch(read: ReadCell) -> tuple[str, str, Span | None, str | None]:
    return read.place.table, read.place.row, read.at, read.cell.reason


def _is_uncut(row: Sequence[ReadCell]) -> bool:
    first = row[0]
    return (
        first.cell.reason == figures.NOT_UNIQUE
        and len(row) > 1
        and first.cell.raw.isascii()
        and first.cell.raw.isdigit()
    )


def _key(row: Sequence[ReadCell]) -> str:
    """Return what rows of the same digits under the same columns have in common."""
    return "/".join([row[0].cell.raw, *(read.place.column for read in row)])


def _stated(form: Form, said: Sequence[Statement]) -> dict[Place, set[Decimal]]:
    """Return the exact figures that the narrative gives for single places of the form."""
    places = {
        item.key: item.places[form.key][0]
        for item in indicators()
        if len(item.places.get(form.key, ())) == 1 and form.key not in item.scale
    }
    found: dict[Place, set[Decimal]] = {}
    for one in said:
        exact = not one.approximate and not one.change and one.value >= LEAST
        if exact and one.indicator in places:
            found.setdefault(places[one.indicator], set()).add(one.value)
    return found


def _only(row: Sequence[ReadCell], stated: dict[Place, set[Decimal]]) -> Cut | None:
    """Return the cut that agrees with more of what is stated than any other does."""
    digits = row[0].cell.raw
    best: list[tuple[int, Cut]] = []
    tried = 0
    for cut in islice(cuts([digits], len(row)), MAX_CUTS):
        tried += 1
        values = numbers(digits, cut)
        if not _possible(row, values):
            continue
        agreed = sum(
            value in stated.get(read.place, ()) for read, value in zip(row, values, strict=True)
        )
        if agreed:
            best.append((agreed, cut))
    if not best or tried == MAX_CUTS:
        return None
    most = max(agreed for agreed, _ in best)
    winners = [cut for agreed, cut in best if agreed == most]
    return winners[0] if len(winners) == 1 else None


def _possible(row: Sequence[ReadCell], values: Sequence[int]) -> bool:
    """Whether a total so far is no less than the figure of the year."""
    by_column = {read.place.column: value for read, value in zip(row, values, strict=True)}
    return by_column.get(CUMULATIVE, max(values)) >= by_column.get("value", 0)


def _cut(form: Form, row: Sequence[ReadCell], cut: Cut) -> Iterator[ReadCell]:
    digits = row[0].cell.raw
    for read, start, end in zip(row, cut, (*cut[1:], len(digits)), strict=True):
        if read.at is None:
            yield read
            continue
        value = Decimal(digits[start:end])
        unit = form.unit(read.place) if read.place in form else None
        yield replace(
            read,
            cell=Cell(State.VALUE if value else State.ZERO, value, digits[start:end], unit),
            at=Span(read.at.start + start, read.at.start + end),
        )
