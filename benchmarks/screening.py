"""How much of what must not be published is found, how much else is reported, and how fast.

The sample stands in tests/core/screening/sample: what must be found is marked ⟦rule:text⟧, the rest must not be
reported. A hit counts where rule and place agree; a hit of the severity ``note`` asks nobody for anything and counts
only where the sample expects it.

    python benchmarks/screening.py [--misses]
"""

import re
import sys
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import yaml

from gongkai.core.screening import screen_text

SAMPLE = Path(__file__).resolve().parent.parent / "tests" / "core" / "screening" / "sample"
MARKED = re.compile(r"⟦([a-z.-]+):(.*?)⟧", re.DOTALL)
RECALL, PRECISION = 0.98, 0.95
CHARACTERS = 2_000_000


@dataclass(frozen=True, slots=True)
class Passage:
    """A labelled text: what must be found in it, by rule and place."""

    text: str
    expected: tuple[tuple[str, int, int], ...] = ()


@dataclass
class Measured:
    """Counts of hits: found, missed, and reported without need; recall and precision of them."""

    found: Counter[str] = field(default_factory=Counter)
    missed: Counter[str] = field(default_factory=Counter)
    needless: Counter[str] = field(default_factory=Counter)
    lines: list[str] = field(default_factory=list)

    @property
    def recall(self) -> float:  # noqa: D102  # said above
        return self.found.total() / (self.found.total() + self.missed.total())

    @property
    def precision(self) -> float:  # noqa: D102  # said above
        return self.found.total() / (self.found.total() + self.needless.total())


def passages(name: str) -> Iterator[Passage]:
    for marked in yaml.safe_load((SAMPLE / f"{name}.yaml").read_text("utf-8")):
        text, expected, end = "", [], 0
        for match in MARKED.finditer(marked):
            text += marked[end : match.start()]
            expected.append((match[1], len(text), len(text) + len(match[2])))
            text += match[2]
            end = match.end()
        yield Passage(text + marked[end:], tuple(expected))


def measure() -> Measured:
    result = Measured()
    for name in ("positive", "negative"):
        for passage in passages(name):
            _judge(passage, result)
    return result


def _judge(passage: Passage, result: Measured) -> None:
    hits = [hit for hit in screen_text(passage.text) if hit.at]
    for rule, start, end in passage.expected:
        own = [h for h in hits if h.rule == rule and h.at.start < end and start < h.at.end]
        if own:
            result.found[rule] += 1
            hits = [h for h in hits if h not in own]
        else:
            result.missed[rule] += 1
            result.lines.append(f"missed   {rule}: {passage.text!r}")
    for hit in hits:
        if hit.severity != "note":
            result.needless[hit.rule] += 1
            result.lines.append(f"needless {hit.rule} {hit.text!r}: {passage.text!r}")


def throughput() -> float:
    """Return characters a second over one long text made of the whole sample."""
    texts = [passage.text for name in ("negative", "positive") for passage in passages(name)]
    whole = "\n".join(texts)
    whole = "\n".join([whole] * (CHARACTERS // 10 // len(whole) + 1))
    started = time.perf_counter()
    for _ in range(CHARACTERS // len(whole)):
        screen_text(whole)
    return CHARACTERS // len(whole) * len(whole) / (time.perf_counter() - started)


def main() -> None:
    positive, negative = (len(list(passages(name))) for name in ("positive", "negative"))
    measured = measure()
    print(f"{positive} positive and {negative} tricky negative passages")
    print(f"{'rule':<26} found missed needless")
    for rule in sorted({*measured.found, *measured.missed, *measured.needless}):
        counts = (measured.found[rule], measured.missed[rule], measured.needless[rule])
        print(f"{rule:<26} {counts[0]:>5} {counts[1]:>6} {counts[2]:>8}")
    print(f"recall    {measured.recall:.4f} (at least {RECALL})")
    print(f"precision {measured.precision:.4f} (at least {PRECISION})")
    if "--misses" in sys.argv:
        print("\n".join(measured.lines))
    print(f"throughput {throughput():,.0f} characters/s on one core, hits everywhere")
    if measured.recall < RECALL or measured.precision < PRECISION:
        raise SystemExit("below the target")


if __name__ == "__main__":
    main()
