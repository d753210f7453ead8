"""Many organisations at once, all or none."""

from collections.abc import Sequence
from typing import Any

from django.db import transaction

from gongkai.domain.organisations import events, policies
from gongkai.domain.organisations.actions.found import ACT, found
from gongkai.domain.organisations.models import Organisation
from gongkai.domain.organisations.sheet import day_of
from gongkai.foundation.permissions import Reader
from gongkai.foundation.trail import record


def bring_in(rows: Sequence[dict[str, Any]], *, by: Reader) -> list[Organisation]:
    """Enter the judged *rows* of a sheet in their order; parents come before children."""
    by.must(ACT)
    with transaction.atomic():
        editable = policies.visible_to(by).filter(by.reach(ACT).q())
        known: dict[str, Organisation] = {o.name: o for o in editable.in_being()}
        made = []
        for row in rows:
            fresh = found(
                parent=known[row["parent"]],
                name=row["name"],
                short=row.get("short", ""),
                kind=row["kind"],
                level=row["level"],
                code=row.get("code", ""),
                division=row.get("division", ""),
                founded=day_of(row),
                by=by,
            )
            known[fresh.name] = fresh
            made.append(fresh)
        record(events.IMPORTED, by=by, act=ACT, facts={"count": len(made)})
    return made
