"""Cutting figures apart that a page printed without anything between them.

A cut is used only where it is certain: where the sums of the form leave one single possibility, where every
figure has exactly one digit, or where the same figure stands there over and over.
"""

from collections.abc import Callable, Iterator, Sequence

Cut = tuple[int, ...]
"""Where each figure begins, counted in the digits of all pieces put together."""

ENOUGH = 2
"""Two solutions are as uncertain as many."""

MAX_DIGITS = 60
MAX_STEPS = 200_000


class _TooMany(Exception):
    """More possibilities than are worth trying."""


def cut_row(
    pieces: Sequence[str],
    count: int,
    holds: Callable[[Sequence[int]], bool] | None,
    *,
    alike: bool = False,
) -> Cut | None:
    """Return the only way to cut *pieces* into *count* whole numbers, or ``None``.

    Args:
        pieces: Runs of digits; a number never reaches over the gap between two.
        count: How many numbers they hold.
        holds: The relation between the numbers of a row, where the form has one.
        alike: The columns count the same thing, so that one figure may well fill them all.
    """
    digits = "".join(pieces)
    if len(digits) > MAX_DIGITS or not digits.isdigit():
        return None
    if alike and (repeated := _repeated(pieces, count)):
        return repeated
    try:
        every = list(_some(cuts(pieces, count), ENOUGH))
        if len(every) == 1:
            return every[0]
        if holds is None:
            return None
        valid = list(_some((c for c in cuts(pieces, count) if holds(numbers(digits, c))), ENOUGH))
    except _TooMany:
        return None
    return valid[0] if len(valid) == 1 else None


def can_be_cut(pieces: Sequence[str], count: int, holds: Callable[[Sequence[int]], bool]) -> bool:
    """Whether there is any way to cut *pieces* into *count* numbers that hold."""
    digits = "".join(pieces)
    if len(digits) > MAX_DIGITS or not digits.isdigit():
        return False
    try:
        return any(holds(numbers(digits, cut)) for cut in cuts(pieces, count))
    except _TooMany:
        return False


def cut_groups(
    pieces: Sequence[str], groups: int, size: int, holds: Callable[[Sequence[int]], bool]
) -> Cut | None:
    """Return the only way to cut *pieces* into *groups* of *size* numbers that each hold, or ``None``."""
    digits = "".join(pieces)
    if len(digits) > MAX_DIGITS or not digits.isdigit():
        return None
    gaps = _gaps(pieces)
    found: list[Cut] = []

    def extend(start: int, left: int, done: Cut) -> None:
        if len(found) >= ENOUGH:
            return
        if not left:
            if start == len(digits):
                found.append(done)
            return
        for end in range(start + size, len(digits) - (left - 1) * size + 1):
            for cut in _stretch(digits, start, end, size, gaps):
                if holds(numbers(digits[:end], cut)):
                    extend(end, left - 1, done + cut)

    try:
        extend(0, groups, ())
    except _TooMany:
        return None
    return found[0] if len(found) == 1 else None


def cut_with_zero(pieces: Sequence[str], count: int, zero: int) -> Cut | None:
    """Return the only way to cut *pieces* so that the number at index *zero* is 0, or ``None``."""
    digits = "".join(pieces)
    if len(digits) > MAX_DIGITS or not digits.isdigit():
        return None
    try:
        valid = [c for c in cuts(pieces, count) if numbers(digits, c)[zero] == 0]
    except _TooMany:
        return None
    return valid[0] if len(valid) == 1 else None


def numbers(digits: str, cut: Cut) -> list[int]:
    """Return the numbers that *cut* makes of *digits*."""
    return [int(digits[a:b]) for a, b in zip(cut, (*cut[1:], len(digits)), strict=True)]


def _repeated(pieces: Sequence[str], count: int) -> Cut | None:
    """Return the cut of a run that is one figure of several digits *count* times."""
    if len(pieces) != 1 or count < 3 or len(pieces[0]) % count:
        return None
    size = len(pieces[0]) // count
    first = pieces[0][:size]
    if size < 2 or first * count != pieces[0] or first.startswith("0") or len(set(first)) == 1:
        return None
    return tuple(range(0, size * count, size))


def _gaps(pieces: Sequence[str]) -> frozenset[int]:
    """Return where a new number must begin."""
    gaps, at = set(), 0
    for piece in pieces:
        gaps.add(at)
        at += len(piece)
    return frozenset(gaps)


def cuts(pieces: Sequence[str], count: int) -> Iterator[Cut]:
    """Yield every way to cut *pieces* into *count* whole numbers."""
    digits = "".join(pieces)
    return _stretch(digits, 0, len(digits), count, _gaps(pieces))


def _stretch(digits: str, start: int, end: int, count: int, gaps: frozenset[int]) -> Iterator[Cut]:
    """Yield every way to cut ``digits[start:end]`` into *count* numbers without leading zeros."""
    steps = 0

    def place(at: int, left: int, done: Cut) -> Iterator[Cut]:
        nonlocal steps
        steps += 1
        if steps > MAX_STEPS:
            raise _TooMany
        if left == 0:
            if at == end:
                yield done
            return
        if end - at < left or at == end:
            return
        longest = 1 if digits[at] == "0" else end - at - (left - 1)
        for stop in range(at + 1, at + longest + 1):
            yield from place(stop, left - 1, (*done, at))
            if stop in gaps:
                break

    yield from place(start, count, ())


def _some(cuts: Iterator[Cut], most: int) -> Iterator[Cut]:
    for _, cut in zip(range(most), cuts, strict=False):
        yield cut
