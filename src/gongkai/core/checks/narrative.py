"""The figures in sentences: against each other, against the table, against the year before."""

from collections.abc import Iterator

from gongkai.core.checks.narrative_figures import balance, changes, twice
from gongkai.core.checks.narrative_sums import shares, sums
from gongkai.core.checks.narrative_tables import against_table, all_alike
from gongkai.core.extraction.reading import Finding, Reading


def check(reading: Reading, *, previous: Reading | None = None) -> Iterator[Finding]:
    """Yield what the figures of the narrative contradict.

    Args:
        reading: The report as it was read.
        previous: The report of the year before, for changes against it.
    """
    yield from sums(reading)
    yield from shares(reading)
    yield from balance(reading)
    yield from twice(reading)
    yield from against_table(reading)
    yield from all_alike(reading)
    if previous is not None:
        yield from changes(reading, previous)
