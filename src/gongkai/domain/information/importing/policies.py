"""Who may see which batches, and into which units they may import."""

from django.db.models import QuerySet

from gongkai.domain.information.importing.models import Batch
from gongkai.domain.organisations.models import Organisation
from gongkai.domain.organisations.models.organisation import OrganisationQuerySet
from gongkai.foundation.permissions import NotThere, Reader

BEGIN = "importing.begin"
REVIEWED = "information.reviewed"


def units(reader: Reader) -> OrganisationQuerySet:
    """The units into which *reader* may import."""
    found: OrganisationQuerySet = Organisation.objects.filter(reader.reach(BEGIN).q()).in_being()
    return found


def own_units(reader: Reader, limit: int = 400) -> list[Organisation]:
    """The same, the reader's own first, as many as a list can show."""
    own = [standing.unit for standing in reader.standings]
    found = list(units(reader)[:limit])
    return sorted(found, key=lambda unit: own.index(unit.pk) if unit.pk in own else len(own))


def visible_to(reader: Reader) -> QuerySet[Batch]:
    """The batches *reader* may know to exist."""
    return Batch.objects.filter(reader.reach(BEGIN).q("organisation__path")).select_related(
        "organisation", "begun_by", "job", "column"
    )


def fetch(reader: Reader, key: int) -> Batch:
    """Return one of them, or say that it is not there."""
    if (batch := visible_to(reader).filter(pk=key).first()) is None:
        raise NotThere(what="这一批导入")
    return batch
