"""A reading as it stands now: what the machine read, with people's corrections over it."""

from collections.abc import Mapping

from django.db.models import Count

from gongkai.core.extraction.reading import Reading as Read
from gongkai.core.forms import Cell, Place
from gongkai.oversight.readings.contract import corrected, reading_of
from gongkai.oversight.readings.models import Correction, Decision, Finding, Reading
from gongkai.oversight.readings.models.finding import Level


def corrections(reading: Reading) -> Mapping[Place, Correction]:
    """Return the correction that counts for each corrected cell."""
    return {c.place: c for c in reading.corrections.select_related("by").order_by("at", "pk")}


def current(reading: Reading, *, with_text: bool = True) -> Read:
    """Return what is held to stand in the report now; findings left out."""
    transcript = reading.transcript
    machine = reading_of(transcript.machine, transcript.text if with_text else "")
    cells: dict[Place, Cell] = {place: c.cell for place, c in corrections(reading).items()}
    return corrected(machine, cells)


def decisions(reading: Reading) -> Mapping[str, Decision]:
    """Return the decision that counts for each mark."""
    return {d.mark: d for d in reading.decisions.select_related("by").order_by("at", "pk")}


def count_findings(reading: Reading) -> None:
    """Write down how many findings of each level nobody dismissed."""
    kept = reading.findings.exclude(state=Finding.State.DISMISSED)
    counts = dict(kept.order_by().values_list("level").annotate(Count("pk")))
    reading.errors = counts.get(Level.ERROR, 0)
    reading.warnings = counts.get(Level.WARNING, 0)
    reading.notes = counts.get(Level.NOTE, 0)
    reading.save(update_fields=["errors", "warnings", "notes"])
