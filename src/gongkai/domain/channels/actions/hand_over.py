"""What a unit that is no more had still to release or to take down is done by whoever takes its place."""

from django.db import transaction

from gongkai.domain.channels.actions.holding import ACT
from gongkai.domain.channels.events import HANDED_OVER
from gongkai.domain.channels.models import Release
from gongkai.domain.organisations.models import Organisation
from gongkai.domain.organisations.queries import ancestors, heir_of, holders
from gongkai.foundation import clock
from gongkai.foundation.notices.actions import notify
from gongkai.foundation.permissions import Reader
from gongkai.foundation.trail import record


def hand_over(unit: Organisation, *, by: Reader | None) -> int:
    """Give what *unit*, which is no more, has to do to its successor; return how many releases it was.

    Where nobody succeeds, the nearest organisation above does it: what is posted somewhere must still come down.
    """
    if unit.closed is None or unit.closed > clock.today():
        return 0
    doer = heir_of(unit) or _above(unit)
    if doer is None:
        return 0
    with transaction.atomic():
        rows = list(
            Release.objects.open()
            .filter(responsible=unit)
            .select_for_update(of=("self",))
            .select_related("item")
        )
        if not rows:
            return 0
        Release.objects.filter(pk__in=[row.pk for row in rows]).update(responsible=doer)
        record(
            HANDED_OVER,
            by=by,
            act=ACT,
            path=str(doer.path),
            on=unit,
            facts={"to": doer.pk, "releases": [row.pk for row in rows]},
        )
        notify(
            {*holders("clerk", of=doer), *holders("office", of=doer)},
            f"接手{unit.name}的渠道发布 {len(rows)} 项，最早的一项：{rows[0].item.title}",
            href=rows[0].get_absolute_url(),
        )
    return len(rows)


def keep_up() -> int:
    """Do it for every unit that has ended meanwhile; done by the clock."""
    ended = Organisation.objects.filter(
        closed__lte=clock.today(), releases_to_do__in=Release.objects.open()
    )
    return sum(hand_over(unit, by=None) for unit in ended.distinct())


def _above(unit: Organisation) -> Organisation | None:
    """Return the nearest organisation above *unit* that still is."""
    today, above = clock.today(), ancestors([unit])
    for path in sorted(above, key=len, reverse=True):
        closed = above[path].closed
        if closed is None or closed > today:
            return above[path]
    return None
