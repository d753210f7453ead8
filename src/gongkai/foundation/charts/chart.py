"""A chart, its series, and both as data."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Literal

from gongkai.core.checks.relations import number
from gongkai.core.rendering.cleaning import harmless

Kind = Literal["line", "bar", "stack"]


@dataclass(frozen=True, slots=True)
class Series:
    """A line or a row of bars: a number or nothing for each category, without idle zeros."""

    name: str
    values: tuple[Decimal | None, ...]
    era: str = ""
    """The form, where the same name stands for something else in another era."""

    @property
    def head(self) -> str:
        """Return the name with its era."""
        return f"{self.name}（{self.era}）" if self.era else self.name

    def __post_init__(self) -> None:
        told = (None if v is None else Decimal(number(v)) for v in self.values)
        object.__setattr__(self, "values", tuple(told))


@dataclass(frozen=True, slots=True)
class Chart:
    """A chart and its table.

    Attributes:
        key: Its id on the page.
        kind: ``line`` over years, ``bar`` over units, ``stack`` for parts of a whole.
        heads: What the categories are: 年度, 单位.
        categories: What stands along the axis.
        notes: What a reader must know before comparing.
        links: Where each category leads, if it does.
    """

    key: str
    title: str
    unit: str
    kind: Kind
    heads: str
    categories: tuple[str, ...]
    series: tuple[Series, ...]
    notes: tuple[str, ...] = ()
    links: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return any(value is not None for series in self.series for value in series.values)

    @property
    def rows(self) -> list[tuple[str, list[Decimal | None]]]:
        """Return the table: each category with its numbers."""
        return [
            (category, [series.values[at] for series in self.series])
            for at, category in enumerate(self.categories)
        ]

    @property
    def linked_rows(self) -> list[tuple[str, str, list[Decimal | None]]]:
        """Return the table with the address that each category leads to, empty for none."""
        links = self.links or ("",) * len(self.categories)
        return [
            (category, link, values)
            for (category, values), link in zip(self.rows, links, strict=True)
        ]

    @property
    def is_wide(self) -> bool:
        """Tell whether it needs the whole width."""
        return len(self.series) > 3

    @property
    def is_drawn(self) -> bool:
        """Tell whether drawing adds anything to the table."""
        return len(self.categories) > 1


def data(charts: Iterable[Chart]) -> list[dict[str, Any]]:
    """Return *charts* as JSON."""
    return [
        {
            "key": chart.key,
            "title": chart.title,
            "unit": chart.unit,
            "categories": list(chart.categories),
            "series": [
                {"name": s.head, "values": [None if v is None else f"{v:f}" for v in s.values]}
                for s in chart.series
            ],
            "notes": list(chart.notes),
        }
        for chart in charts
    ]


def rows(charts: Iterable[Chart]) -> Iterator[tuple[str, ...]]:
    """Yield *charts* as rows of a table, the head first, safe to open in a spreadsheet."""
    yield ("图表", "年度或单位", "指标", "数值", "单位")
    for chart in charts:
        for category, values in chart.rows:
            for series, value in zip(chart.series, values, strict=True):
                if value is not None:
                    yield (
                        chart.title,
                        harmless(category),
                        series.head,
                        f"{value:f}",
                        chart.unit,
                    )
