"""The address at which a calendar program fetches what a unit has to publish."""

import secrets

from django.db import transaction

from gongkai.domain.directory import events
from gongkai.domain.directory.models import CalendarKey
from gongkai.domain.organisations.models import Organisation
from gongkai.foundation import clock
from gongkai.foundation.permissions import Reader
from gongkai.foundation.trail import record

ACT = "directory.subscribe"


def subscribe(unit: Organisation, *, by: Reader | None) -> CalendarKey:
    """Give *unit* a new secret address; the one before leads nowhere from now on."""
    if by is not None:
        by.must(ACT, str(unit.path))
    with transaction.atomic():
        key, _ = CalendarKey.objects.update_or_create(
            unit=unit, defaults={"secret": secrets.token_urlsafe(32), "made": clock.now()}
        )
        record(events.SUBSCRIBED, by=by, act=ACT, path=str(unit.path), on=unit)
    return key
