"""The agency must decide again."""

from datetime import date

from django.db import transaction

from gongkai.domain.applications.actions import proceed
from gongkai.domain.applications.models import Fact
from gongkai.domain.remedies import policies
from gongkai.domain.remedies.actions.holding import held
from gongkai.domain.remedies.errors import AlreadyRenewed, NotCorrected, NotInForce
from gongkai.domain.remedies.events import RENEWED
from gongkai.domain.remedies.models import Remedy
from gongkai.foundation.permissions import Reader
from gongkai.foundation.trail import record


def renew(
    remedy: Remedy, *, by: Reader, day: date | None = None, until: date | None = None
) -> Fact:
    """Begin a new round of the application, with a clock of its own.

    Args:
        remedy: What ended with the decision being corrected.
        by: Who does it.
        day: When the ruling took effect, today if left out.
        until: By when it wants a new decision; the term of the law where it does not say.

    Raises:
        NotAllowed: The post does not allow it.
        NotCorrected: The decision stood.
        NotInForce: It was appealed against.
        AlreadyRenewed: There is a new round.
        FactRefused: The application is not where it could be taken up again.
    """
    with transaction.atomic():
        row = held(remedy, by=by)
        if row.renewed_id is not None:
            raise AlreadyRenewed
        if row.column != "corrected":
            raise NotCorrected(outcome=row.outcome or "还没有结果")
        if row.is_appealed:
            raise NotInForce
        fact = proceed(row.application, "renew", by=by, day=day, until=until, text=str(row))
        row.renewed = fact
        row.save(update_fields=["renewed"])
        record(
            RENEWED,
            by=by,
            act=policies.HANDLE,
            path=str(row.organisation.path),
            on=row,
            facts={"application": row.application.number, "fact": fact.pk},
        )
    remedy.refresh_from_db()
    return fact
