"""What follows in the outlets when an item is no longer public, or is public again."""

from collections.abc import Iterable
from typing import Any

from django.db import transaction

from gongkai.core.workdays import calendar
from gongkai.domain.channels.events import TAKE_DOWN
from gongkai.domain.channels.models import Release, Screen, ScreenKind, State
from gongkai.domain.information import events
from gongkai.domain.information.models import Status
from gongkai.domain.organisations.queries import holders
from gongkai.foundation import clock
from gongkai.foundation.notices.actions import notify
from gongkai.foundation.trail import record

TAKEN_BACK = (Status.WITHDRAWN, Status.KEPT)
"""An item that merely ran out stays where it was printed or posted."""
DAYS = 1
"""Working days within which something that was taken back should be gone from an outlet."""
BATCH = 500
WHY = "信息已撤回"
BY_ITSELF = "信息已撤回，在线的屏幕已自动停止展示。"


def listen() -> None:
    """Hear of every change of what the public sees."""
    events.shown.connect(_shown, dispatch_uid="channels-shown")


def _shown(items: set[int], **_: Any) -> None:
    keys = sorted(items)
    for first in range(0, len(keys), BATCH):
        _follow(keys[first : first + BATCH])


def _follow(keys: Iterable[int]) -> None:
    """Open tasks for what was taken back, and close them for what is public again."""
    rows = list(
        Release.objects.filter(item__in=keys)
        .exclude(state__in=(State.GIVEN_UP, State.TAKEN_DOWN))
        .exclude(item__live=True, state__in=(State.PLANNED, State.DONE))
        .select_related("item", "organisation", "responsible")
    )
    with transaction.atomic():
        for release in rows:
            if release.item.live:
                release.state, release.due = State.DONE, None
            elif release.item.status not in TAKEN_BACK:
                continue
            elif release.state == State.PLANNED:
                release.state, release.note = State.GIVEN_UP, WHY
            elif release.state == State.DONE and _goes_by_itself(release):
                release.state, release.note = State.TAKEN_DOWN, BY_ITSELF
            elif release.state == State.DONE:
                release.state = State.TAKE_DOWN
                release.due = calendar().after(clock.today(), DAYS)
                _ask(release)
            else:
                continue
            release.save(update_fields=["state", "due", "note"])


def _goes_by_itself(release: Release) -> bool:
    """Tell whether only screens of ours showed it, and all of them hear of it: one that is silent keeps what it has."""
    if release.by_id is not None or release.outlet not in ScreenKind.values:
        return False
    above = [*release.organisation.ancestor_paths, str(release.organisation.path)]
    screens = Screen.objects.filter(
        kind=release.outlet, is_on=True, organisation__path__in=above, seen__isnull=False
    )
    return not any(screen.is_silent for screen in screens)


def _ask(release: Release) -> None:
    people = holders("clerk", of={release.responsible, release.organisation})
    text = f"请撤下（{release.get_outlet_display()}）：{release.item.title}"
    notify(people, text, href=release.get_absolute_url())
    record(
        TAKE_DOWN,
        path=str(release.organisation.path),
        on=release,
        facts={"item": release.item_id, "outlet": release.outlet},
    )
