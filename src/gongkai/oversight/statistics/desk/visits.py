"""Visits: how often the public opened the section's pages, by month, unit and column, and what is read most."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import Any
from urllib.parse import urlencode

from django.db.models import Exists, OuterRef, Q
from django.urls import reverse

from gongkai.domain.directory.models import Column
from gongkai.domain.information.models import Item
from gongkai.domain.information.portal.visited import IN_COLUMN, ITEM, OF_ORGANISATION
from gongkai.domain.organisations.models import Organisation
from gongkai.foundation import clock
from gongkai.foundation.charts import Chart, Series
from gongkai.foundation.desk.views import Crumb
from gongkai.foundation.keys import key_of
from gongkai.foundation.visits import queries
from gongkai.oversight.statistics.dashboard import MONTHS
from gongkai.oversight.statistics.desk.dashboard import Scoped
from gongkai.oversight.statistics.desk.figures import FIRST_YEAR, choices

READ_MOST = 30
COLUMNS = 20
UNITS = 20


def _series(name: str, counts: Sequence[int | None]) -> Series:
    return Series(name, tuple(None if count is None else Decimal(count) for count in counts))


class VisitsView(Scoped):
    """Visits of a unit with all below it, or of one column."""

    title = "访问统计"
    template_name = "statistics/visits.html"

    def get_crumbs(self) -> Sequence[Crumb]:
        """Return the way here."""
        return [Crumb("统计数据", f"{reverse('statistics:dashboard')}?{self._query()}")]

    def _query(self, **more: Any) -> str:
        return urlencode({"unit": self.unit.pk if self.unit else "", "year": self.year, **more})

    @cached_property
    def column(self) -> Column | None:
        """Return the column asked for, where it is one of the units'."""
        asked = key_of(self.request.GET.get("column", ""))
        found: Column | None = Column.objects.filter(pk=asked, organisation__in=self.keys).first()
        return found

    @property
    def _days(self) -> tuple[date, date]:
        return date(self.year, 1, 1), date(self.year, 12, 31)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the months, and what was visited most."""
        kind, keys = (IN_COLUMN, [self.column.pk]) if self.column else (OF_ORGANISATION, self.keys)
        now = queries.by_month(kind, keys, self.year)
        before = queries.by_month(kind, keys, self.year - 1)
        today = clock.today()
        return super().get_context_data(
            unit=self.unit,
            column=self.column,
            year=self.year,
            years=range(today.year, FIRST_YEAR - 1, -1),
            units=choices(self),
            total=sum(now.values()),
            this_month=now.get(today.month, 0) if self.year == today.year else None,
            since=queries.since(),
            chart=self._months(now, before) if now or before else None,
            by_unit=[] if self.column else self._units(),
            columns=[] if self.column else self._columns(),
            read=self._read(),
            whole_href=f"?{self._query()}",
            **kwargs,
        )

    def _months(self, now: Any, before: Any) -> Chart:
        today = clock.today()
        until = today.month if self.year == today.year else 12
        mine = tuple(now.get(month, 0) if month <= until else None for month in MONTHS)
        last = tuple(before.get(month, 0) for month in MONTHS)
        series = [_series(f"{self.year}年", mine)]
        if any(last):
            series.append(_series(f"{self.year - 1}年", last))
        return Chart(
            "visits",
            "各月访问",
            "次",
            "line",
            "月份",
            tuple(f"{month}月" for month in MONTHS),
            tuple(series),
        )

    def _units(self) -> list[dict[str, Any]]:
        if len(self.keys) < 2:
            return []
        counts = queries.between(OF_ORGANISATION, self.keys, *self._days)
        often = sorted(counts, key=lambda key: (-counts[key], key))[:UNITS]
        names = Organisation.objects.in_bulk(often)
        return [
            {
                "name": names[key].short or names[key].name,
                "visits": counts[key],
                "href": f"?{urlencode({'unit': key, 'year': self.year})}",
            }
            for key in often
        ]

    def _columns(self) -> list[dict[str, Any]]:
        mine = Exists(Column.objects.filter(pk=OuterRef("key"), organisation__in=self.keys))
        often = queries.most(IN_COLUMN, *self._days, among=mine, limit=COLUMNS)
        found = Column.objects.select_related("organisation").in_bulk([key for key, _ in often])
        return [
            {
                "column": found[key],
                "visits": visits,
                "href": f"?{self._query(column=key)}",
            }
            for key, visits in often
        ]

    def _read(self) -> list[dict[str, Any]]:
        where = Q(column=self.column.pk) if self.column else Q(organisation__in=self.keys)
        mine = Exists(Item.objects.filter(where, pk=OuterRef("key")))
        often = queries.most(ITEM, *self._days, among=mine, limit=READ_MOST)
        items = (
            Item.objects.select_related("organisation", "column")
            .defer("body")
            .in_bulk([key for key, _ in often])
        )
        return [{"item": items[key], "visits": visits} for key, visits in often]
