"""All checks of one report."""

from collections.abc import Iterator, Sequence

from gongkai.core.checks import chapters, damage, narrative, period, tables, years
from gongkai.core.checks.examined import Examined
from gongkai.core.checks.wording import same_wording
from gongkai.core.extraction.reading import Finding, Reading

ORDER = {"error": 0, "warning": 1, "note": 2}

ALONE = (
    tables.wrong_year,
    tables.counts,
    tables.money,
    tables.rulemaking,
    tables.printing,
    tables.left_out,
    period.stated_period,
    period.unknown,
    period.other_year,
    period.plan_year,
    period.published,
    chapters.missing,
    chapters.empty,
    chapters.wording,
    chapters.stated,
    chapters.contents,
    damage.scars,
    damage.dates,
    damage.conversions,
    damage.mixed_self,
    damage.vague,
    damage.no_agency,
)
"""The checks that need nothing but the report itself."""


def check(
    reading: Reading, *, previous: Reading | None = None, others: Sequence[Reading] = ()
) -> tuple[Finding, ...]:
    """Return everything in a report that does not agree, errors first, each kind in reading order.

    Args:
        reading: The report as it was read.
        previous: An earlier report of the same unit. Carried-over figures are compared when it is
            the year before, totals since the beginning and wording whenever it is earlier.
        others: Reports of other units, for wording only.
    """
    found = [*_findings(Examined(reading), previous, others)]
    return tuple(sorted(found, key=_place))


def _findings(
    examined: Examined, previous: Reading | None, others: Sequence[Reading]
) -> Iterator[Finding]:
    reading = examined.reading
    adjacent = previous if previous is not None and years.follows(reading, previous) else None
    yield from tables.relations(examined, adjacent.filled() if adjacent else None)
    for find in ALONE:
        yield from find(examined)
    yield from narrative.check(reading, previous=adjacent)
    yield from years.cumulative(examined, previous)
    if adjacent is not None:
        yield from years.same_figures(examined, adjacent)
        yield from years.jumps(examined, adjacent)
    yield from same_wording(examined, previous, others)


def _place(finding: Finding) -> tuple[int, int]:
    return ORDER[finding.level], min((at.start for at in finding.at), default=0)
