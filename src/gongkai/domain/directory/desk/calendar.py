"""The month: what is due on which day, for the keyboard and for a phone."""

import calendar as months
from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any, ClassVar

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from gongkai.core.workdays import calendar as workdays
from gongkai.domain.directory import actions, policies
from gongkai.domain.directory.desk import forms
from gongkai.domain.directory.desk.columns import own_unit
from gongkai.domain.directory.desk.obligations import HOME, TONES, number
from gongkai.domain.directory.models import CalendarKey
from gongkai.domain.directory.queries import due_by_day
from gongkai.foundation import clock
from gongkai.foundation.desk.views import Crumb, DeskView

SHOWN = 3
"""Obligations named in a day; the rest is a number that opens the day."""


class MonthView(DeskView):
    """A month of what is due."""

    act = policies.VIEW
    title = "公开日历"
    template_name = "directory/calendar.html"
    crumbs: ClassVar[Sequence[Crumb]] = (HOME,)

    def month(self) -> date:
        """Return the first day of the month asked for."""
        today = clock.today()
        year, _, month = self.request.GET.get("month", "").partition("-")
        asked = number(year), number(month)
        if 2008 <= asked[0] <= 2098 and 1 <= asked[1] <= 12:
            return date(*asked, 1)
        return today.replace(day=1)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the weeks of the month."""
        first, today = self.month(), clock.today()
        last = first.replace(day=months.monthrange(first.year, first.month)[1])
        units = policies.units_visible_to(self.reader).filter(assignments__isnull=False).distinct()
        mine = own_unit(self.reader)
        query = self.request.GET
        asked = query.get("unit", str(mine.pk) if mine and "unit" not in query else "")
        unit = units.filter(pk=number(asked)).first()
        shown = policies.obligations_visible_to(self.reader)
        if unit:
            shown = shown.filter(unit=unit)
        found = due_by_day(shown, first, last)
        days = workdays()
        weeks = [
            [self._day(day, first, found.get(day, []), today, days) for day in week]
            for week in months.Calendar().monthdatescalendar(first.year, first.month)
        ]
        chosen = self._chosen(query.get("day", ""), found)
        may_subscribe = bool(unit) and self.reader.may(
            "directory.subscribe", str(unit.path) if unit else None
        )
        key = CalendarKey.objects.filter(unit=unit).first() if may_subscribe else None
        return super().get_context_data(
            first=first,
            weeks=weeks,
            total=sum(len(rows) for rows in found.values()),
            before=(first - timedelta(days=1)).replace(day=1),
            after=last + timedelta(days=1),
            provisional=days.is_provisional(first),
            unit=unit,
            units=forms.unit_choices(units),
            chosen=chosen,
            chosen_rows=[
                (o, (state := o.state_on(today)).label, TONES[state]) for o in found.get(chosen, [])
            ]
            if chosen
            else [],
            may_subscribe=may_subscribe,
            feed=self.request.build_absolute_uri(
                reverse("public_directory:unit_calendar", args=[key.secret])
            )
            if key
            else "",
            tab="calendar",
            query={"unit": asked},
            **kwargs,
        )

    @staticmethod
    def _day(day: date, first: date, rows: Sequence[Any], today: date, days: Any) -> dict[str, Any]:
        owed = [row for row in rows if not row.done and not row.waived]
        tone = "is-bad" if owed and day < today else "is-warn" if owed else "is-good"
        return {
            "day": day,
            "inside": day.month == first.month,
            "today": day == today,
            "off": not days.is_workday(day),
            "rows": rows[:SHOWN],
            "more": max(len(rows) - SHOWN, 0),
            "count": len(rows),
            "owed": len(owed),
            "tone": tone if rows else "",
        }

    @staticmethod
    def _chosen(text: str, found: Any) -> date | None:
        try:
            day = date.fromisoformat(text)
        except ValueError:
            return None
        return day if day in found else None

    def post(self, request: HttpRequest, **_: Any) -> HttpResponse:
        """Make a new secret address for a calendar program."""
        unit = policies.fetch_unit(
            self.reader, number(request.POST.get("unit", "")), "directory.subscribe"
        )
        actions.subscribe(unit, by=self.reader)
        messages.success(request, "已生成新的订阅地址，原来的地址不再有效。")
        return HttpResponseRedirect(f"{reverse('directory:calendar')}?unit={unit.pk}#subscribe")
