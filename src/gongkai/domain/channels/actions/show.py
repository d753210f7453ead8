"""A screen of ours shows items: that is their release on it, and nobody has to record it."""

from collections.abc import Collection

from django.db import transaction
from django.utils import timezone

from gongkai.domain.channels.events import SHOWN
from gongkai.domain.channels.models import Release, Screen, State
from gongkai.domain.information.models import Item
from gongkai.foundation import clock
from gongkai.foundation.trail import record

NOTE = "由“{screen}”自动登记：屏幕在 {at} 取走并展示。"


def show(screen: Screen, keys: Collection[int]) -> int:
    """Note that *screen* shows the public items *keys*; return how many it shows for the first time.

    One query where there is nothing new, which is nearly always. What somebody decided not to release there stays
    so; what was recorded by hand stays as it was recorded.
    """
    if not keys:
        return 0
    outlet = str(screen.kind)
    known = Release.objects.filter(outlet=outlet, item__in=keys)
    over = set(
        known.exclude(state__in=(State.PLANNED, State.TAKEN_DOWN)).values_list("item", flat=True)
    )
    new = [key for key in keys if key not in over]
    return _note(screen, outlet, new) if new else 0


def _note(screen: Screen, outlet: str, keys: Collection[int]) -> int:
    now = clock.now()
    note = NOTE.format(screen=screen.name, at=f"{timezone.localtime(now):%Y-%m-%d %H:%M}")
    with transaction.atomic():
        # held, so that an item that is taken back at this moment is not noted afterwards
        items = list(Item.objects.select_for_update().public().filter(pk__in=keys).order_by("pk"))
        rows = {
            row.item_id: row
            for row in Release.objects.select_for_update().filter(outlet=outlet, item__in=keys)
        }
        fresh, changed = [], []
        for item in items:
            row = rows.get(item.pk)
            if row is None:
                fresh.append(
                    Release(
                        item=item,
                        outlet=outlet,
                        organisation_id=item.organisation_id,
                        responsible_id=screen.organisation_id,
                        state=State.DONE,
                        on=clock.today(),
                        note=note,
                        by=None,
                        at=now,
                    )
                )
            elif row.state == State.PLANNED or (
                row.state == State.TAKEN_DOWN and row.by_id is None
            ):
                row.state, row.on, row.due = State.DONE, row.on or clock.today(), None
                row.note, row.by, row.at = note, None, now
                changed.append(row)
        Release.objects.bulk_create(fresh, ignore_conflicts=True)
        Release.objects.bulk_update(changed, ("state", "on", "due", "note", "by", "at"))
        noted = [row.item_id for row in (*fresh, *changed)]
        if noted:
            record(
                SHOWN,
                path=str(screen.organisation.path),
                on=screen,
                facts={"outlet": outlet, "items": noted},
            )
    return len(noted)
