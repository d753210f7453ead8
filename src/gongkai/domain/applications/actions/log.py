"""A case is put into the public log, or taken out of it; whether an organisation keeps one."""

from typing import Any

from django.db import transaction

from gongkai.core.fingerprints import plain
from gongkai.core.workdays import OutsideCalendar, calendar
from gongkai.domain.applications import policies
from gongkai.domain.applications.actions.settle import held
from gongkai.domain.applications.courses import course_of
from gongkai.domain.applications.errors import (
    LogClosed,
    NoSummary,
    NotAnswered,
    RawWords,
    SummaryNames,
)
from gongkai.domain.applications.events import (
    LOG_SET,
    LOGGED,
    UNLOGGED,
    happened,
    log_changed,
)
from gongkai.domain.applications.models import Application, Fact, LogEntry, PublicLog
from gongkai.domain.applications.publication import words_in, words_of
from gongkai.domain.organisations.models import Organisation
from gongkai.foundation import clock
from gongkai.foundation.permissions import Reader
from gongkai.foundation.trail import record

LONGEST = 200
SHORTEST = 4
REOPENS = {"correct", "renew", "strike"}
"""What makes an entry say something that may no longer be so."""


def set_log(organisation: Organisation, *, by: Reader, is_open: bool) -> PublicLog:
    """Begin or stop to keep a public log; what stands in it comes and goes with that.

    Raises:
        NotAllowed: The post does not allow it.
    """
    path = str(organisation.path)
    by.must(policies.LOG_SETTING, path)
    with transaction.atomic():
        row, _ = PublicLog.objects.get_or_create(organisation=organisation)
        row.is_open, row.changed = is_open, clock.now()
        row.save()
        log_changed.send(sender=PublicLog, organisation=organisation.pk)
        record(
            LOG_SET,
            by=by,
            act=policies.LOG_SETTING,
            path=path,
            on=organisation,
            facts={"open": is_open},
        )
    return row


def put_into_log(application: Application, *, by: Reader, summary: str) -> LogEntry:
    """Put an answered case into the log under what an official wrote of it, or write that anew.

    Args:
        application: The case.
        by: Who wrote the summary.
        summary: What was asked for, in words that are not the applicant's.

    Raises:
        NotAllowed: The post does not allow it.
        LogClosed: The organisation keeps none.
        NotAnswered: There is no answer now.
        NoSummary, RawWords, SummaryNames: The summary does not do.
    """
    path = str(application.organisation.path)
    by.must(policies.LOG, path)
    if not is_open(application.organisation_id):
        raise LogClosed(organisation=application.organisation.name)
    with transaction.atomic():
        row = held(application.pk)
        told = " ".join(summary.split())
        _must_be_fit(row, told)
        entry, _ = LogEntry.objects.update_or_create(
            application=row,
            defaults={
                "organisation": row.organisation,
                "summary": told,
                "listed_by": by.user,
                "listed_at": clock.now(),
                "withdrawn_at": None,
                **_facts_of(row),
            },
        )
        log_changed.send(sender=LogEntry, organisation=row.organisation_id)
        record(
            LOGGED,
            by=by,
            act=policies.LOG,
            path=path,
            on=row,
            after=told,
            facts={"entry": entry.pk},
        )
    return entry


def take_out_of_log(application: Application, *, by: Reader) -> None:
    """Take a case out of the log; its page is gone at once.

    Raises:
        NotAllowed: The post does not allow it.
    """
    path = str(application.organisation.path)
    by.must(policies.LOG, path)
    with transaction.atomic():
        if _withdraw(application):
            record(UNLOGGED, by=by, act=policies.LOG, path=path, on=application)


def is_open(organisation: int) -> bool:
    """Tell whether the organisation keeps a public log."""
    return PublicLog.objects.filter(organisation=organisation, is_open=True).exists()


def _withdraw(application: Application) -> bool:
    rows = LogEntry.objects.filter(application=application, withdrawn_at=None)
    if not rows.update(withdrawn_at=clock.now()):
        return False
    log_changed.send(sender=LogEntry, organisation=application.organisation_id)
    return True


def _facts_of(row: Application) -> dict[str, Any]:
    current = course_of(row).current
    if current.decided is None or not current.outcome:
        raise NotAnswered
    try:
        passed = calendar().between(current.started, current.decided)
        days: int | None = max(passed - current.paused, 0)
    except OutsideCalendar:
        days = None
    return {
        "received": current.started,
        "decided": current.decided,
        "outcome": current.outcome,
        "days": days,
    }


def _must_be_fit(row: Application, summary: str) -> None:
    if not SHORTEST <= len(summary) <= LONGEST:
        raise NoSummary(most=LONGEST)
    if words_in(words_of(row), summary):
        raise SummaryNames
    if plain(row.matter) in plain(summary):
        raise RawWords


def _happened(application: Application, fact: Fact, **_: Any) -> None:
    """Take it out while it is worked on again: an official looks at it once more before it comes back."""
    if fact.act in REOPENS and _withdraw(application):
        record(UNLOGGED, on=application, facts={"fact": fact.pk})


def register() -> None:
    """Listen."""
    happened.connect(_happened, dispatch_uid="applications-log")
