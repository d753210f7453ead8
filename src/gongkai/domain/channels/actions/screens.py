"""A screen is put up, changed, switched off and on."""

from collections.abc import Iterable
from typing import Any

from django.db import transaction

from gongkai.domain.channels import events
from gongkai.domain.channels.errors import ColumnElsewhere
from gongkai.domain.channels.models import Screen
from gongkai.domain.directory.models import Column
from gongkai.domain.organisations.models import Organisation
from gongkai.foundation.permissions import Reader
from gongkai.foundation.trail import record

ACT = "channels.screen"
FACTS = ("kind", "name", "orientation", "seconds", "count", "line", "may_print")
"""What is said of a screen."""


def put_up(
    organisation: Organisation, *, by: Reader, columns: Iterable[Column] = (), **facts: Any
) -> Screen:
    """Give *organisation* a screen with an address of its own.

    Raises:
        NotAllowed: The post does not allow it.
        ColumnElsewhere: A column belongs to somebody outside the organisation.
    """
    with transaction.atomic():
        by.must(ACT, str(organisation.path))
        screen = Screen(organisation=organisation)
        _put(screen, facts, columns)
        _record(events.SCREEN_PUT_UP, screen, by)
    return screen


def change(screen: Screen, *, by: Reader, columns: Iterable[Column], **facts: Any) -> Screen:
    """Change what *screen* shows and how.

    Raises:
        NotAllowed: The post does not allow it.
        ColumnElsewhere: A column belongs to somebody outside the organisation.
    """
    with transaction.atomic():
        row = Screen.objects.select_for_update(of=("self",)).select_related("organisation")
        found = row.get(pk=screen.pk)
        by.must(ACT, str(found.organisation.path))
        _put(found, facts, columns)
        _record(events.SCREEN_CHANGED, found, by)
    return found


def switch(screen: Screen, *, on: bool, by: Reader) -> Screen:
    """Switch *screen* off, so that its address leads nowhere, or on again.

    Raises:
        NotAllowed: The post does not allow it.
    """
    with transaction.atomic():
        by.must(ACT, str(screen.organisation.path))
        screen.is_on = on
        screen.save(update_fields=["is_on"])
        _record(events.SCREEN_SWITCHED, screen, by)
    return screen


def _put(screen: Screen, facts: dict[str, Any], columns: Iterable[Column]) -> None:
    unknown = set(facts) - set(FACTS)
    if unknown:
        raise TypeError(f"no such fact: {', '.join(sorted(unknown))}")
    for name, value in facts.items():
        setattr(screen, name, value)
    chosen = list(columns)
    for column in chosen:
        if not str(column.organisation.path).startswith(str(screen.organisation.path)):
            raise ColumnElsewhere(column=column, organisation=screen.organisation)
    screen.save()
    screen.columns.set(chosen)


def _record(event: Any, screen: Screen, by: Reader) -> None:
    record(
        event,
        by=by,
        act=ACT,
        path=str(screen.organisation.path),
        on=screen,
        facts={name: getattr(screen, name) for name in ("name", "kind", "is_on")},
    )
