"""Who may see and do what in the channels."""

from django.db.models import QuerySet

from gongkai.domain.channels.models import Gazette, Release, Screen
from gongkai.domain.channels.models.release import WEBSITE, ReleaseQuerySet
from gongkai.foundation.permissions import NotThere, Reader

VIEW = "channels.view"


def visible_to(reader: Reader) -> ReleaseQuerySet:
    """The releases *reader* may know of: of items of their units, or to be done by their units."""
    reach = reader.reach(VIEW)
    return (
        Release.objects.exclude(outlet=WEBSITE)
        .filter(reach.q("organisation__path") | reach.q("responsible__path"))
        .select_related("item", "organisation", "responsible", "by", "photo")
    )


def fetch(reader: Reader, key: int) -> Release:
    """Return one of them, or say that it is not there."""
    found = visible_to(reader).filter(pk=key).first()
    if found is None:
        raise NotThere(what="这项发布任务")
    return found


def may(reader: Reader, act: str, release: Release) -> bool:
    """Tell whether *reader* may do *act* to *release*."""
    return reader.may(act, str(release.organisation.path)) or reader.may(
        act, str(release.responsible.path)
    )


def gazettes_visible_to(reader: Reader) -> QuerySet[Gazette]:
    """The issues *reader* may know of."""
    return Gazette.objects.filter(reader.reach(VIEW).q("organisation__path")).select_related(
        "organisation"
    )


def fetch_gazette(reader: Reader, key: int) -> Gazette:
    """Return one of them, or say that it is not there."""
    found = gazettes_visible_to(reader).filter(pk=key).first()
    if found is None:
        raise NotThere(what="这期公报")
    return found


def screens_visible_to(reader: Reader) -> QuerySet[Screen]:
    """The screens *reader* may know of."""
    return Screen.objects.filter(reader.reach(VIEW).q("organisation__path")).select_related(
        "organisation"
    )


def fetch_screen(reader: Reader, key: int) -> Screen:
    """Return one of them, or say that it is not there."""
    found = screens_visible_to(reader).filter(pk=key).first()
    if found is None:
        raise NotThere(what="这块屏")
    return found
