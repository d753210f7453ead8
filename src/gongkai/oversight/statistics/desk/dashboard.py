"""The dashboard: what was made public this year, beside the last; and the items behind every number."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import Any
from urllib.parse import urlencode

from django.http import FileResponse, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from gongkai.core.codes import genres, outlets, topics
from gongkai.core.directories import presets
from gongkai.core.reminders import reminder
from gongkai.domain.directory.models import Column
from gongkai.domain.information.models import Item
from gongkai.domain.organisations.models import Organisation
from gongkai.foundation import clock
from gongkai.foundation.charts import Chart, Series
from gongkai.foundation.desk.keyset import capped, slice_of
from gongkai.foundation.desk.paging import page_of
from gongkai.foundation.desk.views import Crumb, DeskView
from gongkai.foundation.figures import Period
from gongkai.foundation.keys import key_of
from gongkai.foundation.permissions import NotThere
from gongkai.oversight.statistics import dashboard, policies
from gongkai.oversight.statistics.actions import export_months
from gongkai.oversight.statistics.dashboard import MONTHS, Dashboard, Share, UnitRow
from gongkai.oversight.statistics.desk.figures import FIRST_YEAR, choices, unit_asked
from gongkai.oversight.statistics.tallying import OWN

MOST = 12
"""Bars in a chart; the rest is one."""
UNITS = 20
"""Units in the table at a time."""
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class Scoped(DeskView):
    """A screen about a unit, with all below it that the reader may see, and a year."""

    act = "statistics.view"

    @cached_property
    def unit(self) -> Organisation | None:
        """Return the unit asked for, one's own where none is."""
        return unit_asked(self.reader, self.request.GET)

    @cached_property
    def keys(self) -> list[int]:
        """Return the units that are counted."""
        visible = policies.units_visible_to(self.reader)
        return dashboard.scope(self.unit, visible) if self.unit else []

    @property
    def year(self) -> int:
        """Return the year, this one where none is asked for."""
        asked, now = self.request.GET.get("year", ""), clock.today().year
        return min(max(int(asked), FIRST_YEAR), now) if asked.isdecimal() else now


class DashboardView(Scoped):
    """The first page of statistics."""

    title = "统计数据"
    template_name = "statistics/dashboard.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the numbers, the charts and a page of units."""
        shown: dict[str, Any] = {
            "unit": self.unit,
            "year": self.year,
            "years": range(clock.today().year, FIRST_YEAR - 1, -1),
            "units": choices(self),
        }
        if self.unit:
            shown |= self._told(Dashboard(self.keys, self.year))
        return super().get_context_data(**kwargs | shown)

    def _told(self, told: Dashboard) -> dict[str, Any]:
        rows, silent = told.units(), told.silent()
        total, before = sum(row.now for row in rows), sum(row.before for row in rows)
        now, last = told.months()
        asked = self.request.GET.get("show", "")
        wanted = [row for row in rows if row.pk in silent] if asked == "silent" else rows
        page = page_of(self.request, wanted, size=UNITS)
        issued, valid = told.documents()
        this_month = now[clock.today().month - 1] if not told.window.is_whole else None
        return {
            "window": told.window,
            "total": total,
            "before": before,
            "change": _percent(total, before),
            "this_month": this_month,
            "active": sum(row.now > 0 for row in rows),
            "count": len(rows),
            "silent": len(silent),
            "silent_shown": reminder("silent-unit").shown,
            "issued": issued,
            "valid": valid,
            "show": asked,
            "page": page,
            "rows": self._linked(dashboard.with_newest(list(page))),
            "months": self._months(now, last) if total or any(last) else None,
            "charts": self._charts(told, total, before),
            "all_href": self._items(),
            "export_href": f"{reverse('statistics:monthly')}?{self._query()}",
        }

    def _linked(self, rows: Sequence[UnitRow]) -> list[dict[str, Any]]:
        here = reverse("statistics:dashboard")
        return [
            {
                "row": row,
                "href": f"{here}?{urlencode({'unit': row.pk, 'year': self.year})}",
                "items": f"{reverse('statistics:items')}?{urlencode({'unit': row.pk, 'year': self.year, 'own': 1})}",
            }
            for row in rows
        ]

    def _months(self, now: Sequence[int | None], last: Sequence[int]) -> Chart:
        return Chart(
            "months",
            "各月主动公开",
            "条",
            "line",
            "月份",
            tuple(f"{month}月" for month in MONTHS),
            (_series(f"{self.year}年", now), _series(f"{self.year - 1}年", last)),
            links=tuple(self._items(month=month) for month in MONTHS),
        )

    def _charts(self, told: Dashboard, total: int, before: int) -> list[Chart]:
        last_month = told.window.days[1].month
        months_alike = () if told.window.is_whole else (f"上年同期按 1—{last_month} 月整月计。",)
        parts = (
            Part("channels", "各渠道", "渠道", "outlet", told.channels(total, before)),
            Part("columns", "各栏目", "栏目", "column", told.columns(), months_alike),
            Part("subjects", "各主题分类", "主题分类", "topic", told.subjects(), months_alike),
            Part("kinds", "各文种", "文种", "genre", told.kinds(), months_alike),
        )
        return [chart for chart in map(self._drawn, parts) if chart]

    def _drawn(self, part: "Part") -> Chart:
        shown, rest = list(part.shares[:MOST]), part.shares[MOST:]
        links = [self._items(**{part.narrows: share.key}) for share in shown]
        if rest:
            others = f"其余 {len(rest)} 项"
            shown.append(Share("", others, sum(s.now for s in rest), sum(s.before for s in rest)))
            links.append("")
        now, before = [share.now for share in shown], [share.before for share in shown]
        return Chart(
            part.key,
            part.title,
            "条",
            "bar",
            part.heads,
            tuple(share.title for share in shown),
            (_series(f"{self.year}年", now), _series(f"{self.year - 1}年同期", before)),
            part.notes,
            links=tuple(links),
        )

    def _query(self, **more: Any) -> str:
        return urlencode({"unit": self.unit.pk if self.unit else "", "year": self.year, **more})

    def _items(self, **more: Any) -> str:
        return f"{reverse('statistics:items')}?{self._query(**more)}"


@dataclass(frozen=True, slots=True)
class Part:
    """A chart to be: what is divided by what, and what a click on a part narrows the items by."""

    key: str
    title: str
    heads: str
    narrows: str
    shares: Sequence[Share]
    notes: tuple[str, ...] = ()


def _series(name: str, counts: Sequence[int | None]) -> Series:
    return Series(name, tuple(None if count is None else Decimal(count) for count in counts))


def _percent(now: int, before: int) -> str:
    """Return the change in words: ``增长 12.5%``; nothing where there is no base."""
    if not before:
        return ""
    change = (now - before) * 100 / before
    return "持平" if now == before else f"{'增长' if change > 0 else '下降'} {abs(change):.1f}%"


class ItemsView(Scoped):
    """The items behind a number of the dashboard."""

    template_name = "statistics/items.html"

    def get_title(self) -> str:
        """Return what is listed."""
        return f"{self.unit or ''} {self._period} 首次公开的信息".strip()

    def get_crumbs(self) -> Sequence[Crumb]:
        """Return the way here."""
        return [Crumb("统计数据", f"{reverse('statistics:dashboard')}?{self._query()}")]

    def _query(self) -> str:
        return urlencode({"unit": self.unit.pk if self.unit else "", "year": self.year})

    @property
    def _period(self) -> Period:
        month = self.request.GET.get("month", "")
        return Period(self.year, int(month) if month.isdecimal() and int(month) <= 12 else 0)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add a page of items."""
        keys = [self.unit.pk] if self.unit and "own" in self.request.GET else self.keys
        asked = {k: str(v) for k, v in self.request.GET.items() if k in FILTERS}
        found = dashboard.items(keys, self._period, asked)
        page = slice_of(self.request, found, by="published_on")
        read = (
            Item.objects.select_related("organisation", "column").defer("body").in_bulk(page.keys)
        )
        return super().get_context_data(
            slice=page,
            items=[read[key] for key in page.keys if key in read],
            count=capped(found, 100_000),
            filters=[
                f"{title}：{label(asked[k])}" for k, (title, label) in FILTERS.items() if k in asked
            ],
            **kwargs,
        )


def _column(key: str) -> str:
    if key.startswith(OWN):
        number = key.removeprefix(OWN)
        own = Column.objects.filter(pk=key_of(number)).first()
        return own.title if own else "已删除的栏目"
    known = presets().get(key)
    return known.title if known else key


def _code(table: Callable[[], Mapping[str, Any]]) -> Callable[[str], str]:
    def label(key: str) -> str:
        found = table().get(key)
        return str(found.label) if found else (key or "未标注")

    return label


FILTERS: dict[str, tuple[str, Callable[[str], str]]] = {
    "outlet": ("渠道", _code(outlets)),
    "column": ("栏目", _column),
    "topic": ("主题分类", _code(topics)),
    "genre": ("文种", _code(genres)),
}
"""What a list of items may be narrowed to, and the words for it."""


class MonthlyView(Scoped):
    """The months of the year as a workbook (月报) are asked for."""

    def get(self, *_: Any, **__: Any) -> HttpResponse:
        """Lead back: it needs a click."""
        unit = {"unit": self.unit.pk} if self.unit else {}
        where = urlencode({**unit, "year": self.year})
        return HttpResponseRedirect(f"{reverse('statistics:dashboard')}?{where}")

    def post(self, *_: Any, **__: Any) -> HttpResponse:
        """Have it made in the background; the person watches, and takes it from there."""
        if self.unit is None:
            raise NotThere(what="这个单位")
        job = export_months(self.unit, self.year, by=self.reader)
        return HttpResponseRedirect(job.get_absolute_url())


class MonthReportView(DeskView):
    """A workbook that one had made."""

    act = "statistics.view"

    def get(self, *_: Any, **__: Any) -> FileResponse:  # type: ignore[override]  # a file is an answer, too
        """Send it."""
        report = policies.fetch_month_report(self.reader, self.kwargs["key"])
        return FileResponse(
            report.file.open(), as_attachment=True, filename=f"{report}.xlsx", content_type=XLSX
        )
