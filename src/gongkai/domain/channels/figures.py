"""What the channels offer to statistics: how much information went out in each, counted once in each.

As with the total (``information.figures``), what was made public stays counted in its period, also when it was
taken back later. On the website it was made public with its publication.
"""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from functools import partial

from django.db.models import Count

from gongkai.core.codes import outlets
from gongkai.core.indicators import indicator
from gongkai.domain.channels.models import Release
from gongkai.domain.channels.models.release import WEBSITE, ReleaseQuerySet
from gongkai.domain.information import tallies
from gongkai.domain.information.models import Item
from gongkai.foundation.figures import Answer, Ask, Behind, Period, Record, figure

SITE_RULE = (
    "公开日期（首次公开的日期）在{period}的信息，登记为只经其他渠道公开的除外；后来撤回的仍计。"
)
RULE = "{period}在{names}发布并登记凭证的信息，同一信息只计一次；后来撤下的仍计。"


def website(units: Sequence[int], period: Period) -> Mapping[int, Answer]:
    """Count the items made public in *period*, less those that were so in another outlet alone."""
    published = tallies.by_unit(tallies.made_public(units, period.first, period.last))
    alone = _by_unit(Release.objects.not_on_site(), units, period)
    rule = SITE_RULE.format(period=period)
    return {
        unit: Answer(
            Decimal(published.get(unit, 0) - alone.get(unit, 0)),
            rule,
            partial(_on_site, unit, period),
        )
        for unit in tallies.keeping(units, period.last)
    }


def _on_site(unit: int, period: Period) -> Behind:
    alone = Release.objects.not_on_site().filter(organisation=unit)
    items = tallies.made_public([unit], period.first, period.last)
    found = items.exclude(pk__in=alone.order_by().values("item"))
    return Behind(found.order_by("published_on", "pk"), _record)


def outside(wanted: Sequence[str]) -> Ask:
    """Return the question how many items went out in any of the outlets *wanted*."""
    names = "、".join(outlets()[key].label for key in wanted)

    def ask(units: Sequence[int], period: Period) -> Mapping[int, Answer]:
        out = Release.objects.out().filter(outlet__in=wanted)
        counts = _by_unit(out, units, period, once=len(wanted) > 1)
        rule = RULE.format(period=period, names=names)
        return {
            unit: Answer(Decimal(counts.get(unit, 0)), rule, partial(_out, out, unit, period))
            for unit in {*tallies.keeping(units, period.last), *counts}
        }

    ask.__qualname__ = f"outside.{'-'.join(wanted)}"
    return ask


def _out(out: ReleaseQuerySet, unit: int, period: Period) -> Behind:
    days = (period.first, period.last)
    released = out.filter(organisation=unit, on__range=days).order_by().values("item")
    return Behind(Item.objects.filter(pk__in=released).order_by("published_on", "pk"), _record)


def _by_unit(
    found: ReleaseQuerySet, units: Sequence[int], period: Period, *, once: bool = False
) -> dict[int, int]:
    """Return how many items each of *units* has among *found*; *once* where an item may come twice."""
    rows = found.filter(organisation__in=units, on__range=(period.first, period.last)).order_by()
    return dict(rows.values_list("organisation").annotate(n=Count("item", distinct=once)))


def _record(item: Item) -> Record:
    return Record(
        item.title,
        href=f"/desk/channels/items/{item.pk}/",
        note=f"{item.published_on:%Y-%m-%d}" if item.published_on else "",
    )


def by_indicator() -> Mapping[str, tuple[str, ...]]:
    """Return the outlets that each indicator counts."""
    found: dict[str, tuple[str, ...]] = {}
    for key, outlet in outlets().items():
        for counting in outlet.indicators:
            found[counting] = (*found.get(counting, ()), key)
    return found


for _key, _wanted in by_indicator().items():
    figure(_key, title=indicator(_key).title.replace("政府信息数", "的政府信息"))(
        website if _wanted == (WEBSITE,) else outside(_wanted)
    )
