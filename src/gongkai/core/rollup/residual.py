"""What a government's own report says against the sum of its units."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from gongkai.core.forms import FilledForm, Place
from gongkai.core.rollup.rollup import RollUp


@dataclass(frozen=True, slots=True)
class Residual:
    """A place in which the report and the sum of the units differ.

    Attributes:
        reported: What the government's own report has.
        summed: The sum of its units.
        missing: Units that did not report at all.
        silent: Units that reported but left this place blank or unreadable.
    """

    place: Place
    label: str
    reported: Decimal
    summed: Decimal
    missing: tuple[str, ...] = ()
    silent: tuple[str, ...] = ()

    @property
    def gap(self) -> Decimal:
        """Reported less summed."""
        return self.reported - self.summed

    @property
    def explained(self) -> bool:
        """Whether those who are missing or silent may make up the gap: the report has more."""
        return self.gap > 0 and bool(self.missing or self.silent)

    def __str__(self) -> str:
        said = f"{self.label}：报告为 {self.reported:f}，各单位之和为 {self.summed:f}，差 {self.gap:+f}"
        if not self.explained:
            return said
        who = [f"{len(self.missing)} 个单位没有报"] if self.missing else []
        who += [f"{len(self.silent)} 个单位此格没有数"] if self.silent else []
        return f"{said}，{'，'.join(who)}，可能由此而来"


def residuals(reported: FilledForm, total: RollUp) -> Iterator[Residual]:
    """Yield every place in which *reported* differs from the sum, in printed order.

    A place that either leaves blank is not compared.
    """
    for place in total.form.places:
        said, summed = reported.value(place), total.sum(place)
        if said is not None and summed is not None and said != summed:
            label = total.form.label(place)
            yield Residual(place, label, said, summed, total.missing, total.silent(place))
