"""Enter a report of which only the figures are at hand."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction

from gongkai.core import chain
from gongkai.domain.organisations.models import Organisation
from gongkai.foundation.permissions import Reader
from gongkai.foundation.trail import record
from gongkai.oversight.readings import policies
from gongkai.oversight.readings.actions.read import keep
from gongkai.oversight.readings.events import RECEIVED
from gongkai.oversight.readings.facts import reading_of_facts
from gongkai.oversight.readings.models import Reading


def enter_facts(facts: Mapping[str, Any], *, by: Reader, organisation: Organisation) -> Reading:
    """Put the figures of a published report into the room of *organisation*.

    Args:
        facts: As :mod:`gongkai.oversight.readings.facts` describes them, with their source.
        by: Who enters them.
        organisation: In whose room they stand.
    """
    by.must(policies.UPLOAD, str(organisation.path))
    with transaction.atomic():
        reading = Reading.objects.create(
            organisation=organisation,
            origin=Reading.Origin.FACTS,
            name=facts.get("seed") or facts["title"],
            digest=chain.digest(dict(facts)).partition(":")[2],
            source=facts["source"],
            title=facts["title"],
            agency=facts["agency"],
            year=facts["year"],
            uploaded_by=by.user,
        )
        keep(reading, reading_of_facts(facts))
        record(
            RECEIVED,
            by=by,
            act=policies.UPLOAD,
            path=str(organisation.path),
            on=reading,
            facts={"digest": f"sha256:{reading.digest}", "origin": reading.origin},
        )
    return reading
