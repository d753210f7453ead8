"""Somebody is urged to act."""

from collections.abc import Iterable

from django.db import transaction

from gongkai.core.lifecycle import duties
from gongkai.domain.applications import policies
from gongkai.domain.applications.errors import NobodyToUrge
from gongkai.domain.applications.events import URGED
from gongkai.domain.applications.models import Application, Note, Term
from gongkai.domain.organisations.queries import holders
from gongkai.foundation.accounts.models import User
from gongkai.foundation.notices.actions import notify
from gongkai.foundation.permissions import Reader
from gongkai.foundation.trail import record

WHO = {"applicant": "申请人", "party": "被征求意见的一方"}


def responsible(terms: Iterable[Term]) -> dict[int, User]:
    """Return who has to act on *terms* of offices and units: the person, or else the clerks of the unit."""
    found: dict[int, User] = {}
    for term in terms:
        people = [term.person] if term.person else holders("clerk", of=term.organisation)
        found |= {person.pk: person for person in people}
    return found


def urge(application: Application, *, by: Reader, text: str = "") -> list[User]:
    """Tell whoever owes something in *application* to get on with it; return who was told.

    Raises:
        NotAllowed: The post does not allow it.
        NobodyToUrge: What is owed is not owed inside.
    """
    path = str(application.organisation.path)
    by.must(policies.URGE, path)
    running = application.terms.running().select_related("organisation", "person")
    owed = [term for term in running if term.who in {"office", "unit"} and term.due]
    people = responsible(owed)
    if not people:
        others = sorted({WHO.get(term.who, "") for term in running} - {""})
        raise NobodyToUrge(who="、".join(others) or "别人")
    what = "、".join(dict.fromkeys(duties()[term.duty].title for term in owed))
    last = min(term.due for term in owed if term.due)
    said = f"催办：公开申请 {application.number}，{what}，期限 {last}"
    with transaction.atomic():
        notify(people.values(), f"{said}。{text}".strip("。"), href=application.get_absolute_url())
        names = "、".join(str(person) for person in people.values())
        Note.objects.create(
            application=application, by=by.user, text=f"已催办 {names}。{text}".strip()
        )
        record(
            URGED,
            by=by,
            act=policies.URGE,
            path=path,
            on=application,
            facts={"people": sorted(people), "duties": [term.duty for term in owed]},
            reason=text,
        )
    return list(people.values())
