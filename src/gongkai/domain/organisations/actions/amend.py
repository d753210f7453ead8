"""Putting right what is written about an organisation."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction

from gongkai.domain.organisations import events
from gongkai.domain.organisations.actions.found import ACT, state
from gongkai.domain.organisations.models import Guide, Organisation
from gongkai.foundation.permissions import Reader
from gongkai.foundation.trail import record

GUIDE_ACT = "organisations.guide"
AMENDABLE = ("short", "code", "division", "kind", "level", "founded")


def amend(organisation: Organisation, *, facts: Mapping[str, Any], by: Reader | None) -> None:
    """Correct facts that are no reform: short name, codes, kind, level, founding day."""
    if by is not None:
        by.must(ACT, str(organisation.path))
    with transaction.atomic():
        fresh = Organisation.objects.select_for_update().get(pk=organisation.pk)
        before = state(fresh)
        for name in AMENDABLE:
            if name in facts:
                setattr(fresh, name, facts[name])
        after = state(fresh)
        if after == before:
            return
        fresh.save()
        changed = sorted(key for key in after if after[key] != before[key])
        record(
            events.AMENDED,
            by=by,
            act=ACT,
            path=str(fresh.path),
            on=fresh,
            before=before,
            after=after,
            facts={"fields": changed},
        )
    organisation.refresh_from_db()


def amend_guide(guide: Guide, *, facts: Mapping[str, str], by: Reader | None) -> None:
    """Write down what the public is told about how to reach the organisation."""
    path = str(guide.organisation.path)
    if by is not None:
        by.must(GUIDE_ACT, path)
    with transaction.atomic():
        fresh = Guide.objects.select_for_update().get(pk=guide.pk)
        before = {name: getattr(fresh, name) for name in facts}
        if before == dict(facts):
            return
        for name, value in facts.items():
            setattr(fresh, name, value)
        fresh.save()
        record(
            events.GUIDE_AMENDED,
            by=by,
            act=GUIDE_ACT,
            path=path,
            on=fresh.organisation,
            before=before,
            after=dict(facts),
            facts={"fields": sorted(name for name in facts if before[name] != facts[name])},
        )
    guide.refresh_from_db()
