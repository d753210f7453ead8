"""Items are tied to each other."""

from datetime import date

from django.db import transaction
from django.db.models import Min

from gongkai.domain.information.events import LINKED
from gongkai.domain.information.models import Item, Link, Relation
from gongkai.domain.information.shown import tell
from gongkai.foundation import clock
from gongkai.foundation.permissions import Reader
from gongkai.foundation.trail import record

ACT = "information.arrange"


def link(
    source: Item, target: Item, relation: Relation | str, *, by: Reader, day: date | None = None
) -> Link:
    """Say that *source* amends, repeals, interprets or is related to *target*, from *day* on.

    A repeal without a day counts from the day *source* takes effect, or was made.

    Raises:
        NotAllowed: The post does not allow it.
    """
    relation = Relation(relation)
    path = str(source.organisation.path)
    by.must(ACT, path)
    if relation in {Relation.REPEALS, Relation.AMENDS} and day is None:
        day = source.effective_on or source.made_on or clock.today()
    with transaction.atomic():
        made, _ = Link.objects.update_or_create(
            source=source, target=target, relation=relation, defaults={"day": day}
        )
        _settle(source, target)
        record(
            LINKED,
            by=by,
            act=ACT,
            path=path,
            on=source,
            facts={"target": target.pk, "relation": relation.value, "day": str(day or "")},
        )
    return made


def unlink(made: Link, *, by: Reader) -> None:
    """Take *made* back.

    Raises:
        NotAllowed: The post does not allow it.
    """
    path = str(made.source.organisation.path)
    by.must(ACT, path)
    with transaction.atomic():
        source, target, relation = made.source, made.target, made.relation
        made.delete()
        _settle(source, target)
        record(
            LINKED,
            by=by,
            act=ACT,
            path=path,
            on=source,
            facts={"target": target.pk, "relation": relation, "removed": True},
        )


def _settle(source: Item, target: Item) -> None:
    """Write down since when *target* is repealed, and tell of both."""
    repealed = target.linked_from.filter(relation=Relation.REPEALS).aggregate(day=Min("day"))["day"]
    if target.repealed_on != repealed:
        target.repealed_on = repealed
        target.save(update_fields=["repealed_on"])
    live = [item for item in (source, target) if item.live]
    if live:
        tell(live)
