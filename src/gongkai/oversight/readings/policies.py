"""Who may see which readings, and judge them."""

from django.db.models import QuerySet

from gongkai.domain.organisations.models import Organisation
from gongkai.foundation.permissions import NotThere, Reader
from gongkai.oversight.readings.models import Finding, Reading

VIEW = "readings.view"
UPLOAD = "readings.upload"
JUDGE = "readings.judge"


def visible_to(reader: Reader) -> QuerySet[Reading]:
    """The readings *reader* may know to exist."""
    return Reading.objects.filter(reader.reach(VIEW).q("organisation__path"))


def fetch(reader: Reader, key: int) -> Reading:
    """Return one of them, or say that it is not there."""
    found = visible_to(reader).select_related("organisation", "uploaded_by", "job").filter(pk=key)
    if (reading := found.first()) is None:
        raise NotThere(what="这份年报")
    return reading


def fetch_finding(reader: Reader, reading: int, number: int) -> Finding:
    """Return a finding of a reading that *reader* may know of."""
    found = Finding.objects.select_related("reading__organisation").filter(
        reading__in=visible_to(reader), reading=reading, number=number
    )
    if (finding := found.first()) is None:
        raise NotThere(what="这条发现")
    return finding


def may(reader: Reader, act: str, reading: Reading) -> bool:
    """Tell whether *reader* may do *act* to *reading*."""
    return reader.may(act, str(reading.organisation.path))


def must(reader: Reader, act: str, reading: Reading) -> None:
    """Refuse unless *reader* may do *act* to *reading*."""
    reader.must(act, str(reading.organisation.path))


def rooms(reader: Reader) -> list[Organisation]:
    """The units in whose room *reader* may put a document, their own first."""
    own = [standing.unit for standing in reader.standings if reader.may(UPLOAD, standing.path)]
    units = list(Organisation.objects.filter(pk__in=own))
    units.sort(key=lambda unit: own.index(unit.pk))
    if not units and reader.unlimited:
        units = list(Organisation.objects.filter(depth=1)[:1])
    return units
