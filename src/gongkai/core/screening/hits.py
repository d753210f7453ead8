"""What screening finds: the contract ``gongkai.screening/1`` of docs/reference/screening.md."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from gongkai.core.extraction.document import Span
from gongkai.core.screening.rules import ScreeningRule, Severity, Treatment, rule

SCHEMA = "gongkai.screening/1"
ORDER: Mapping[str, int] = {"block": 0, "ask": 1, "note": 2}


@dataclass(frozen=True, slots=True)
class Where:
    """A place in a file, as a person would look it up.

    Attributes:
        part: 正文, 页眉, 批注, 文件属性 …; empty for the text as a whole.
        page: Page or slide, from 1, for files that have them.
        sheet: Title of the sheet.
        cell: The cell, such as ``B3``.
    """

    part: str = ""
    page: int | None = None
    sheet: str | None = None
    cell: str | None = None

    def __str__(self) -> str:
        words = [
            self.part,
            f"第 {self.page} 页" if self.page else "",
            f"工作表“{self.sheet}”" if self.sheet else "",
            f"{self.cell} 单元格" if self.cell else "",
        ]
        return "，".join(word for word in words if word)


@dataclass(frozen=True, slots=True)
class Hit:
    """One thing that was found.

    Attributes:
        rule: Id of the rule in ``law/screening``.
        text: What was found, as printed; for hidden things what is hidden, or what it is.
        message: A sentence about it that a clerk understands.
        at: Where it stands in :attr:`Screening.text`; ``None`` for what is not text.
        where: Where it stands in the file.
        proposal: What could stand there instead; ``None`` where there is nothing to propose.
    """

    rule: str
    text: str
    message: str
    at: Span | None = None
    where: Where = Where()
    proposal: str | None = None

    @property
    def of(self) -> ScreeningRule:
        """The rule with its title, reason and source."""
        return rule(self.rule)

    @property
    def severity(self) -> Severity:
        """How serious the rule is."""
        return self.of.severity

    @property
    def treatments(self) -> tuple[Treatment, ...]:
        """What may be done about it."""
        return self.of.treatments

    def as_json(self) -> dict[str, Any]:
        """Return the hit ready for :func:`json.dumps`."""
        of = self.of
        return {
            "rule": self.rule,
            "severity": of.severity,
            "title": of.title,
            "message": self.message,
            "reason": of.reason,
            "source": str(of.source) if of.source else None,
            "text": self.text,
            "at": list(self.at) if self.at else None,
            "part": self.where.part or None,
            "page": self.where.page,
            "sheet": self.where.sheet,
            "cell": self.where.cell,
            "treatments": [treatment.value for treatment in of.treatments],
            "proposal": self.proposal,
        }


@dataclass(frozen=True, slots=True)
class Screening:
    """Everything that was found in one file or text.

    Attributes:
        file: The name under which it went.
        text: Everything that can be got out of the file, hidden text included; hits count in it.
        format: ``text``, ``html``, ``docx``, ``xlsx``, ``pptx``, ``pdf``, ``jpeg`` …; empty where
            the file could not be read.
        hits: In order of place, the most serious first at the same place.
        problems: Sentences in Chinese about what could not be read; a file with problems was *not*
            screened to its end.
    """

    file: str
    text: str = ""
    format: str = ""
    hits: tuple[Hit, ...] = ()
    problems: tuple[str, ...] = ()

    @property
    def blocks(self) -> bool:
        """Whether something must be dealt with before publication; a file unread is such a thing."""
        return bool(self.problems) or any(hit.severity == "block" for hit in self.hits)

    def counts(self) -> Mapping[str, int]:
        """Return how many hits there are of each severity."""
        return Counter(hit.severity for hit in self.hits)

    def as_json(self) -> dict[str, Any]:
        """Return the document of the contract."""
        return {
            "schema": SCHEMA,
            "file": self.file,
            "format": self.format or None,
            "blocks": self.blocks,
            "hits": [hit.as_json() for hit in self.hits],
            "problems": list(self.problems),
        }


def in_order(hits: list[Hit]) -> tuple[Hit, ...]:
    """Return *hits* by place; what has no place comes last."""
    end = 1 << 62
    return tuple(
        sorted(
            hits,
            key=lambda hit: (hit.at.start if hit.at else end, ORDER[hit.severity], hit.rule),
        )
    )
