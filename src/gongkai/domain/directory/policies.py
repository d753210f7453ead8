"""Who may see which columns, directories and obligations."""

from django.db.models import QuerySet

from gongkai.domain.directory.models import (
    Column,
    Fulfilment,
    Obligation,
    StandardDirectory,
)
from gongkai.domain.directory.models.column import ColumnQuerySet
from gongkai.domain.directory.models.obligation import ObligationQuerySet
from gongkai.domain.organisations.models import Organisation
from gongkai.domain.organisations.models.organisation import OrganisationQuerySet
from gongkai.foundation.permissions import NotThere, Reader

VIEW = "directory.view"


def units_visible_to(reader: Reader, act: str = VIEW) -> OrganisationQuerySet:
    """The organisations in which *reader* may do *act*, those in being today."""
    found: OrganisationQuerySet = Organisation.objects.filter(reader.reach(act).q()).in_being()
    return found


def fetch_unit(reader: Reader, key: int, act: str = VIEW) -> Organisation:
    """Return one of them, or say that it is not there."""
    found: Organisation | None = units_visible_to(reader, act).filter(pk=key).first()
    if found is None:
        raise NotThere(what="这个单位")
    return found


def columns_visible_to(reader: Reader) -> ColumnQuerySet:
    """The columns whose management *reader* may look at."""
    found: ColumnQuerySet = Column.objects.filter(
        reader.reach(VIEW).q("organisation__path")
    ).select_related("organisation")
    return found


def fetch_column(reader: Reader, key: int) -> Column:
    """Return one of them, or say that it is not there."""
    found: Column | None = columns_visible_to(reader).filter(pk=key).first()
    if found is None:
        raise NotThere(what="这个栏目")
    return found


def directories_visible_to(reader: Reader) -> QuerySet[StandardDirectory]:
    """The standard directories that *reader* may look at: published ones are no secret inside."""
    if not reader.may(VIEW):
        return StandardDirectory.objects.none()
    return StandardDirectory.objects.select_related("organisation")


def fetch_directory(reader: Reader, key: int) -> StandardDirectory:
    """Return one of them, or say that it is not there."""
    found = directories_visible_to(reader).filter(pk=key).first()
    if found is None:
        raise NotThere(what="这个标准目录")
    return found


def obligations_visible_to(reader: Reader) -> ObligationQuerySet:
    """The obligations that *reader* may look at."""
    return Obligation.objects.filter(reader.reach(VIEW).q("unit__path"))


def fetch_obligation(reader: Reader, key: int) -> Obligation:
    """Return one of them, or say that it is not there."""
    found = (
        obligations_visible_to(reader)
        .select_related("entry", "unit", "listing__directory", "column")
        .filter(pk=key)
        .first()
    )
    if found is None:
        raise NotThere(what="这项公开义务")
    return found


def fulfilments_visible_to(reader: Reader) -> QuerySet[Fulfilment]:
    """The proposals and confirmations that *reader* may look at."""
    return Fulfilment.objects.filter(reader.reach(VIEW).q("obligation__unit__path"))
