"""Which indicator a few words name."""

import re
from dataclasses import dataclass
from functools import cache, lru_cache

from gongkai.core.indicators.indicator import Indicator, Words
from gongkai.core.indicators.loading import indicator, indicators

TAIL = 14
"""So many characters may follow the words that name an indicator."""
LONGEST = 120
"""Words of a subject further from its figure than this do not name it."""


@lru_cache(maxsize=4096)
def named(subject: str, *, about: str = "", unit: str | None = None) -> Indicator | None:
    """Return the indicator that *subject* names, or ``None`` where it names none for certain.

    Args:
        subject: What is counted, simplified, without spaces (``受理政府信息公开申请``).
        about: What the passage is about: what the figure is part of, the sentence, the heading. Helps
            short subjects (``网络`` under ``申请``); the words of the subject belong to it as well.
        unit: The unit of the figure; an indicator that is never counted in it is not meant.

    The phrase that explains most characters of the subject wins; where two indicators explain equally
    much, nothing is certain.
    """
    said = subject.replace("的", "")[-LONGEST:]
    passage = about.replace("的", "") + said
    scores: dict[str, int] = {}
    for name in _names(unit):
        if name.unless is None or not name.unless.search(said):
            score = max(
                map(
                    _explained,
                    (p.search(said) for p, a in name.ways if a is None or a.search(passage)),
                ),
                default=0,
            )
            if score:
                scores[name.key] = score
    best = [key for key, score in scores.items() if score == max(scores.values())]
    return indicator(best[0]) if len(best) == 1 else None


@dataclass(frozen=True, slots=True)
class _Name:
    """The phrases of an indicator that hold for one unit, ready to search with."""

    key: str
    unless: re.Pattern[str] | None
    ways: tuple[tuple[re.Pattern[str], re.Pattern[str] | None], ...]


@cache
def _names(unit: str | None) -> tuple[_Name, ...]:
    found = []
    for item in indicators():
        ways = tuple(
            (_pattern(phrase.say), _pattern(phrase.about) if phrase.about else None)
            for phrase in item.phrases
            if unit is None or unit in (phrase.units or item.units)
        )
        if ways:
            unless = "|".join(map(re.escape, item.unless))
            found.append(_Name(item.key, re.compile(unless) if unless else None, ways))
    return tuple(found)


@cache
def _pattern(steps: tuple[Words, ...]) -> re.Pattern[str]:
    """Any of the first words, later any of the second, and so on; what is found stands in the groups."""
    return re.compile(
        ".*?".join(
            f"({'|'.join(sorted(map(re.escape, words), key=len, reverse=True))})" for words in steps
        )
    )


def _explained(match: re.Match[str] | None) -> int:
    """Count the characters found; the head of a Chinese noun stands last, what is far from it names little."""
    if match is None or len(match.string) - match.end() > TAIL:
        return 0
    return sum(map(len, match.groups()))
