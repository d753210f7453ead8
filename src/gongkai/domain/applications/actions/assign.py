"""A case is given to a colleague."""

from collections.abc import Iterable

from django.db import transaction

from gongkai.domain.applications import policies
from gongkai.domain.applications.actions.settle import held
from gongkai.domain.applications.errors import NobodyThere, NotGiven
from gongkai.domain.applications.events import ASSIGNED
from gongkai.domain.applications.models import Application, Term
from gongkai.domain.applications.queries import colleagues, given_units
from gongkai.domain.organisations.models import Organisation
from gongkai.foundation.accounts.models import User
from gongkai.foundation.notices.actions import notify
from gongkai.foundation.permissions import Reader
from gongkai.foundation.trail import record


def assign(
    application: Application,
    *,
    by: Reader,
    handler: User | None,
    unit: Organisation | None = None,
    reason: str = "",
) -> Application:
    """Make *handler* the one who works on *application*, within *unit* where it is not the office itself.

    What the office owes is theirs from now on. Nobody stands for everybody of the office, or of the unit.

    Raises:
        NotAllowed: The post does not allow it.
        NotGiven: The unit was not given the application, and cannot see it.
        NobodyThere: The person has no post that handles applications there.
    """
    with transaction.atomic():
        row = held(application.pk)
        path = str(row.organisation.path)
        by.must(policies.ASSIGN, path)
        if unit is not None and not given_units(row).filter(pk=unit.pk).exists():
            raise NotGiven(unit=unit)
        if handler is not None and not colleagues(row, unit).filter(pk=handler.pk).exists():
            raise NobodyThere(name=handler)
        before = row.handler_id
        units = [row.unit_id, unit.pk if unit else None]
        row.handler, row.unit = handler, unit
        row.save(update_fields=["handler", "unit"])
        Term.objects.running().filter(application=row, who="office").update(person=handler)
        if handler is not None and handler != by.user and handler.pk != before:
            told = f"公开申请 {row.number} 交给您办理"
            notify([handler], told, href=row.get_absolute_url())
        record(
            ASSIGNED,
            by=by,
            act=policies.ASSIGN,
            path=path,
            on=row,
            facts={
                "before": before,
                "after": handler.pk if handler else None,
                "units": units if units[0] != units[1] else [],
            },
            reason=reason,
        )
    return row


def hand_over(
    applications: Iterable[Application], *, by: Reader, to: User, reason: str = ""
) -> int:
    """Give all *applications* to one colleague, in one transaction; return how many.

    Raises:
        NotAllowed, NobodyThere: As :func:`assign` does, for any of them; then none is given.
    """
    count = 0
    with transaction.atomic():
        for application in applications:
            unit = application.unit
            stays = unit and colleagues(application, unit).filter(pk=to.pk).exists()
            assign(application, by=by, handler=to, unit=unit if stays else None, reason=reason)
            count += 1
    return count
