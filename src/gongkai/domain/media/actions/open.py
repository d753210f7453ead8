"""Sites and accounts come into the register, and their facts are put right."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django.db import transaction

from gongkai.domain.media import errors, events
from gongkai.domain.media.models import Account, Alteration, AlterationKind, Site, SiteColumn
from gongkai.domain.media.models.site import host_of
from gongkai.domain.media.policies import KEEP
from gongkai.domain.organisations.models import Organisation
from gongkai.foundation.permissions import Reader
from gongkai.foundation.trail import record


def open_site(  # noqa: PLR0913  # the facts of a site, all by name
    organisation: Organisation,
    *,
    name: str,
    address: str,
    by: Reader | None,
    opened: date | None = None,
    ground: str = "",
    **facts: Any,
) -> Site:
    """Enter a website of *organisation*; *facts* are ``mark``, ``hosts``, ``note``, ``offers_services``.

    Raises:
        NotAllowed: The post does not allow it.
        BadAddress: It is no address of a website.
        AddressTaken: It is registered already.
    """
    _must(by, organisation)
    with transaction.atomic():
        site = Site(organisation=organisation, name=name, opened=opened, **facts)
        _settle_address(site, address)
        site.save()
        _enter(site, opened, ground, by)
    return site


def open_account(  # noqa: PLR0913  # the facts of an account, all by name
    organisation: Organisation,
    *,
    platform: str,
    name: str,
    by: Reader | None,
    opened: date | None = None,
    ground: str = "",
    **facts: Any,
) -> Account:
    """Enter an account of *organisation*; *facts* are ``identifier``, ``address``, ``last_update``, ``note``.

    Raises:
        NotAllowed: The post does not allow it.
    """
    _must(by, organisation)
    with transaction.atomic():
        account = Account.objects.create(
            organisation=organisation, platform=platform, name=name, opened=opened, **facts
        )
        _enter(account, opened, ground, by)
    return account


def others_on(account_platform: str, organisation: Organisation, *, but: int | None = None) -> int:
    """Return how many open accounts *organisation* has on that platform; one is what should be."""
    there = Account.objects.open_on().filter(organisation=organisation, platform=account_platform)
    return sum(key != but for key in there.values_list("pk", flat=True))


def amend_site(site: Site, *, facts: Mapping[str, Any], by: Reader | None) -> Site:
    """Put right what was entered wrongly; a new name or another unit is a recorded act of its own."""
    _amend(site, facts, by)
    return site


def amend_account(account: Account, *, facts: Mapping[str, Any], by: Reader | None) -> Account:
    """Put right what was entered wrongly, or note when something was last published."""
    _amend(account, facts, by)
    return account


def set_columns(site: Site, columns: Iterable[tuple[str, str, str]], *, by: Reader | None) -> None:
    """Say which columns of *site* the inspection looks at: name, address and period of each.

    Raises:
        NotYours: A column stands on another host.
    """
    _must(by, site.organisation)
    listed = list({a: (name, a, freshness) for name, a, freshness in columns}.values())
    for _, address, _ in listed:
        if host_of(address) not in site.all_hosts:
            raise errors.NotYours(host=host_of(address) or address[:60])
    with transaction.atomic():
        before = list(site.columns.values_list("name", "address", "freshness"))
        site.columns.all().delete()
        SiteColumn.objects.bulk_create(
            SiteColumn(site=site, name=name, address=address, freshness=freshness)
            for name, address, freshness in listed
        )
        record(
            events.AMENDED,
            by=by,
            act=KEEP,
            path=str(site.organisation.path),
            on=site,
            before=before,
            after=listed,
            facts={"fields": ["columns"], "count": len(listed)},
        )


def _must(by: Reader | None, organisation: Organisation) -> None:
    if by is not None:
        by.must(KEEP, str(organisation.path))


def _settle_address(site: Site, address: str) -> None:
    site.address, site.host = address.strip(), host_of(address)
    if not site.host:
        raise errors.BadAddress(address=address[:80])
    site.hosts = [
        host for host in dict.fromkeys(map(_plain, site.hosts or [])) if host and host != site.host
    ]
    taken = (
        Site.objects.open_on()
        .filter(host=site.host)
        .exclude(pk=site.pk)
        .select_related("organisation")
        .first()
    )
    if taken is not None:
        raise errors.AddressTaken(organisation=taken.organisation, name=taken.name)


def _plain(host: str) -> str:
    found = host_of(host if "//" in host else f"https://{host}")
    if not found:
        raise errors.BadAddress(address=host[:80])
    return found


def _enter(thing: Site | Account, opened: date | None, ground: str, by: Reader | None) -> None:
    which = {"site": thing} if isinstance(thing, Site) else {"account": thing}
    if opened:
        Alteration.objects.create(
            **which,
            organisation=thing.organisation,
            kind=AlterationKind.OPENED,
            day=opened,
            after=thing.name,
            ground=ground,
        )
    record(
        events.OPENED,
        by=by,
        act=KEEP,
        path=str(thing.organisation.path),
        on=thing,
        after=state(thing),
        reason=ground,
    )


def _amend(thing: Any, facts: Mapping[str, Any], by: Reader | None) -> None:
    _must(by, thing.organisation)
    with transaction.atomic():
        fresh = (
            type(thing)
            .objects.select_for_update(of=("self",))
            .select_related("organisation")
            .get(pk=thing.pk)
        )
        before = state(fresh)
        told = dict(facts)
        address = told.pop("address", None)
        for name, value in told.items():
            setattr(fresh, name, value)
        if address is not None:
            if isinstance(fresh, Site):
                _settle_address(fresh, address)
            else:
                fresh.address = address
        after = state(fresh)
        if after != before:
            fresh.save()
            record(
                events.AMENDED,
                by=by,
                act=KEEP,
                path=str(fresh.organisation.path),
                on=fresh,
                before=before,
                after=after,
                facts={"fields": sorted(key for key in after if after[key] != before[key])},
            )
    thing.refresh_from_db()


def state(thing: Any) -> dict[str, Any]:
    """Return what the trail takes the digest of."""
    told: dict[str, Any] = {}
    for each in thing._meta.concrete_fields:
        value = getattr(thing, each.attname)
        told[each.attname] = value.isoformat() if isinstance(value, date) else value
    return told
