"""The monthly series (月报) as a workbook: every figure by month, every unit by month."""

import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

import xlsxwriter

from gongkai.core.indicators import Indicator, indicators
from gongkai.core.rendering.cleaning import harmless
from gongkai.domain.organisations.models import Organisation
from gongkai.foundation import clock
from gongkai.foundation.figures import Period
from gongkai.oversight.statistics.dashboard import MONTHS
from gongkai.oversight.statistics.queries import figures
from gongkai.oversight.statistics.tallying import months_by_unit

SERIES = ("proactive.", "normative.", "rules.", "channels.")
"""Beginnings of the keys of the figures in it."""
LEFT_OUT = ("proactive.own_level", "proactive.lower_level", "proactive.accumulated")
"""Counted for a whole tree already, or for all years."""
AT_END = ("valid", "open_total")
"""Figures that are as of the end of a period: the year's is that of its last month."""


Told = Mapping[int, Mapping[str, Decimal]]
"""The figures of all units together, by month and key."""


def monthly(keys: Sequence[int], year: int, told: Told) -> bytes:
    """Return the workbook for the units in *keys*, whose sums are *told*: months to come are left blank."""
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream, {"in_memory": True}) as book:
        head = book.add_format({"bold": True, "bottom": 1})
        _sheet(book, "按月", head, _by_figure(told))
        _sheet(book, "按单位", head, _by_unit(keys, year))
    return stream.getvalue()


def _sheet(book: Any, name: str, head: Any, rows: Iterable[Sequence[Any]]) -> None:
    sheet = book.add_worksheet(name)
    sheet.freeze_panes(1, 1)
    sheet.set_column(0, 0, 44)
    for at, row in enumerate(rows):
        for column, value in enumerate(row):
            if value is not None:
                sheet.write(at, column, value, *([head] if at == 0 else []))


def months_so_far(year: int) -> list[int]:
    """Return the months of *year* that have begun."""
    today = clock.today()
    return [m for m in MONTHS if date(year, m, 1) <= today]


def sums(keys: Sequence[int], period: Period) -> dict[str, Decimal]:
    """Return the figures of *period*, those of all units in *keys* added up."""
    told: dict[str, Decimal] = {}
    for (_, key), figure in figures(keys, period, only=[i.key for i in _wanted()]).items():
        told[key] = told.get(key, Decimal()) + figure.value
    return told


def _wanted() -> list[Indicator]:
    return [i for i in indicators() if i.key.startswith(SERIES) and i.key not in LEFT_OUT]


def _by_figure(told: Told) -> Iterator[Sequence[Any]]:
    yield ("指标", "单位", *(f"{m}月" for m in MONTHS), "全年")
    for item in _wanted():
        values = [told.get(month, {}).get(item.key) for month in MONTHS]
        known = [value for value in values if value is not None]
        if known:
            whole = known[-1] if item.key.endswith(AT_END) else sum(known)
            yield (item.title, item.unit, *values, whole)


def _by_unit(keys: Sequence[int], year: int) -> Iterator[Sequence[Any]]:
    yield ("单位", *(f"{m}月" for m in MONTHS), "全年")
    told = months_by_unit(keys, year)
    begun = months_so_far(year)
    rows = Organisation.objects.filter(pk__in=keys).order_by("path").values_list("pk", "name")
    for pk, name in rows:
        counts = [told[pk].get(m, 0) if m in begun else None for m in MONTHS]
        yield (harmless(name), *counts, sum(count or 0 for count in counts))
