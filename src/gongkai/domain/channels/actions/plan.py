"""It is decided where an item goes besides the website, who does it, and by when."""

from collections.abc import Iterable
from datetime import date

from django.db import transaction

from gongkai.core.codes import Outlet
from gongkai.core.workdays import calendar
from gongkai.domain.channels.actions.holding import ACT, outside
from gongkai.domain.channels.events import PLANNED
from gongkai.domain.channels.models import Release, State
from gongkai.domain.information.models import Item
from gongkai.domain.organisations.models import Organisation
from gongkai.domain.organisations.queries import holders
from gongkai.foundation import clock
from gongkai.foundation.notices.actions import notify
from gongkai.foundation.permissions import Reader, person
from gongkai.foundation.trail import record


def plan(
    item: Item,
    wanted: Iterable[str],
    *,
    by: Reader,
    responsible: Organisation | None = None,
    due: date | None = None,
) -> list[Release]:
    """Plan the release of *item* in each outlet of *wanted*; return those that are new or planned anew.

    An outlet where it is planned or released already is left as it is.

    Args:
        item: Public or not yet; it can be released only once it is public.
        wanted: Keys of outlets.
        by: Who decides.
        responsible: The unit that does it, the item's own if left out.
        due: By when; if left out, after the working days that the outlet proposes.

    Raises:
        NotAllowed: The post does not allow it.
        NoSuchOutlet: One of them is none, or the website.
    """
    keys = list(dict.fromkeys(wanted))
    facts = {key: outside(key) for key in keys}
    author = person(by)
    with transaction.atomic():
        organisation = item.organisation
        path = str(organisation.path)
        by.must(ACT, path)
        unit = responsible or organisation
        known = {
            release.outlet: release
            for release in Release.objects.select_for_update().filter(item=item, outlet__in=keys)
        }
        planned = []
        for key in keys:
            release = known.get(key) or Release(item=item, outlet=key, organisation=organisation)
            if release.pk and release.state not in {State.GIVEN_UP, State.TAKEN_DOWN}:
                continue
            release.state, release.responsible, release.by = State.PLANNED, unit, author
            release.due = due or due_day(facts[key])
            release.at = clock.now()
            release.save()
            planned.append(release)
        if planned:
            _tell(item, planned, unit, author.pk)
            record(
                PLANNED,
                by=by,
                act=ACT,
                path=path,
                on=item,
                facts={"outlets": [release.outlet for release in planned], "unit": unit.pk},
            )
    return planned


def due_day(outlet: Outlet) -> date:
    """Return by when something planned today should be out in *outlet*."""
    return calendar().after(clock.today(), outlet.days)


def _tell(item: Item, planned: list[Release], unit: Organisation, author: int) -> None:
    names = "、".join(release.get_outlet_display() for release in planned)
    people = [user for user in holders("clerk", of=unit) if user.pk != author]
    notify(people, f"待发布（{names}）：{item.title}", href=planned[0].get_absolute_url())
