"""Who may see and do what in the register."""

from typing import Any

from django.db.models import QuerySet

from gongkai.domain.media.models import Account, Inspection, Site
from gongkai.domain.organisations.models import Organisation
from gongkai.domain.organisations.models.organisation import OrganisationQuerySet
from gongkai.foundation.permissions import NotThere, Reader

VIEW = "media.view"
KEEP = "media.keep"
INSPECT = "media.inspect"


def sites(reader: Reader) -> QuerySet[Site]:
    """The sites *reader* may know of."""
    return Site.objects.filter(reader.reach(VIEW).q("organisation__path")).select_related(
        "organisation"
    )


def accounts(reader: Reader) -> QuerySet[Account]:
    """The accounts *reader* may know of."""
    return Account.objects.filter(reader.reach(VIEW).q("organisation__path")).select_related(
        "organisation"
    )


def fetch(reader: Reader, model: Any, key: int) -> Any:
    """Return one of either, or say that it is not there."""
    visible = sites(reader) if model is Site else accounts(reader)
    if (found := visible.filter(pk=key).first()) is None:
        raise NotThere(what="这个网站或账号")
    return found


def fetch_inspection(reader: Reader, key: int) -> Inspection:
    """Return an inspection of something that *reader* may know of."""
    found = (
        Inspection.objects.select_related("site__organisation", "account__organisation", "by")
        .filter(pk=key)
        .first()
    )
    if found is None or not reader.may(VIEW, str(found.subject.organisation.path)):
        raise NotThere(what="这张结果单")
    return found


def units(reader: Reader) -> OrganisationQuerySet:
    """The units for which *reader* keeps the register."""
    found: OrganisationQuerySet = Organisation.objects.filter(reader.reach(KEEP).q()).in_being()
    return found
