"""What day it is, asked in one place.

Nothing else in the platform asks the machine for the time: the demo may live on a fixed day
(``GONGKAI_TODAY``), and tests move the clock with :func:`moved_to`.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date, datetime, time, timedelta

from django.conf import settings
from django.utils import timezone

_moved: ContextVar[timedelta | None] = ContextVar("moved", default=None)


def now() -> datetime:
    """Return the moment, aware, in the zone of the settings."""
    moment = timezone.localtime(timezone.now())
    shift = _moved.get()
    if shift is None and settings.GONGKAI_TODAY:
        shift = date.fromisoformat(settings.GONGKAI_TODAY) - moment.date()
    return moment + (shift or timedelta())


def today() -> date:
    """Return the day in the zone of the settings."""
    return now().date()


@contextmanager
def moved_to(day: date, at: time = time(9)) -> Iterator[None]:
    """Make it *day* inside the block; time goes on from *at*."""
    target = timezone.make_aware(datetime.combine(day, at))
    token = _moved.set(target - timezone.localtime(timezone.now()))
    try:
        yield
    finally:
        _moved.reset(token)
