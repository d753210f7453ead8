"""The trail: an append-only, hash-chained record of every act.

How another app takes part: its ``events.py`` declares what can happen ::

    from gongkai.foundation.trail import Event
    CONFIRMED = Event("reports.confirmed", "确认年度报告")

and its actions call :func:`record` inside their transaction, last, so that the record stands if and
only if the act does::

    with transaction.atomic():
        report.save()
        record(CONFIRMED, by=reader, act="reports.confirm", path=unit.path, on=report,
               before=was, after=report.content(), reason=reason)

``before`` and ``after`` are kept as digests only. Names of people, contact data and free text about
them do not belong in ``facts``: the trail cannot be erased. Users appear by their key.

The database itself refuses changes (triggers, ``migrations/0001``); ``gongkai trail verify`` finds
the first broken link and ``gongkai trail export`` writes what an outsider can verify without us.
"""

from gongkai.foundation.trail.event import Event
from gongkai.foundation.trail.recording import record

__all__ = ["Event", "record"]
