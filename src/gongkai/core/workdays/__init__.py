"""Working days, as the State Council announced them.

>>> from datetime import date
>>> calendar().after(date(2024, 9, 27), 20)
datetime.date(2024, 10, 30)
"""

from gongkai.core.workdays.announced import (
    AnnouncedCalendar,
    Announcement,
    Arrangement,
    Festival,
    announcements,
    calendar,
)
from gongkai.core.workdays.calendar import Calendar, OutsideCalendar

__all__ = [
    "AnnouncedCalendar",
    "Announcement",
    "Arrangement",
    "Calendar",
    "Festival",
    "OutsideCalendar",
    "announcements",
    "calendar",
]
