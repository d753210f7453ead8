"""Checking a report before it goes on: what is wrong, where, and whether somebody lets it stand."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import yaml

from gongkai.core import chain, checks
from gongkai.core.extraction.document import Span
from gongkai.core.extraction.reading import Finding, Reading
from gongkai.core.forms import Place
from gongkai.oversight.reports.errors import StillBroken
from gongkai.oversight.reports.models import Edition, Override, Report
from gongkai.oversight.reports.narrative import Figures, Piece, unresolved
from gongkai.oversight.reports.printing import content, figures, printed
from gongkai.oversight.reports.rereading import reading, sheet

UNRESOLVED = "narrative.unresolved"
"""The one rule that is ours alone: braces would be printed."""


@dataclass(frozen=True, slots=True)
class Found:
    """Something that does not agree.

    Attributes:
        places: The cells concerned, the first is where a link leads.
        heading: Key of the chapter concerned, for what is wrong in the text.
        quote: The words concerned.
        override: Why somebody lets it stand.
    """

    rule: str
    level: str
    title: str
    message: str
    left: str | None = None
    right: str | None = None
    places: tuple[Place, ...] = ()
    heading: str = ""
    quote: str = ""
    override: Override | None = None

    @property
    def fingerprint(self) -> str:
        """Return what tells this finding from any other, until the figures in it change."""
        return chain.digest({"rule": self.rule, "message": self.message, "quote": self.quote})

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

    def of(self, level: str) -> list[Found]:
        """Return the findings of *level*."""
        return [f for f in self.found if f.level == level]


def check(report: Report) -> Checked:
    """Return what is wrong in *report*, errors first; a constant number of queries."""
    known = figures(report)
    paper = printed(content(report, known=known))
    written = sheet(paper)
    read = reading(paper, written)
    findings = checks.check(read, previous=_previous(report))
    found = [*_braces(report, known), *(_found(f, read, written.chapters) for f in findings)]
    reasons = {o.finding: o for o in report.overrides.select_related("by")}
    return Checked(tuple(_reasoned(found, reasons)))


def must_be_sound(report: Report, *, verb: str) -> None:
    """Refuse while an error stands that nobody gave a reason for.

    Raises:
        StillBroken: With how many there are.
    """
    blocking = check(report).blocking
    if blocking:
        raise StillBroken(count=len(blocking), verb=verb)


def _previous(report: Report) -> Reading | None:
    """Return last year's report of the same unit, as it was published."""
    edition = (
        Edition.objects.filter(
            report__organisation=report.organisation_id, report__year=report.year - 1
        )
        .order_by("-number")
        .first()
    )
    return reading(printed(edition.content)) if edition else None


def _braces(report: Report, known: Figures) -> list[Found]:
    told = {h.key: h.label for h in report.form_facts.headings}
    return [
        Found(
            UNRESOLVED,
            "error",
            "正文中的数字没有对上",
            f"“{told.get(chapter.heading, chapter.heading)}”一章：{piece.hint}",
            heading=chapter.heading,
            quote=piece.text,
        )
        for chapter in report.chapters.all()
        for piece in _distinct(unresolved(chapter.text, known))
    ]


def _distinct(pieces: Sequence[Piece]) -> list[Piece]:
    return list({piece.text: piece for piece in pieces}.values())


@cache
def blocking() -> frozenset[str]:
    """Return the rules that count as errors here, whatever they are in a report that others published."""
    raw = yaml.safe_load(Path(__file__).with_name("blocking.yaml").read_text(encoding="utf-8"))
    return frozenset(checks.rule(identifier).id for identifier in raw)


def _found(finding: Finding, read: Reading, chapters: Sequence[tuple[str, Span]]) -> Found:
    first = min(finding.at, key=lambda span: span.start, default=None)
    heading = next(
        (key for key, span in chapters if first and span.start <= first.start < span.end), ""
    )
    return Found(
        rule=finding.rule,
        level="error" if finding.rule in blocking() else finding.level,
        title=checks.rule(finding.rule).title,
        message=finding.message,
        left=finding.left,
        right=finding.right,
        places=tuple(read.cells[index].place for index in finding.cells),
        heading=heading,
        quote=read.text[first.start : first.end] if first and not finding.cells else "",
    )


def _reasoned(found: Sequence[Found], reasons: Mapping[str, Override]) -> list[Found]:
    order = {"error": 0, "warning": 1, "note": 2}
    told = [
        Found(
            f.rule, f.level, f.title, f.message, f.left, f.right, f.places, f.heading, f.quote,
            reasons.get(f.fingerprint),
        )
        for f in found
    ]  # fmt: skip
    return sorted(told, key=lambda f: (order[f.level], f.override is not None))
