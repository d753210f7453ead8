"""How units keep the time: a chart, the same as a table, and as a file."""

import csv
from collections.abc import Mapping, Sequence
from decimal import Decimal
from io import StringIO
from typing import Any
from urllib.parse import quote

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.functional import cached_property

from gongkai.core.rendering.cleaning import harmless
from gongkai.domain.applications import policies
from gongkai.domain.applications.desk.case import HOME
from gongkai.domain.applications.performance import Measured, Performance, measure
from gongkai.domain.organisations.models import Organisation
from gongkai.foundation import clock
from gongkai.foundation.charts import Chart, Series
from gongkai.foundation.desk.paging import page_of
from gongkai.foundation.desk.views import DeskView
from gongkai.foundation.figures import Period

FIRST_YEAR = 2008
MOST = 12
"""Units in the charts; all are in the table and the file."""
MONTHS = range(1, 13)
HEADS = (
    "单位",
    "办结",
    "按期",
    "逾期",
    "按期率（%）",
    "延长过",
    "停过计时",
    "中位数（工作日）",
    "九成不超过多少个工作日",
)


class PerformanceScreen(DeskView):
    """Whatever shows it: the period asked for, and the units within reach."""

    act = policies.VIEW
    title = "办理时限"
    crumbs = (HOME,)

    @cached_property
    def period(self) -> Period:
        """Return the period asked for, this year where none is."""
        year, month = (self.request.GET.get(name, "") for name in ("year", "month"))
        now = clock.today().year
        wanted = int(year) if year.isascii() and year.isdigit() and len(year) == 4 else now
        known = int(month) if month in {str(n) for n in MONTHS} else 0
        return Period(min(max(wanted, FIRST_YEAR), now), known)

    @cached_property
    def measured(self) -> Performance:
        """Return what the units within reach did."""
        keys = self.reader.reach(policies.VIEW).keys()
        return measure(keys, self.period.first, self.period.last)

    @cached_property
    def names(self) -> Mapping[int, str]:
        """Return the names of the units within reach."""
        rows = Organisation.objects.filter(self.reader.reach(policies.VIEW).q())
        return dict(rows.values_list("pk", "name"))


class PerformanceView(PerformanceScreen):
    """The page."""

    template_name = "applications/performance.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add charts and a page of the table."""
        units = self.measured.units
        page = page_of(self.request, units)
        return super().get_context_data(
            period=self.period,
            years=range(clock.today().year, FIRST_YEAR - 1, -1),
            months=MONTHS,
            together=self.measured.together,
            count=len(units),
            page=page,
            rows=[(self.names.get(one.unit, ""), cases(one.unit), one) for one in page],
            charts=self._charts(units[:MOST]) if units else [],
            most=MOST,
            **kwargs,
        )

    def _charts(self, units: Sequence[Measured]) -> list[Chart]:
        names = tuple(self.names.get(one.unit, "") for one in units)
        links = tuple(cases(one.unit) for one in units)

        def of(name: str, values: Sequence[float]) -> Series:
            return Series(name, tuple(Decimal(f"{value:.1f}") for value in values))

        return [
            Chart(
                "days",
                "从收到到办结的工作日",
                "工作日",
                "bar",
                "单位",
                names,
                (
                    of("中位数", [one.median for one in units]),
                    of("九成不超过", [one.most for one in units]),
                ),
                links=links,
            ),
            Chart(
                "time",
                "按期和逾期",
                "件",
                "stack",
                "单位",
                names,
                (
                    of("按期", [one.in_time for one in units]),
                    of("逾期", [one.late for one in units]),
                ),
                links=links,
            ),
        ]


def cases(unit: int) -> str:
    """Return the address of the cases of *unit*."""
    return f"{reverse('applications:index')}?when=cases&unit={unit}"


class PerformanceFileView(PerformanceScreen):
    """All units as a file."""

    def get(self, request: HttpRequest, *_: Any, **__: Any) -> HttpResponse:  # noqa: ARG002  # Django's signature
        """Send it."""
        stream = StringIO()
        lines = (
            (harmless(self.names.get(one.unit, "")), *_cells(one)) for one in self.measured.units
        )
        csv.writer(stream).writerows([HEADS, *lines])
        answer = HttpResponse(
            stream.getvalue().encode("utf-8-sig"),  # Excel tells the coding by the mark
            content_type="text/csv; charset=utf-8",
        )
        name = quote(f"公开申请办理时限 {self.period}.csv")
        answer["Content-Disposition"] = f"attachment; filename*=UTF-8''{name}"
        return answer


def _cells(one: Measured) -> tuple[str, ...]:
    counted = (one.decided, one.in_time, one.late)
    days = (one.median, one.most)
    return (
        *map(str, counted),
        f"{one.rate:.1f}",
        str(one.extended),
        str(one.paused),
        *(f"{value:.1f}" for value in days),
    )
