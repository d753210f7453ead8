"""Texts that are nearly the same, found without comparing each with each.

A fingerprint is a 64-bit simhash of a text's three-character pieces: texts that differ in a few words differ in a few
bits. Two fingerprints that differ in at most four bits share at least one of their five :func:`bands`, which a
database can look up; :func:`share` then says how much of two texts is really the same.
"""

import re
import unicodedata
from typing import Any

import numpy as np

SHORTEST = 60
"""Letters below which a text is too short to tell likeness from chance."""
STARTS = (0, 13, 26, 39, 52)
"""The lowest bit of each band."""
_LONGEST = 40_000
_PIECE = 3
_NOISE = re.compile(r"[\W_]+")


def plain(text: str) -> str:
    """Return *text* without signs and spaces, full-width letters and digits made narrow."""
    return _NOISE.sub("", unicodedata.normalize("NFKC", text[: 2 * _LONGEST]).lower())[:_LONGEST]


def fingerprint(text: str) -> int | None:
    """Return the fingerprint of *text* as a signed 64-bit number; ``None`` where it is too short."""
    letters = plain(text)
    if len(letters) < SHORTEST:
        return None
    hashes = _pieces(letters)
    bits = np.unpackbits(hashes.view(np.uint8).reshape(-1, 8), axis=1, bitorder="little")
    ones = bits.sum(axis=0, dtype=np.int64) * 2 > len(hashes)
    packed = np.packbits(ones, bitorder="little").view(np.int64)
    return int(packed[0])


def bands(value: int) -> tuple[int, ...]:
    """Return the five parts of a fingerprint, of 13 bits, the last of 12."""
    bits = value & 0xFFFF_FFFF_FFFF_FFFF
    return tuple(bits >> start & 0x1FFF for start in STARTS)


def distance(one: int, other: int) -> int:
    """Return in how many bits two fingerprints differ."""
    return ((one ^ other) & 0xFFFF_FFFF_FFFF_FFFF).bit_count()


def share(one: str, other: str) -> float:
    """Return the share of three-character pieces that two texts have in common, from 0 to 1."""
    first, second = plain(one), plain(other)
    if min(len(first), len(second)) < _PIECE:
        return float(first == second and bool(first))
    left, right = _pieces(first), _pieces(second)
    common = len(np.intersect1d(left, right, assume_unique=True))
    return common / (len(left) + len(right) - common)


def _pieces(letters: str) -> "np.ndarray[Any, np.dtype[np.uint64]]":
    """Return the hashes of the different pieces of *letters*."""
    codes = np.frombuffer(letters.encode("utf-32-le", "surrogatepass"), dtype="<u4").astype(
        np.uint64
    )
    mixed = codes[:-2] | codes[1:-1] << np.uint64(21) | codes[2:] << np.uint64(42)
    # the finaliser of splitmix64: every bit of a piece decides over every bit of its hash
    mixed = (mixed ^ mixed >> np.uint64(30)) * np.uint64(0xBF58476D1CE4E5B9)
    mixed = (mixed ^ mixed >> np.uint64(27)) * np.uint64(0x94D049BB133111EB)
    return np.unique(mixed ^ mixed >> np.uint64(31))
