"""The one door to the core: reading a file, checking what was read."""

from dataclasses import dataclass

from gongkai.core.checks import Judgement, Verdict, check, rules
from gongkai.core.checks import judge as judge_relations
from gongkai.core.extraction.guarding import Guard
from gongkai.core.extraction.reading import Finding, Reading
from gongkai.core.extraction.sources import Source
from gongkai.core.refusal import Refusal


@dataclass(frozen=True, slots=True)
class Judged:
    """What the checks said.

    Attributes:
        judged: Relations of the form that could be judged.
        agreed: Those that hold.
    """

    findings: tuple[Finding, ...]
    judged: int
    agreed: int


def read(name: str, content: bytes, *, guard: Guard | None = None) -> Reading:
    """Return what was read from the bytes of a file called *name*.

    Args:
        name: What the file is called.
        content: Its bytes.
        guard: Where risky formats are opened; for many files one guard is enough.

    Raises:
        Refusal: With a sentence, when it cannot be read.
    """
    if guard is None:
        with Guard() as own:
            return read(name, content, guard=own)
    reading = guard.read(Source(name, content))
    if not reading.text and reading.problems:
        raise Refusal(reading.problems[0])
    return reading


def judge(reading: Reading, *, previous: Reading | None = None) -> Judged:
    """Check *reading*, against the report of the year before where there is one."""
    told = agreements(reading, previous=previous)
    holds = sum(j.verdict is Verdict.HOLDS for j in told)
    broken = sum(j.verdict is Verdict.BROKEN for j in told)
    findings = tuple(check(reading, previous=previous))
    if not reading.text:
        # of a report whose text is not here nothing can be said but about its figures
        findings = tuple(f for f in findings if f.cells or f.statements)
    return Judged(findings, holds + broken, holds)


def agreements(reading: Reading, *, previous: Reading | None = None) -> list[Judgement]:
    """Return what became of every relation of the form; none where no form was recognised."""
    filled = reading.filled()
    if filled is None:
        return []
    before = previous.filled() if previous else None
    return list(judge_relations(filled, before))


def title_of(rule: str) -> str:
    """Return the heading of a rule, or its id where this version no longer has it."""
    found = rules().get(rule)
    return found.title if found else rule
