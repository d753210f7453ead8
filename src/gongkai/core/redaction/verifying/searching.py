"""Hidden words as they could stand in bytes: in three encodings, and written out in hexadecimal."""

import re
from collections.abc import Iterable, Mapping

ENCODINGS = ("utf-8", "utf-16-be", "utf-16-le", "gb18030")
SHORTEST, SHORTEST_NUMBER = 2, 5
LEAST_BYTES, LEAST_FIGURES = 4, 8
"""Shorter ones stand in any file by chance."""
LEAST_IN_PICTURES = 6


class Searched:
    """Words to look for, prepared once for many stretches of bytes."""

    def __init__(self, words: Iterable[str]) -> None:
        self.words = tuple(dict.fromkeys(word for word in words if telling(word)))
        self._patterns: Mapping[bytes, str] = {
            pattern: word for word in self.words for pattern in _written(word)
        }
        self._any = _either(self._patterns)
        self._long = _either([each for each in self._patterns if len(each) >= LEAST_IN_PICTURES])

    def found(self, data: bytes, *, is_picture: bool = False) -> frozenset[str]:
        """Return the words that stand in *data*."""
        pattern = self._long if is_picture else self._any
        if pattern is None:
            return frozenset()
        return frozenset(self._patterns[match.group()] for match in pattern.finditer(data))


def telling(word: str) -> bool:
    """Whether a word is long enough to be known again."""
    return len(word) >= (SHORTEST_NUMBER if word.isdigit() else SHORTEST)


def _either(patterns: Iterable[bytes]) -> re.Pattern[bytes] | None:
    known = sorted(patterns, key=len, reverse=True)
    return re.compile(b"|".join(map(re.escape, known))) if known else None


def _written(word: str) -> Iterable[bytes]:
    least = LEAST_FIGURES if word.isdigit() else LEAST_BYTES
    for encoding in ENCODINGS:
        coded = word.encode(encoding, "ignore")
        if len(coded) >= least:
            yield coded
            if encoding != "utf-16-le" and len(coded) > LEAST_BYTES:
                yield coded.hex().encode()
                yield coded.hex().upper().encode()
