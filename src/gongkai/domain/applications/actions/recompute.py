"""After a holiday notice the days of open cases are computed anew."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import islice
from typing import TypeVar

from django.db import transaction
from django.db.models import QuerySet

from gongkai.core import chain
from gongkai.core.workdays import calendar
from gongkai.domain.applications.actions.settle import Followed, write
from gongkai.domain.applications.courses import course_after
from gongkai.domain.applications.events import RECOMPUTED
from gongkai.domain.applications.models import Application, Fact, Term
from gongkai.foundation.notices.actions import notify
from gongkai.foundation.permissions import Reader
from gongkai.foundation.trail.models import Record
from gongkai.foundation.trail.recording import append, entry

BITE = 200
Row = TypeVar("Row", Fact, Term)


@dataclass(frozen=True, slots=True)
class Moved:
    """An application whose last day is another one than before."""

    application: Application
    before: date | None
    after: date | None


def recompute(
    applications: Iterable[Application], *, by: Reader | None = None, reason: str = ""
) -> Iterator[Moved | None]:
    """Follow the facts of *applications* anew, after a holiday notice; yield what moved, or nothing, for each.

    Some hundred of them at a time are a transaction: stopped at any point, it can be started again.
    """
    keys = (application.pk for application in applications)
    while bite := list(islice(keys, BITE)):
        moved = _bite(bite, by, reason)
        # one that somebody works on just now is waited for alone, while no other is held
        for key in bite:
            if key not in moved:
                moved |= _bite([key], by, reason, waits=True)
            yield moved.get(key)


def recompute_open(
    *, after: int = 0, by: Reader | None = None, reason: str = ""
) -> Iterator[tuple[int, Moved | None]]:
    """Compute all open cases anew from the one after the key *after* on, and tell whoever works on what moved.

    Yields:
        The key of each case, and what moved.
    """
    rows = Application.objects.open().order_by("pk")
    while bite := list(rows.filter(pk__gt=after)[:BITE]):
        for row, moved in zip(bite, recompute(bite, by=by, reason=reason), strict=True):
            if moved is not None:
                _tell(moved)
            yield row.pk, moved
        after = bite[-1].pk


def days_told() -> str:
    """Return the digest of all holidays that are known: another one when a notice has come."""
    return chain.digest(
        [
            [festival.name, *map(str, festival.days_off), "/", *map(str, festival.make_up_days)]
            for festival in calendar().festivals
        ]
    )


def _tell(moved: Moved) -> None:
    row = moved.application
    if row.handler:
        text = f"公开申请 {row.number} 的答复期限改为 {moved.after}（原为 {moved.before}）"
        notify([row.handler], text, href=row.get_absolute_url())


def _bite(
    keys: Sequence[int], by: Reader | None, reason: str, *, waits: bool = False
) -> dict[int, Moved | None]:
    with transaction.atomic():
        rows = list(
            Application.objects.select_for_update(of=("self",), skip_locked=not waits)
            .select_related("organisation", "handler")
            .filter(pk__in=keys)
            .order_by("pk")
        )
        facts = _of(rows, Fact.objects.order_by("pk"))
        terms = _of(rows, Term.objects.order_by("pk"))
        before = {row.pk: row.due for row in rows}
        write(
            Followed(row, facts[row.pk], terms[row.pk], course_after(facts[row.pk])) for row in rows
        )
        moved = {
            row.pk: Moved(row, before[row.pk], row.due) if row.due != before[row.pk] else None
            for row in rows
        }
        append([_entry(one, by, reason) for one in moved.values() if one is not None])
    return moved


def _of(rows: Sequence[Application], asked: QuerySet[Row]) -> dict[int, list[Row]]:
    """Return what belongs to each of *rows*."""
    found: dict[int, list[Row]] = defaultdict(list)
    for one in asked.filter(application__in=[row.pk for row in rows]):
        found[one.application_id].append(one)
    return found


def _entry(moved: Moved, by: Reader | None, reason: str) -> Record:
    row = moved.application
    return entry(
        RECOMPUTED,
        by=by,
        on=row,
        path=str(row.organisation.path),
        facts={"before": str(moved.before), "after": str(moved.after)},
        reason=reason,
    )
