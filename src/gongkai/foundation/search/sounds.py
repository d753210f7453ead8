"""How characters sound: for queries typed in pinyin, and for the wrong character with the right sound."""

from collections.abc import Iterable, Sequence
from functools import cache

from pypinyin.constants import PINYIN_DICT
from pypinyin.contrib.tone_convert import to_normal

from gongkai.foundation.search.folding import fold_with_places
from gongkai.foundation.search.words import is_han

READINGS = 2
"""Readings of one character that are looked up; further ones are rare."""
LONGEST = 40
"""Letters of a query that are taken for pinyin."""
LOOSE = (("zh", "z"), ("ch", "c"), ("sh", "s"))
LOOSE_ENDS = (("ang", "an"), ("eng", "en"), ("ing", "in"), ("ong", "on"))


def loose(syllable: str) -> str:
    """Return *syllable* without the differences that many speakers do not make (zh/z, ang/an)."""
    for strict, free in LOOSE:
        if syllable.startswith(strict):
            syllable = free + syllable[len(strict) :]
    for strict, free in LOOSE_ENDS:
        if syllable.endswith(strict):
            syllable = syllable[: -len(strict)] + free
    return syllable.replace("ü", "u").replace("v", "u")


@cache
def readings(character: str) -> tuple[str, ...]:
    """Return how *character* may sound, the commonest first; loose, without tones."""
    told = PINYIN_DICT.get(ord(character), "")
    plain = [loose(to_normal(reading)) for reading in told.split(",") if reading]
    return tuple(dict.fromkeys(plain))[:READINGS]


@cache
def initial(character: str) -> str:
    """Return the first letter of how *character* sounds."""
    told = PINYIN_DICT.get(ord(character), "")
    return to_normal(told.split(",")[0])[:1] if told else ""


@cache
def _syllables() -> frozenset[str]:
    """Return all syllables there are, as they are and loose."""
    strict = {to_normal(reading) for told in PINYIN_DICT.values() for reading in told.split(",")}
    plain = {
        syllable.replace("ü", "v") for syllable in strict if syllable.isascii() or "ü" in syllable
    }
    return frozenset(s for s in plain | {loose(s) for s in plain} if s.isascii() and s.isalpha())


def split(letters: str) -> tuple[str, ...] | None:
    """Return the syllables of *letters*, the fewest that fit, loose; ``None`` where it is no pinyin."""
    if not letters or len(letters) > LONGEST:
        return None
    best: list[tuple[str, ...] | None] = [()] + [None] * len(letters)
    for end in range(1, len(letters) + 1):
        for start in range(max(0, end - 6), end):
            before = best[start]
            if before is None or letters[start:end] not in _syllables():
                continue
            if best[end] is None or len(before) + 1 < len(best[end] or ()):
                best[end] = (*before, loose(letters[start:end]))
    return best[-1]


def sounds_of_query(text: str) -> tuple[str, ...]:
    """Return how folded *text* sounds, letters taken for pinyin; empty where it has no sound at all."""
    found: list[str] = []
    run = ""
    for character in f"{text} ":
        if character.isascii() and character.isalpha():
            run += character
            continue
        if run:
            found += split(run) or (run,)
            run = ""
        if is_han(character):
            found += readings(character)[:1] or (character,)
        elif character.isalnum():
            found.append(character)
    return tuple(found)


def sounds_of_title(text: str) -> list[tuple[str, ...]]:
    """Return for each character of folded *text* that sounds how it may; letters and digits as they are."""
    return [(readings(c) or (c,)) if is_han(c) else (c,) for c in text if is_han(c) or c.isalnum()]


def sounding_part(title: str, sounds: Sequence[str]) -> str:
    """Return the part of *title* that sounds like *sounds*, empty where none does."""
    folded, places = fold_with_places(title)
    spoken = [(at, c) for at, c in enumerate(folded) if is_han(c) or c.isalnum()]
    for start in range(len(spoken) - len(sounds) + 1):
        window = spoken[start : start + len(sounds)]
        if all(
            sound in ((readings(c) or (c,)) if is_han(c) else (c,))
            for (_, c), sound in zip(window, sounds, strict=True)
        ):
            return title[places[window[0][0]] : places[window[-1][0]] + 1]
    return ""


def initials(text: str) -> str:
    """Return the first letters of the characters of folded *text*."""
    return "".join(initial(c) if is_han(c) else c for c in text if is_han(c) or c.isalnum())


def commonest(parts: Iterable[str]) -> str:
    """Return what stands most often among *parts*, the first of equals."""
    counts: dict[str, int] = {}
    for part in parts:
        if part:
            counts[part] = counts.get(part, 0) + 1
    return max(counts, key=counts.__getitem__) if counts else ""
