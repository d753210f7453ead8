"""Labels: for paper files the registration number as bars and in plain, for envelopes whom they go to."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from gongkai.core.refusal import Refusal
from gongkai.core.rendering.barcode import QUIET, bars_of, code_in
from gongkai.core.rendering.gazette import printable
from gongkai.core.rendering.paper import compiled


class NoRoom(Refusal):
    """一张标签纸上只有{room}个标签，不能从第{first}个开始打印。"""


@dataclass(frozen=True, slots=True)
class Label:
    """What stands on a label.

    Attributes:
        number: Registration number; its letters and digits are the bars.
        office: Above it.
        lines: Below it, such as the day of receipt.
    """

    number: str
    office: str
    lines: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Envelope:
    """What stands on the label of an envelope: whom it goes to in large type, small who sends it and which case it is.

    Attributes:
        number: Registration number of the case.
        sender: Who sends it, and from where.
    """

    number: str
    postcode: str
    address: str
    recipient: str
    sender: str


@dataclass(frozen=True, slots=True)
class LabelSheet:
    """A sheet of labels as stationers sell it, in millimetres; by default A4 with three times eight.

    Attributes:
        columns: Labels side by side.
        rows: Labels one below the other.
        width, height: Of a label.
        top, left: From the edges of the sheet to the first label.
        across, down: Between labels.
    """

    columns: int = 3
    rows: int = 8
    width: float = 70
    height: float = 37.125
    top: float = 0
    left: float = 0
    across: float = 0
    down: float = 0

    @property
    def room(self) -> int:
        """How many labels are on it."""
        return self.columns * self.rows


A4_LABELS = LabelSheet()


def label_file(
    labels: Sequence[Label | Envelope], day: date, *, sheet: LabelSheet = A4_LABELS, first: int = 1
) -> bytes:
    """Return *labels* as a PDF file to be printed on sheets of labels.

    Args:
        labels: In their order.
        day: When the file says it was made.
        sheet: The sheet.
        first: The first label of the first sheet to be used, so that a begun sheet is not wasted.

    Raises:
        NoBarcode: A number has nothing that bars can say.
        NoRoom: There is no such label on the sheet.
    """
    if not 1 <= first <= sheet.room:
        raise NoRoom(room=sheet.room, first=first)
    placed = [(place, label) for place, label in enumerate(labels, first - 1)]
    content: dict[str, Any] = {
        "date": {"year": day.year, "month": day.month, "day": day.day},
        "width": sheet.width,
        "height": sheet.height,
        "pages": [
            [
                _data(label, place % sheet.room, sheet)
                for place, label in placed
                if place // sheet.room == page
            ]
            for page in range((placed[-1][0] // sheet.room + 1) if placed else 1)
        ],
    }
    return compiled("label", printable(content), day=day, parts=("prose",))


def _data(label: Label | Envelope, place: int, sheet: LabelSheet) -> dict[str, Any]:
    row, column = divmod(place, sheet.columns)
    where = {
        "x": sheet.left + column * (sheet.width + sheet.across),
        "y": sheet.top + row * (sheet.height + sheet.down),
    }
    if isinstance(label, Envelope):
        return where | {"to": asdict(label)}
    bars = bars_of(code_in(label.number))
    start, width = bars[-1]
    return where | {
        "to": None,
        "number": label.number,
        "office": label.office,
        "lines": list(label.lines),
        "bars": [list(bar) for bar in bars],
        "modules": start + width + QUIET,
    }
