"""Take documents in."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import IO

from django.core.files.base import ContentFile
from django.db import transaction

from gongkai.core.rendering.cleaning import one_line
from gongkai.domain.organisations.models import Organisation
from gongkai.foundation.jobs.actions import start
from gongkai.foundation.jobs.models import Job
from gongkai.foundation.permissions import Reader
from gongkai.foundation.trail import record
from gongkai.oversight.readings import errors, intake, policies
from gongkai.oversight.readings.actions.read import read
from gongkai.oversight.readings.events import RECEIVED
from gongkai.oversight.readings.models import Reading


@dataclass
class Received:
    """What came of an upload."""

    readings: list[Reading] = field(default_factory=list)
    turned: list[intake.Turned] = field(default_factory=list)
    job: Job | None = None


def receive(
    files: Iterable[tuple[str, int, IO[bytes]]],
    *,
    by: Reader,
    organisation: Organisation,
    source: str = "",
    at_once: bool = False,
) -> Received:
    """Take *files* into the room of *organisation* and have them read in the background.

    Args:
        files: Name, size in bytes and stream of each; archives are unpacked.
        by: Who brings them.
        organisation: In whose room they stand.
        source: Where they were published, in words or as an address; for all of them.
        at_once: Read them now, without a job.

    Returns:
        The readings made, and one sentence for each file that was not taken.
    """
    by.must(policies.UPLOAD, str(organisation.path))
    received = Received()
    for item in intake.admit(files):
        if isinstance(item, intake.Turned):
            received.turned.append(item)
        else:
            _take(item, received, by=by, organisation=organisation, source=source)
    if at_once:
        received.readings = [read(reading) for reading in received.readings]
    elif received.readings:
        _have_read(received, by)
    return received


def _take(
    arrival: intake.Arrival,
    received: Received,
    *,
    by: Reader,
    organisation: Organisation,
    source: str,
) -> None:
    known = Reading.objects.filter(organisation=organisation, digest=arrival.digest).first()
    if known is not None:
        why = str(errors.AlreadyHere(name=arrival.name, title=str(known)))
        received.turned.append(intake.Turned(arrival.name, why))
        return
    with transaction.atomic():
        reading = Reading(
            organisation=organisation,
            name=arrival.name,
            size=len(arrival.content),
            digest=arrival.digest,
            source=one_line(source)[:500],
            uploaded_by=by.user,
        )
        reading.file.save(arrival.name, ContentFile(arrival.content), save=False)
        reading.save()
        record(
            RECEIVED,
            by=by,
            act=policies.UPLOAD,
            path=str(organisation.path),
            on=reading,
            facts={"digest": f"sha256:{reading.digest}", "size": reading.size},
        )
    received.readings.append(reading)


def _have_read(received: Received, by: Reader) -> None:
    from gongkai.oversight.readings.jobs import read_documents  # noqa: PLC0415  # it calls actions

    keys = [reading.pk for reading in received.readings]
    first = received.readings[0].name
    title = f"读取 {first}" if len(keys) == 1 else f"读取 {first} 等 {len(keys)} 份年报"
    with transaction.atomic():
        received.job = start(read_documents, by=by, arguments={"readings": keys}, title=title[:200])
        Reading.objects.filter(pk__in=keys).update(job=received.job)
    for reading in received.readings:
        reading.job = received.job
