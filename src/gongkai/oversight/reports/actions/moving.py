"""What every verb that changes the state of a report does alike."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from django.db import transaction

from gongkai.foundation.permissions import Reader
from gongkai.foundation.trail import Event, record
from gongkai.oversight.reports.lifecycle import must_allow
from gongkai.oversight.reports.models import Handling, Report
from gongkai.oversight.reports.models.handling import Verb


def held(key: int) -> Report:
    """Return the report *key*, held until the transaction is over, so that two verbs do not cross."""
    return (
        Report.objects.select_for_update(of=("self",))
        .select_related("organisation", "round")
        .get(pk=key)
    )


@dataclass(slots=True)
class Moving:
    """A report on its way from one state to the next."""

    report: Report
    by: Reader
    act: str
    before: str
    facts: dict[str, Any]
    after_digest: Any = None


@contextmanager
def moving(  # noqa: PLR0913  # the facts of an act, all by name
    report: Report,
    verb: str,
    *,
    by: Reader,
    event: Event,
    note: Verb,
    comment: str = "",
    check: Callable[[Report], None] | None = None,
) -> Iterator[Moving]:
    """Move *report* by *verb*, with its handling and the record; the body does what else follows.

    Raises:
        NotAllowed: The post does not allow it.
        NotNow: The report is at another stage.
        Frozen: It was published.
    """
    with transaction.atomic():
        fresh = held(report.pk)
        path = str(fresh.organisation.path)
        move = must_allow(fresh, verb)
        by.must(move.act, path)
        if check is not None:
            check(fresh)
        going = Moving(fresh, by, move.act, fresh.status, {})
        yield going
        fresh.status = move.after
        fresh.save()
        handling = Handling.objects.create(
            report=fresh,
            verb=note,
            before=going.before,
            after=move.after,
            by=by.user,
            comment=comment.strip(),
        )
        record(
            event,
            by=by,
            act=move.act,
            path=path,
            on=fresh,
            before=going.before,
            after=going.after_digest or move.after.value,
            facts={"year": fresh.year, "handling": handling.pk, **going.facts},
            reason=comment,
        )
    report.status, report.issued_on = fresh.status, fresh.issued_on
