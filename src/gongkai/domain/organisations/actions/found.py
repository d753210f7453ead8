"""An organisation comes into being."""

from datetime import date
from typing import Any

from django.db import transaction

from gongkai.domain.organisations import events
from gongkai.domain.organisations.errors import NameTaken
from gongkai.domain.organisations.models import Change, Guide, Name, Organisation
from gongkai.foundation.permissions import Reader
from gongkai.foundation.trail import record

ACT = "organisations.edit"


def found(  # noqa: PLR0913  # the facts of an organisation, all by name
    *,
    parent: Organisation | None,
    name: str,
    kind: str,
    level: str,
    short: str = "",
    code: str = "",
    division: str = "",
    founded: date | None = None,
    ground: str = "",
    by: Reader | None,
) -> Organisation:
    """Enter an organisation below *parent*, with its first name and an empty guide.

    Args:
        parent: What it belongs to; nothing for the top of a tree.
        name: The full name.
        kind: A key of ``kinds.yaml``.
        level: Likewise.
        short: What it is called in lists.
        code: The unified social credit code; not checked here, since real ones are sometimes wrong.
        division: The administrative division code.
        founded: The day from which it exists; nothing means since ever.
        ground: The document that founded it.
        by: Who enters it; nobody means the system.
    """
    path = str(parent.path) if parent else ""
    if by is not None:
        by.must(ACT, path)
    with transaction.atomic():
        # add_child counts on the parent's state, so it is read again inside the transaction
        above = Organisation.objects.get(pk=parent.pk) if parent else None
        siblings = above.get_children() if above else Organisation.objects.filter(depth=1)
        if siblings.filter(name=name, closed=None).exists():
            raise NameTaken(parent=above or "最上级", name=name)
        fresh = Organisation(
            name=name,
            short=short,
            code=code,
            division=division,
            kind=kind,
            level=level,
            founded=founded,
        )
        if above:
            above.add_child(instance=fresh)
        else:
            Organisation.add_root(instance=fresh)
        Name.objects.create(organisation=fresh, name=name, short=short, since=founded)
        Guide.objects.create(organisation=fresh)
        if founded:
            Change.objects.create(
                organisation=fresh, kind="founded", day=founded, after=name, ground=ground
            )
        record(
            events.FOUNDED, by=by, act=ACT, path=path, on=fresh, after=state(fresh), reason=ground
        )
    return fresh


def state(organisation: Organisation) -> dict[str, Any]:
    """Return what the trail takes the digest of."""
    return {
        "name": organisation.name,
        "short": organisation.short,
        "code": organisation.code,
        "division": organisation.division,
        "kind": organisation.kind,
        "level": organisation.level,
        "path": str(organisation.path),
        "founded": organisation.founded and organisation.founded.isoformat(),
        "closed": organisation.closed and organisation.closed.isoformat(),
        "successor": organisation.successor_id,
    }
