"""From the lines drawn on a page to the cells between them."""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise, product
from typing import NamedTuple

SNAP = 3.0
"""Points within which lines count as one, and ends as touching."""

MIN_LENGTH = 4.0
MAX_LINES = 4_000
"""More lines than this are a drawing, not a table."""


class Line(NamedTuple):
    """A horizontal or vertical line: where it lies across, and from where to where it runs."""

    across: float
    start: float
    end: float


@dataclass(frozen=True, slots=True)
class Box:
    """A cell: its place in the table and on the page (y grows downwards)."""

    row: int
    column: int
    row_span: int
    column_span: int
    left: float
    top: float
    right: float
    bottom: float


class _Sets:
    """Numbers that belong together."""

    def __init__(self, count: int) -> None:
        self._parent = list(range(count))

    def root(self, i: int) -> int:
        while self._parent[i] != i:
            self._parent[i] = self._parent[self._parent[i]]
            i = self._parent[i]
        return i

    def join(self, i: int, j: int) -> None:
        self._parent[self.root(i)] = self.root(j)


def tables(horizontal: Iterable[Line], vertical: Iterable[Line]) -> list[list[Box]]:
    """Return the cells of every table that the lines draw, topmost table first."""
    flat, upright = _joined(horizontal), _joined(vertical)
    if len(flat) + len(upright) > MAX_LINES:
        return []
    found = [_cells(h, v) for h, v in _connected(flat, upright)]
    return sorted((boxes for boxes in found if len(boxes) > 1), key=lambda b: (b[0].top, b[0].left))


def _joined(lines: Iterable[Line]) -> list[Line]:
    """Put lines that lie on each other or go on from each other together."""
    joined: list[Line] = []
    group: list[Line] = []
    for line in sorted(lines):
        if group and line.across - group[0].across > SNAP:
            joined += _merged(group)
            group = []
        group.append(line)
    return joined + _merged(group) if group else joined


def _merged(group: list[Line]) -> list[Line]:
    across = sum(line.across for line in group) / len(group)
    result: list[Line] = []
    for line in sorted(group, key=lambda each: each.start):
        if result and line.start <= result[-1].end + SNAP:
            result[-1] = Line(across, result[-1].start, max(result[-1].end, line.end))
        else:
            result.append(Line(across, line.start, line.end))
    return [line for line in result if line.end - line.start >= MIN_LENGTH]


def _connected(flat: list[Line], upright: list[Line]) -> list[tuple[list[Line], list[Line]]]:
    """Group lines that touch, however indirectly."""
    sets = _Sets(len(flat) + len(upright))
    for j, v in enumerate(upright):
        low = bisect_left(flat, v.start - SNAP, key=lambda h: h.across)
        for i in range(low, len(flat)):
            h = flat[i]
            if h.across > v.end + SNAP:
                break
            if h.start - SNAP <= v.across <= h.end + SNAP:
                sets.join(len(flat) + j, i)
    groups: dict[int, tuple[list[Line], list[Line]]] = defaultdict(lambda: ([], []))
    for i, h in enumerate(flat):
        groups[sets.root(i)][0].append(h)
    for j, v in enumerate(upright):
        groups[sets.root(len(flat) + j)][1].append(v)
    return [g for g in groups.values() if len(g[0]) > 1 and len(g[1]) > 1]


def _cells(flat: list[Line], upright: list[Line]) -> list[Box]:
    """Return the areas that are closed on all sides, by flooding the finest mesh."""
    ys, xs = _positions(flat), _positions(upright)
    rows, columns = len(ys) - 1, len(xs) - 1
    outside = rows * columns
    sets = _Sets(outside + 1)

    def mesh(i: int, j: int) -> int:
        return i * columns + j if 0 <= i < rows and 0 <= j < columns else outside

    for i, (top, bottom) in enumerate(pairwise(ys)):
        for j, x in enumerate(xs):
            if not _covered(upright, x, (top + bottom) / 2):
                sets.join(mesh(i, j - 1), mesh(i, j))
    for j, (left, right) in enumerate(pairwise(xs)):
        for i, y in enumerate(ys):
            if not _covered(flat, y, (left + right) / 2):
                sets.join(mesh(i - 1, j), mesh(i, j))
    areas: dict[int, list[tuple[int, int]]] = defaultdict(list)
    for i, j in product(range(rows), range(columns)):
        if sets.root(mesh(i, j)) != sets.root(outside):
            areas[sets.root(mesh(i, j))].append((i, j))
    return sorted((_box(area, xs, ys) for area in areas.values()), key=lambda b: (b.row, b.column))


def _box(area: Sequence[tuple[int, int]], xs: list[float], ys: list[float]) -> Box:
    top, bottom = min(i for i, _ in area), max(i for i, _ in area) + 1
    left, right = min(j for _, j in area), max(j for _, j in area) + 1
    return Box(top, left, bottom - top, right - left, xs[left], ys[top], xs[right], ys[bottom])


def _positions(lines: list[Line]) -> list[float]:
    found: list[float] = []
    for across in sorted(line.across for line in lines):
        if not found or across - found[-1] > SNAP:
            found.append(across)
    return found


def _covered(lines: list[Line], across: float, along: float) -> bool:
    """Whether one of *lines* at *across* passes *along*."""
    low = bisect_left(lines, across - SNAP, key=lambda line: line.across)
    for line in lines[low:]:
        if line.across > across + SNAP:
            return False
        if line.start - SNAP <= along <= line.end + SNAP:
            return True
    return False
