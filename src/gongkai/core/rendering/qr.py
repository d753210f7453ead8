"""Two-dimensional codes that a telephone reads off a screen or a sheet of paper."""

from dataclasses import dataclass
from itertools import groupby

import qrcode
from qrcode.constants import ERROR_CORRECT_M

QUIET = 4
"""Empty modules around a code; without them no telephone finds it."""


@dataclass(frozen=True, slots=True)
class Code:
    """A code as a drawing.

    Attributes:
        size: Modules a side, the quiet zone included.
        path: The dark modules as the ``d`` of an SVG path, one module a unit.
    """

    size: int
    path: str

    def svg(self) -> str:
        """Return it as an SVG image, black on white whatever it stands on."""
        return (
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {self.size} {self.size}"'
            f' shape-rendering="crispEdges"><path fill="#fff" d="M0 0h{self.size}v{self.size}H0z"/>'
            f'<path fill="#000" d="{self.path}"/></svg>'
        )


def code_of(text: str) -> Code:
    """Return the code that reads as *text*."""
    made = qrcode.QRCode(error_correction=ERROR_CORRECT_M, border=QUIET)
    made.add_data(text)
    made.make(fit=True)
    rows = made.get_matrix()
    parts = []
    for y, row in enumerate(rows):
        x = 0
        for dark, run in groupby(row):
            length = len(list(run))
            if dark:
                parts.append(f"M{x} {y}h{length}v1h-{length}z")
            x += length
    return Code(len(rows), "".join(parts))
