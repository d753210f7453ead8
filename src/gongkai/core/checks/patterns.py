"""Patterns of the law data, compiled once, and the words around a match."""

import re
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

from gongkai.core.checks.rules import Rule

AROUND = 12
LONGEST = 24


@cache
def compiled(pattern: str) -> re.Pattern[str]:
    """Return *pattern* compiled."""
    return re.compile(pattern)


def parameter(rule: Rule, name: str) -> Any:
    """Return a parameter of *rule*; the law data must have it."""
    return rule.parameters[name]


def patterns(rule: Rule) -> Iterator[re.Pattern[str]]:
    """Yield the patterns that the rule lists under ``patterns``."""
    for pattern in parameter(rule, "patterns"):
        yield compiled(pattern)


def words_of(rule: Rule) -> Mapping[str, re.Pattern[str]]:
    """Return the patterns that the rule lists by key under ``words``."""
    return {key: compiled(words) for key, words in parameter(rule, "words").items()}


def around(text: str, start: int, end: int) -> str:
    """Return the words around ``text[start:end]``, on one line, as one quotes them."""
    end = min(end, start + LONGEST)
    left, right = max(0, start - AROUND), min(len(text), end + AROUND)
    before, after = text[left:start], text[end:right]
    cut_before = left > 0 and "\n" not in before
    cut_after = right < len(text) and "\n" not in after
    quoted = before.rpartition("\n")[2] + text[start:end] + after.partition("\n")[0]
    return f"{'…' if cut_before else ''}{' '.join(quoted.split())}{'…' if cut_after else ''}"
