"""Many releases that happened elsewhere are taken in at once."""

from collections.abc import Iterator, Sequence
from datetime import date

from django.db import transaction

from gongkai.domain.channels.actions.holding import outside
from gongkai.domain.channels.errors import NoReason, NotPublic
from gongkai.domain.channels.events import RELEASED_MANY
from gongkai.domain.channels.models import Release, State
from gongkai.domain.channels.models.release import WEBSITE
from gongkai.domain.information.models import Item
from gongkai.domain.organisations.models import Organisation
from gongkai.foundation import clock
from gongkai.foundation.permissions import Reader, person
from gongkai.foundation.trail import record

ACT = "channels.import"
BATCH = 500
FIELDS = ("state", "on", "note", "page", "by", "at")


def release_many(  # noqa: PLR0913  # the facts of an act, all by name
    items: Sequence[Item],
    outlet: str,
    *,
    evidence: str,
    by: Reader,
    on: date | None = None,
    page: str = "",
    alone: bool = False,
) -> int:
    """Record that *items*, all public, went out in *outlet*; return how many were not recorded before.

    The number of queries grows with batches of 500, not with the number of items, and done again it
    changes nothing.

    Args:
        items: As ``publish_many`` returns them.
        outlet: Its key, not the website.
        evidence: What shows it, for all of them.
        by: Who records it.
        on: Since when; each item's own day of publication if left out.
        page: Page or pages, where there is one for all.
        alone: They were made public in no way but this: they do not count for the website, where
            they are only kept.

    Raises:
        NotAllowed: One of them is out of reach.
        NoSuchOutlet: There is no such outlet.
        NoReason: There is no evidence.
        NotPublic: One of them is not public.
    """
    outside(outlet)
    if not evidence.strip():
        raise NoReason("请写明凭证，例如“2016年微博后台导出表”。")
    if not items:
        return 0
    like = Release(
        state=State.DONE, note=evidence.strip(), page=page, by=person(by), at=clock.now()
    )
    fresh = 0
    with transaction.atomic():
        paths = _paths(items)
        for path in paths:
            by.must(ACT, path)
        for batch in _batches(items):
            _must_be_public(batch)
            fresh += _put(batch, outlet, like=like, on=on)
            if alone:
                _leave_out(batch, like)
        record(
            RELEASED_MANY,
            by=by,
            act=ACT,
            path=paths[0],
            on=f"information.item:{items[0].pk}…",
            after=[item.pk for item in items],
            facts={"outlet": outlet, "count": len(items), "evidence": evidence, "alone": alone},
        )
    return fresh


def _paths(items: Sequence[Item]) -> list[str]:
    units = {item.organisation_id for item in items}
    return list(Organisation.objects.filter(pk__in=units).values_list("path", flat=True))


def _batches(items: Sequence[Item]) -> Iterator[Sequence[Item]]:
    for first in range(0, len(items), BATCH):
        yield items[first : first + BATCH]


def _must_be_public(batch: Sequence[Item]) -> None:
    public = set(
        Item.objects.public()
        .filter(pk__in=[item.pk for item in batch])
        .values_list("pk", flat=True)
    )
    for item in batch:
        if item.pk not in public:
            raise NotPublic(title=item.title)


def _put(batch: Sequence[Item], outlet: str, *, like: Release, on: date | None) -> int:
    """Write a release as *like* for each of *batch*; what was planned is done, what was done stays."""
    known = {
        release.item_id: release
        for release in Release.objects.select_for_update().filter(
            outlet=outlet, item__in=[item.pk for item in batch]
        )
    }
    new, changed = [], []
    for item in batch:
        release = known.get(item.pk)
        if release is None:
            release = _fresh(item, outlet, like)
            new.append(release)
        elif release.state in {State.PLANNED, State.GIVEN_UP}:
            changed.append(release)
        else:
            continue
        for name in FIELDS:
            setattr(release, name, getattr(like, name))
        release.on = release.on or on or item.published_on
    Release.objects.bulk_create(new, batch_size=BATCH)
    Release.objects.bulk_update(changed, FIELDS, batch_size=BATCH)
    return len(new) + len(changed)


def _leave_out(batch: Sequence[Item], like: Release) -> None:
    """Note that *batch* does not count for the website."""
    rows = []
    for item in batch:
        row = _fresh(item, WEBSITE, like)
        row.state, row.note, row.on = State.GIVEN_UP, like.note, item.published_on
        rows.append(row)
    Release.objects.bulk_create(rows, batch_size=BATCH, ignore_conflicts=True)


def _fresh(item: Item, outlet: str, like: Release) -> Release:
    return Release(
        item_id=item.pk,
        outlet=outlet,
        organisation_id=item.organisation_id,
        responsible_id=item.organisation_id,
        by=like.by,
        at=like.at,
    )
