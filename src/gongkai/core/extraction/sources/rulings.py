"""From the lines drawn on a page to the cells between them."""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
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
    parent = list(range(len(flat) + len(upright)))

    def root(i: int) -> int:
        while parent[i] != i:
            parent[i] = parent[parent[i]]
            i = parent[i]
        return i

    for j, v in enumerate(upright):
        low = bisect_left(flat, v.start - SNAP, key=lambda h: h.across)
        for i in range(low, len(flat)):
            h = flat[i]
            if h.across > v.end + SNAP:
                break
            if h.start - SNAP <= v.across <= h.end + SNAP:
                parent[root(len(flat) + j)] = root(i)
    groups: dict[int, tuple[list[Line], list[Line]]] = defaultdict(lambda: ([], []))
    for i, h in enumerate(flat):
        groups[root(i)][0].append(h)
    for j, v in enumerate(upright):
        groups[root(len(flat) + j)][1].append(v)
    return [g for g in groups.values() if len(g[0]) > 1 and len(g[1]) > 1]


def _cells(flat: list[Line], upright: list[Line]) -> list[Box]:
    """Return the areas that are closed on all sides, by flooding the finest mesh."""
    ys, xs = _positions(flat), _positions(upright)
    rows, columns = len(ys) - 1, len(xs) - 1
    outside = rows * columns
    parent = list(range(outside + 1))

    def root(i: int) -> int:
        while parent[i] != i:
            parent[i] = parent[parent[i]]
            i = parent[i]
        return i

    for i in range(rows):
        middle = (ys[i] + ys[i + 1]) / 2
        for j in range(columns + 1):
            if not _covered(upright, xs[j], middle):
                a = i * columns + j - 1 if j else outside
                b = i * columns + j if j < columns else outside
                parent[root(a)] = root(b)
    for j in range(columns):
        middle = (xs[j] + xs[j + 1]) / 2
        for i in range(rows + 1):
            if not _covered(flat, ys[i], middle):
                a = (i - 1) * columns + j if i else outside
                b = i * columns + j if i < rows else outside
                parent[root(a)] = root(b)
    areas: dict[int, list[tuple[int, int]]] = defaultdict(list)
    for i in range(rows):
        for j in range(columns):
            if root(i * columns + j) != root(outside):
                areas[root(i * columns + j)].append((i, j))
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
