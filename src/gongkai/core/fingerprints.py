"""Texts that are nearly the same, found without comparing each with each.

A text is the set of its three-character pieces. Fifteen hash functions each keep the smallest hash of any piece;
three of them together make one of five :func:`bands`, numbers that a database can look up. Texts that share nine
pieces in ten share a band in 999 cases of 1,000, texts that share one in ten in five; :func:`share` then says how
much of two texts is really the same.
"""

import re
import unicodedata
from typing import Any

import numpy as np

SHORTEST = 60
"""Letters below which a text is too short to tell likeness from chance."""
COUNT = 5
"""Bands of a text."""
_TOGETHER = 3
_LONGEST = 40_000
_PIECE = 3
_NOISE = re.compile(r"[\W_]+")
_WIDE = re.compile("[\u2026\u3000\uff01-\uff0f\uff1a-\uff20\uff3b-\uff40\uff5b-\uff5e]+")
"""Signs of Chinese texts that normalising only makes narrow: without them most texts need none, which takes three quarters of the time."""
_SEEDS = np.random.Generator(np.random.PCG64(20190515)).integers(
    1, 2**63, size=(COUNT * _TOGETHER, 1), dtype=np.uint64
) | np.uint64(1)
"""Fixed for ever: other seeds would make other bands of the texts that are known."""


def plain(text: str) -> str:
    """Return *text* without signs and spaces, full-width letters and digits made narrow."""
    text = _WIDE.sub(" ", text[: 2 * _LONGEST])
    if not unicodedata.is_normalized("NFKC", text):
        text = unicodedata.normalize("NFKC", text)
    return _NOISE.sub("", text.lower())[:_LONGEST]


def bands(text: str) -> tuple[int, ...] | None:
    """Return the five bands of *text*, 31-bit numbers; ``None`` where it is too short."""
    letters = plain(text)
    if len(letters) < SHORTEST:
        return None
    pieces = _pieces(letters)  # the same one twice changes no smallest
    mixed = pieces[np.newaxis, :] * _SEEDS
    smallest = (mixed ^ mixed >> np.uint64(32)).min(axis=1).reshape(COUNT, _TOGETHER)
    together = _mixed(smallest[:, 0] ^ _mixed(smallest[:, 1] ^ _mixed(smallest[:, 2])))
    return tuple(int(band) for band in together >> np.uint64(33))


def share(one: str, other: str) -> float:
    """Return the share of three-character pieces that two texts have in common, from 0 to 1."""
    first, second = plain(one), plain(other)
    if min(len(first), len(second)) < _PIECE:
        return float(first == second and bool(first))
    left, right = np.unique(_pieces(first)), np.unique(_pieces(second))
    common = len(np.intersect1d(left, right, assume_unique=True))
    return common / (len(left) + len(right) - common)


def _pieces(letters: str) -> "np.ndarray[Any, np.dtype[np.uint64]]":
    """Return the hashes of the pieces of *letters*."""
    raw = np.frombuffer(letters.encode("utf-32-le", "surrogatepass"), dtype="<u4")
    codes = raw.astype(np.uint64)
    return _mixed(codes[:-2] | codes[1:-1] << np.uint64(21) | codes[2:] << np.uint64(42))


def _mixed(value: "np.ndarray[Any, np.dtype[np.uint64]]") -> "np.ndarray[Any, np.dtype[np.uint64]]":
    """Return the finaliser of splitmix64: every bit that goes in decides over every bit that comes out."""
    value = (value ^ value >> np.uint64(30)) * np.uint64(0xBF58476D1CE4E5B9)
    value = (value ^ value >> np.uint64(27)) * np.uint64(0x94D049BB133111EB)
    return value ^ value >> np.uint64(31)
