"""Questions about figures."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from gongkai.foundation.figures import Answer, Period, answers
from gongkai.oversight.statistics.models import Declaration


@dataclass(frozen=True, slots=True)
class Figure:
    """What is known of an indicator for a unit and a period.

    Attributes:
        value: The figure that counts: what was declared, else what the records say.
        declaration: Key of the declaration that it comes from, ``None`` for a computed one.
        computed: What the records say, where they say anything.
        ground: The ground of the declaration.
        rule: What was counted.
    """

    value: Decimal
    declaration: int | None = None
    computed: Decimal | None = None
    ground: str = ""
    rule: str = ""

    @property
    def disputed(self) -> bool:
        """Tell whether the declaration and the records disagree."""
        return self.computed is not None and self.computed != self.value


def figures(
    units: Sequence[int], period: Period, *, only: Iterable[str] | None = None
) -> Mapping[tuple[int, str], Figure]:
    """Return the figures of *units* for *period* by unit and indicator.

    Queries: one for declarations, and what each source asks for all units at once.
    """
    wanted = None if only is None else set(only)
    found: dict[tuple[int, str], Figure] = {}
    for key, told in answers(units, period, only=wanted):
        for unit, answer in told.items():
            found[unit, key] = _computed(answer)
    declared = Declaration.objects.current().of_period(period).filter(organisation__in=units)
    if wanted is not None:
        declared = declared.filter(indicator__in=wanted)
    for declaration in declared:
        if declaration.value is None:  # withdrawn
            continue
        place = (declaration.organisation_id, declaration.indicator)
        known = found.get(place)
        found[place] = Figure(
            declaration.value,
            declaration.pk,
            known.computed if known else None,
            declaration.ground,
            known.rule if known else "",
        )
    return found


def figures_of(
    unit: int, period: Period, *, only: Iterable[str] | None = None
) -> Mapping[str, Figure]:
    """Return the figures of one unit by indicator."""
    return {key: figure for (_, key), figure in figures([unit], period, only=only).items()}


def _computed(answer: Answer) -> Figure:
    return Figure(answer.value, computed=answer.value, rule=answer.rule)


def history(unit: int, indicator: str, period: Period) -> Sequence[Declaration]:
    """Return all declarations of one figure, newest first."""
    return list(
        Declaration.objects.of_period(period)
        .filter(organisation=unit, indicator=indicator)
        .select_related("by")
        .order_by("-at", "-pk")
    )
