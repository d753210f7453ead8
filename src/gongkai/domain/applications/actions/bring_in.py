"""Cases that were handled before, or elsewhere, are brought in with everything that happened to them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, time
from typing import Any

from django.db import transaction
from django.utils import timezone

from gongkai.core import lifecycle
from gongkai.core.lifecycle import Course, follow
from gongkai.domain.applications.actions.register import must_be_complete
from gongkai.domain.applications.actions.settle import row_of, terms_of
from gongkai.domain.applications.errors import InFuture, NoEvidence
from gongkai.domain.applications.events import BROUGHT_IN
from gongkai.domain.applications.models import Application, Fact, Term
from gongkai.domain.applications.numbering import mark_of, new_code, take
from gongkai.domain.organisations.models import Organisation
from gongkai.foundation import clock
from gongkai.foundation.permissions import Reader, person
from gongkai.foundation.trail import record

ACT = "applications.bring-in"
BATCH = 500
NOON = time(12)


@dataclass(frozen=True, slots=True)
class Case:
    """A case as it was handled.

    Attributes:
        channel: Key of the channel.
        facts: What happened, as the life cycle takes it; the first one is the receipt. ``key`` and ``about`` tie
            them to each other within the case.
        given: What the applicant gave, as for ``register``.
        amounts: What was paid, by the key of the fact.
    """

    channel: str
    facts: Sequence[lifecycle.Fact]
    given: Mapping[str, Any]
    amounts: Mapping[int, Any] = field(default_factory=dict)


def bring_in(
    organisation: Organisation, cases: Iterable[Case], *, by: Reader, evidence: str
) -> list[Application]:
    """Bring in *cases* of *organisation*, each of them held against table and clock; all of them or none.

    Decisions among them were signed elsewhere: *evidence* says where that can be seen, and the trail keeps it.

    Raises:
        NotAllowed: The post does not allow it.
        NoEvidence: Nothing says where they were handled.
        FactRefused, EventRefused: A case could not have gone like that.
        InFuture: Something has not happened yet.
    """
    path = str(organisation.path)
    by.must(ACT, path)
    if not evidence.strip():
        raise NoEvidence
    found = list(cases)
    courses = [follow(case.facts) for case in found]
    for case in found:
        must_be_complete(dict(case.given))
        for fact in case.facts:
            if fact.day > clock.today():
                raise InFuture(act=lifecycle.acts()[fact.act].title, day=fact.day)
    with transaction.atomic():
        rows = _rows(organisation, found, courses)
        Application.objects.bulk_create(rows, batch_size=BATCH)
        keys = _facts(rows, found, by)
        terms = [
            Term(application=row, **wanted)
            for row, course, own in zip(rows, courses, keys, strict=True)
            for wanted in terms_of(row, course, own)
        ]
        Term.objects.bulk_create(terms, batch_size=BATCH)
        record(
            BROUGHT_IN,
            by=by,
            act=ACT,
            path=path,
            on=organisation,
            facts={
                "count": len(rows),
                "numbers": [rows[0].number, rows[-1].number] if rows else [],
            },
            reason=evidence,
        )
    return rows


def _rows(
    organisation: Organisation, cases: Sequence[Case], courses: Sequence[Course]
) -> list[Application]:
    years = [case.facts[0].day.year for case in cases]
    numbers = {year: iter(take(organisation, year, years.count(year))) for year in set(years)}
    rows = []
    for case, course, year in zip(cases, courses, years, strict=True):
        number = next(numbers[year])
        arrived = timezone.make_aware(datetime.combine(case.facts[0].day, NOON))
        rows.append(
            Application(
                organisation=organisation,
                number=number,
                code_mark=mark_of(number, new_code()),
                channel=case.channel,
                arrived=arrived,
                **case.given,
                **row_of(course),
            )
        )
    return rows


def _facts(rows: Sequence[Application], cases: Sequence[Case], by: Reader) -> list[dict[int, int]]:
    """Write the facts, those that answer another one after it; return their keys by the keys within the case."""
    keys: list[dict[int, int]] = [{} for _ in rows]
    user = person(by)
    waiting = [(n, fact) for n, case in enumerate(cases) for fact in case.facts]
    while waiting:
        now: list[tuple[int, lifecycle.Fact]] = []
        later: list[tuple[int, lifecycle.Fact]] = []
        for n, fact in waiting:
            ready = fact.about is None or fact.about in keys[n]
            (now if ready else later).append((n, fact))
        fresh = [_fact(rows[n], cases[n], fact, keys[n], user) for n, fact in now]
        made = Fact.objects.bulk_create(fresh, batch_size=BATCH)
        for (n, fact), row in zip(now, made, strict=True):
            if fact.key:
                keys[n][fact.key] = row.pk
        waiting = later if now else []
    return keys


def _fact(
    row: Application, case: Case, fact: lifecycle.Fact, keys: Mapping[int, int], user: Any
) -> Fact:
    return Fact(
        application=row,
        act=fact.act,
        day=fact.day,
        about_id=keys[fact.about] if fact.about is not None else None,
        until=fact.until,
        working_days=fact.working_days,
        approved=fact.approved,
        whom=fact.whom or "",
        grounds=list(fact.grounds),
        amount=case.amounts.get(fact.key),
        by=user,
    )
