"""Say whose report it is, of what year and from where; or take it away again."""

from django.db import transaction

from gongkai.foundation.permissions import Reader
from gongkai.foundation.trail import record
from gongkai.oversight.readings import policies
from gongkai.oversight.readings.events import DESCRIBED, DISCARDED
from gongkai.oversight.readings.models import Reading

DESCRIBED_BY = ("title", "agency", "year", "source")


def describe(  # noqa: PLR0913  # the facts of a report, all by name
    reading: Reading, *, by: Reader, title: str, agency: str, year: int | None, source: str
) -> Reading:
    """Write down *title*, *agency*, *year* and *source*, which the machine may have missed."""
    policies.must(by, policies.JUDGE, reading)
    with transaction.atomic():
        before = {name: getattr(reading, name) for name in DESCRIBED_BY}
        reading.title, reading.agency = title.strip(), agency.strip()
        reading.year, reading.source = year, source.strip()
        reading.save(update_fields=DESCRIBED_BY)
        record(
            DESCRIBED,
            by=by,
            act=policies.JUDGE,
            path=str(reading.organisation.path),
            on=reading,
            before=before,
            after={name: getattr(reading, name) for name in DESCRIBED_BY},
        )
    return reading


def discard(reading: Reading, *, by: Reader, reason: str) -> None:
    """Take *reading* out of the room, with its file; the trail keeps that it was there."""
    policies.must(by, policies.JUDGE, reading)
    storage, name = reading.file.storage, reading.file.name
    with transaction.atomic():
        record(
            DISCARDED,
            by=by,
            act=policies.JUDGE,
            path=str(reading.organisation.path),
            on=reading,
            facts={"digest": f"sha256:{reading.digest}"},
            reason=reason,
        )
        reading.delete()
        if name:
            transaction.on_commit(lambda: storage.delete(name))
