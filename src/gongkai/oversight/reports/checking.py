"""Checking a report before it goes on: what is wrong, where, and whether somebody lets it stand."""

from collections.abc import Iterable
from dataclasses import dataclass

from gongkai.core import chain
from gongkai.core.forms import FilledForm, Place
from gongkai.oversight.reports.errors import StillBroken
from gongkai.oversight.reports.models import Override, Report
from gongkai.oversight.reports.queries import filled, last_year
from gongkai.oversight.reports.relations import broken


@dataclass(frozen=True, slots=True)
class Found:
    """Something that does not agree.

    Attributes:
        places: The cells concerned.
        heading: Key of the chapter concerned, for what is wrong in the text.
        override: Why somebody lets it stand.
    """

    rule: str
    level: str
    title: str
    message: str
    left: str | None
    right: str | None
    places: tuple[Place, ...]
    heading: str = ""
    override: Override | None = None

    @property
    def fingerprint(self) -> str:
        """Return what tells this finding from any other, until the figures in it change."""
        return fingerprint(self.rule, self.message)

    @property
    def blocks(self) -> bool:
        """Tell whether it stands in the way of approval."""
        return self.level == "error" and self.override is None


@dataclass(frozen=True, slots=True)
class Checked:
    """All that was found in a report."""

    found: tuple[Found, ...]

    @property
    def blocking(self) -> list[Found]:
        """Return what stands in the way of approval."""
        return [f for f in self.found if f.blocks]


def fingerprint(rule: str, message: str) -> str:
    """Return a digest of a finding."""
    return chain.digest({"rule": rule, "message": message})


def check(report: Report) -> Checked:
    """Return what is wrong in *report*, errors first; a constant number of queries."""
    form = filled(report)
    reasons = {o.finding: o for o in report.overrides.select_related("by")}
    return Checked(tuple(_with_reasons(_relations(form, last_year(report)), reasons)))


def _relations(form: FilledForm, previous: FilledForm | None) -> Iterable[Found]:
    for b in broken(form, previous):
        yield Found(b.rule, b.level, b.title, b.message, b.left, b.right, (b.anchor, *b.places))


def _with_reasons(found: Iterable[Found], reasons: dict[str, Override]) -> list[Found]:
    return [
        Found(
            f.rule,
            f.level,
            f.title,
            f.message,
            f.left,
            f.right,
            f.places,
            f.heading,
            reasons.get(f.fingerprint),
        )
        for f in found
    ]


def must_be_sound(report: Report, *, verb: str) -> None:
    """Refuse while an error stands that nobody gave a reason for.

    Raises:
        StillBroken: With how many there are.
    """
    blocking = check(report).blocking
    if blocking:
        raise StillBroken(count=len(blocking), verb=verb)
