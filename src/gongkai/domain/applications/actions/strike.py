"""A fact that was noted down wrongly is left out, with a trace."""

from django.db import transaction

from gongkai.domain.applications.actions.proceed import add
from gongkai.domain.applications.actions.settle import held
from gongkai.domain.applications.courses import standing
from gongkai.domain.applications.errors import AlreadyStruck, FirstFact, NoReason
from gongkai.domain.applications.events import STRUCK
from gongkai.domain.applications.models import Fact
from gongkai.domain.applications.models.fact import STRIKE
from gongkai.foundation import clock
from gongkai.foundation.permissions import Reader
from gongkai.foundation.trail import record

ACT = "applications.strike"


def strike(fact: Fact, *, by: Reader, reason: str) -> Fact:
    """Leave *fact* out of the course of its application; it stays on record, with *reason*.

    Raises:
        NotAllowed: The post does not allow it.
        NoReason: Nothing says why.
        FirstFact: Without it there would be no application.
        AlreadyStruck: It was left out before.
        FactRefused, EventRefused: What came after it could not have happened without it.
    """
    if not reason.strip():
        raise NoReason
    with transaction.atomic():
        row = held(fact.application_id)
        path = str(row.organisation.path)
        by.must(ACT, path)
        facts = list(row.facts.order_by("pk"))
        if fact.pk == facts[0].pk:
            raise FirstFact
        if fact.pk not in {one.pk for one in standing(facts)}:
            raise AlreadyStruck
        struck = Fact(
            application=row,
            act=STRIKE,
            day=clock.today(),
            about=fact,
            by=by.user,
            text=reason.strip(),
        )
        add(row, struck)
        record(
            STRUCK,
            by=by,
            act=ACT,
            path=path,
            on=row,
            facts={"act": fact.act, "day": str(fact.day), "fact": fact.pk},
        )
    return struck
