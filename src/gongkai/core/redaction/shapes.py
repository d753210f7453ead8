"""Rectangles on a page, in points from its upper left corner as a reader sees it."""

import math
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Self

from gongkai.core.refusal import Refusal


class NotABox(Refusal):
    """方框的位置不对：左上角应当在右下角的左上方，并且落在页面里。"""


@dataclass(frozen=True, slots=True, order=True)
class Box:
    """A rectangle; a point is 1/72 inch."""

    left: float
    top: float
    right: float
    bottom: float

    @classmethod
    def around(cls, boxes: Iterable["Box"]) -> Self:
        """Return the smallest box around *boxes*, of which there is at least one."""
        known = list(boxes)
        return cls(
            min(box.left for box in known),
            min(box.top for box in known),
            max(box.right for box in known),
            max(box.bottom for box in known),
        )

    @property
    def area(self) -> float:
        """Its area; 0 for one without width or height."""
        return max(0.0, self.right - self.left) * max(0.0, self.bottom - self.top)

    @property
    def width(self) -> float:
        """From left to right."""
        return self.right - self.left

    @property
    def height(self) -> float:
        """From top to bottom."""
        return self.bottom - self.top

    def overlap(self, other: "Box") -> float:
        """Return the area that both cover."""
        width = min(self.right, other.right) - max(self.left, other.left)
        height = min(self.bottom, other.bottom) - max(self.top, other.top)
        return width * height if width > 0 and height > 0 else 0.0

    def grown(self, across: float, down: float) -> "Box":
        """Return the box with *across* more to the left and right and *down* more above and below."""
        return Box(self.left - across, self.top - down, self.right + across, self.bottom + down)

    def within(self, width: float, height: float) -> "Box":
        """Return what of it lies on a page of this size.

        Raises:
            NotABox: Nothing does.
        """
        cut = Box(
            max(0.0, min(self.left, width)),
            max(0.0, min(self.top, height)),
            max(0.0, min(self.right, width)),
            max(0.0, min(self.bottom, height)),
        )
        whole = all(map(math.isfinite, (self.left, self.top, self.right, self.bottom)))
        if not whole or cut.right <= cut.left or cut.bottom <= cut.top:
            raise NotABox
        return cut
