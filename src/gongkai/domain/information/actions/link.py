"""Items are tied to each other."""

from datetime import date

from django.db import transaction
from django.db.models import Min

from gongkai.core.titles import quoted
from gongkai.domain.information.errors import NotTheirs
from gongkai.domain.information.events import LINKED
from gongkai.domain.information.models import Item, Link, Relation
from gongkai.domain.information.shown import tell
from gongkai.foundation import clock
from gongkai.foundation.permissions import Reader
from gongkai.foundation.trail import record

ACT = "information.arrange"
DECIDING = frozenset({Relation.AMENDS, Relation.REPEALS})
"""What changes whether a document is in force."""


def link(
    source: Item, target: Item, relation: Relation | str, *, by: Reader, day: date | None = None
) -> Link:
    """Say that *source* amends, repeals, interprets or is related to *target*, from *day* on.

    A repeal without a day counts from the day *source* takes effect, or was made. The pages of *target* say so to
    everybody without a signature; therefore only whoever made it, or stands above, amends or repeals it.

    Raises:
        NotAllowed: The post does not allow it.
        NotTheirs: It would amend or repeal a document of another unit that is not below.
    """
    relation = Relation(relation)
    path = str(source.organisation.path)
    by.must(ACT, path)
    if relation in DECIDING:
        _must_decide_on(target, source, relation, by)
    if relation in DECIDING and day is None:
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


def _must_decide_on(target: Item, source: Item, relation: Relation, by: Reader) -> None:
    owner = str(target.organisation.path)
    if not owner.startswith(str(source.organisation.path)) and not by.may(ACT, owner):
        raise NotTheirs(
            title=quoted(target.title),
            organisation=target.organisation,
            source=source.organisation,
            relation=relation.label,
        )


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


def settle(source: Item) -> None:
    """Write down what the repeals of *source* mean, after it became public or was taken back."""
    repeals = source.links.filter(relation=Relation.REPEALS).select_related("target")
    changed = [made.target for made in repeals if _write_repeal(made.target)]
    tell_of([item for item in changed if item.live])


def _settle(source: Item, target: Item) -> None:
    """Write down since when *target* is repealed, and tell of both."""
    _write_repeal(target)
    tell_of([item for item in (source, target) if item.live])


def _write_repeal(target: Item) -> bool:
    """Write down since when *target* is repealed; a document that is not public yet repeals nothing."""
    repeals = target.linked_from.in_effect().filter(relation=Relation.REPEALS)
    repealed = repeals.aggregate(day=Min("day"))["day"]
    if target.repealed_on == repealed:
        return False
    target.repealed_on = repealed
    target.save(update_fields=["repealed_on"])
    return True


def tell_of(items: list[Item]) -> None:
    """Say that the public sees something else of *items*, if there are any."""
    if items:
        tell(items)
