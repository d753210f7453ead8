"""Other words for the same: ``law/search/synonyms.yaml`` and the names of organisations."""

import time
from collections.abc import Iterable, Iterator
from functools import cache

import yaml

from gongkai.foundation.search.folding import fold
from gongkai.foundation.search.sources import registered_names
from gongkai.law import LAW

MOST = 5
"""Other ways of saying one term that are looked up."""
SHORTEST = 2
NAMES_KEPT = 120
"""Seconds for which the names of organisations are not asked for again."""

Groups = dict[str, tuple[str, ...]]


@cache
def _from_law() -> Groups:
    told = yaml.safe_load((LAW / "search" / "synonyms.yaml").read_text(encoding="utf-8"))
    return _by_word(tuple(group) for groups in told.values() for group in groups)


def _by_word(groups: Iterable[tuple[str, ...]]) -> Groups:
    found: Groups = {}
    for group in groups:
        folded = tuple(dict.fromkeys(fold(word).strip() for word in group))
        for word in folded:
            if len(word) >= SHORTEST and len(folded) > 1:
                others = (*found.get(word, ()), *(other for other in folded if other != word))
                found[word] = tuple(dict.fromkeys(others))
    return found


_kept: list[tuple[float, Groups]] = []


def _from_areas() -> Groups:
    """Return the names of organisations; three thousand of them are not asked for at every search."""
    if not _kept or time.monotonic() > _kept[0][0]:
        _kept[:] = [(time.monotonic() + NAMES_KEPT, _by_word(registered_names()))]
    return _kept[0][1]


def known_until() -> float:
    """Return until when :func:`other_ways` says the same; what is told now is asked for anew where it is due."""
    _from_areas()
    return _kept[0][0] if _kept else 0.0


def forget_names() -> None:
    """Have the names of organisations asked for again; other processes do so by themselves."""
    _kept.clear()


def other_ways(term: str) -> list[str]:
    """Return other ways of saying folded *term*: the longest words in it that have others, replaced."""
    law, areas = _from_law(), _from_areas()
    found: dict[str, None] = {}
    for word, others in _known_words(term, law, areas):
        for other in others:
            # 政府 inside 人民政府 is the same word again, not another
            if other not in term and other:
                found.setdefault(term.replace(word, other, 1))
    return list(found)[:MOST]


def _known_words(term: str, law: Groups, areas: Groups) -> Iterator[tuple[str, tuple[str, ...]]]:
    covered: set[int] = set()
    for length in range(len(term), SHORTEST - 1, -1):
        for start in range(len(term) - length + 1):
            word = term[start : start + length]
            others = (*areas.get(word, ()), *law.get(word, ()))
            if others and not covered & set(range(start, start + length)):
                covered.update(range(start, start + length))
                yield word, others
