"""What the register offers to statistics: how many sites and accounts, and how many came and went."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from functools import partial
from typing import Any

from gongkai.domain.media.models import Account, Alteration, AlterationKind, Site
from gongkai.foundation.figures import Answer, Period, Record, figure


@figure("media.sites", title="年末开通的政府网站")
def sites(units: Sequence[int], period: Period) -> Mapping[int, Answer]:
    """Count the sites that are open on the last day of *period*."""
    return _open(Site, units, period, "在用的网站")


@figure("media.accounts", title="年末开通的政务新媒体账号")
def accounts(units: Sequence[int], period: Period) -> Mapping[int, Answer]:
    """Count the accounts that are open on the last day of *period*."""
    return _open(Account, units, period, "在用的新媒体账号")


@figure("media.opened", title="当年开设的政务新媒体账号")
def opened(units: Sequence[int], period: Period) -> Mapping[int, Answer]:
    """Count the accounts opened within *period*."""
    return _altered(units, period, [AlterationKind.OPENED], "开设的账号")


@figure("media.closed", title="当年关停、整合的政务新媒体账号")
def closed(units: Sequence[int], period: Period) -> Mapping[int, Answer]:
    """Count the accounts closed or merged within *period*."""
    return _altered(
        units, period, [AlterationKind.CLOSED, AlterationKind.MERGED], "关停、整合的账号"
    )


def _open(model: Any, units: Sequence[int], period: Period, what: str) -> Mapping[int, Answer]:
    """Count by unit; a unit that ever had one and has none now has zero, one that never had any has no figure."""
    found: dict[int, list[Any]] = {}
    for thing in model.objects.filter(organisation__in=units):
        there = found.setdefault(thing.organisation_id, [])
        if thing.is_open(period.last):
            there.append(thing)
    rule = f"{period.last:%Y年%-m月%-d日}{what}"
    return {
        unit: Answer(Decimal(len(things)), rule, partial(_records, things))
        for unit, things in found.items()
    }


def _records(things: Sequence[Any]) -> Iterable[Record]:
    for thing in things:
        yield Record(str(thing), href=thing.get_absolute_url(), note=thing.what)


def _altered(
    units: Sequence[int], period: Period, kinds: Sequence[AlterationKind], what: str
) -> Mapping[int, Answer]:
    rows = Alteration.objects.filter(
        organisation__in=units,
        account__isnull=False,
        kind__in=kinds,
        day__range=(period.first, period.last),
    ).select_related("account")
    found: dict[int, list[Alteration]] = defaultdict(list)
    for unit in (
        Account.objects.filter(organisation__in=units)
        .values_list("organisation", flat=True)
        .distinct()
    ):
        found[unit] = []
    for row in rows:
        found[row.organisation_id].append(row)
    return {
        unit: Answer(Decimal(len(rows)), f"{period}{what}", partial(_acts, rows))
        for unit, rows in found.items()
    }


def _acts(rows: Sequence[Alteration]) -> Iterable[Record]:
    for row in rows:
        if row.account is not None:
            yield Record(str(row.account), href=row.account.get_absolute_url(), note=str(row))
