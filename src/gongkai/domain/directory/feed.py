"""The publication calendar for calendar programs (RFC 5545)."""

from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta

from icalendar import Alarm, Calendar, Event

from gongkai.core.reminders import reminder
from gongkai.domain.directory.models import Obligation, StandardDirectory

PRODUCT = "-//gongkai//publication calendar//ZH"
REFRESH = "PT12H"


def calendar_of(title: str, events: Iterable[Event]) -> bytes:
    """Return a calendar called *title* with *events*."""
    book = Calendar()
    book.add("prodid", PRODUCT)
    book.add("version", "2.0")
    book.add("calscale", "GREGORIAN")
    book.add("method", "PUBLISH")
    book.add("x-wr-calname", title)
    book.add("x-wr-timezone", "Asia/Shanghai")
    book.add("x-published-ttl", REFRESH)
    for event in events:
        book.add_component(event)
    return bytes(book.to_ical())


def owed_event(obligation: Obligation, stamp: datetime, address: str) -> Event:
    """Return an obligation as an all-day event with a reminder before it."""
    event = _event(
        uid=f"obligation-{obligation.pk}@gongkai",
        day=_due(obligation),
        summary=f"应公开：{obligation.entry}",
        stamp=stamp,
    )
    told = [
        obligation.entry.content,
        f"期次：{obligation.period_title}",
        f"目录写明的时限：{obligation.listing.deadline or '未写'}",
    ]
    if obligation.provisional:
        told.append("日期为暂估，放假安排公布后可能变动")
    event.add("description", "\n".join(told))
    event.add("url", address)
    event.add("status", "CANCELLED" if obligation.waived else "CONFIRMED")
    if obligation.done is None and not obligation.waived:
        alarm, ahead = Alarm(), reminder("calendar-alarm")
        alarm.add("action", "DISPLAY")
        alarm.add("description", f"{ahead.days} 天后应公开：{obligation.entry}")
        alarm.add("trigger", -ahead.span)
        event.add_component(alarm)
    return event


def public_events(directory: StandardDirectory, years: Iterable[int]) -> Iterable[Event]:
    """Yield what *directory* lays down for fixed days of *years*; the same for everybody."""
    fixed = list(directory.listings.filter(limit_kind="fixed").select_related("entry"))
    stamp = datetime.combine(directory.effective_from, time(), UTC)
    for year in years:
        for listing in fixed:
            day = listing.limit.day_in(year)
            if day:
                event = _event(
                    uid=f"directory-{directory.pk}-{listing.entry_id}-{year}@gongkai",
                    day=day,
                    summary=f"公开期限：{listing.entry}",
                    stamp=stamp,
                )
                event.add("description", f"{listing.entry.content}\n公开主体：{listing.body}")
                yield event


def _due(obligation: Obligation) -> date:
    if obligation.due is None:
        raise ValueError(obligation)
    return obligation.due


def _event(*, uid: str, day: date, summary: str, stamp: datetime) -> Event:
    event = Event()
    event.add("uid", uid)
    event.add("dtstamp", stamp)
    event.add("dtstart", day)
    event.add("dtend", day + timedelta(days=1))
    event.add("summary", summary)
    event.add("transp", "TRANSPARENT")
    return event
