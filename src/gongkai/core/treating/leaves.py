"""The elements that hold the words of an Office file, and new words in them."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from lxml import etree

from gongkai.core.cleaning.opened import Opened, drop
from gongkai.core.extraction.document import Span
from gongkai.core.screening.files.office import local

CELL = "c"
STRINGS = "xl/sharedStrings.xml"
CALCULATION = "xl/calcChain.xml"
RELATIONS = "xl/_rels/workbook.xml.rels"
WORDS = {"t", "delText", "instrText", "text"}
READING = "rPh"
"""How a word of a spreadsheet is read; it says the word once more."""
READINGS = {READING, "phoneticPr"}
DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
SPACE = "{http://www.w3.org/XML/1998/namespace}space"


@dataclass
class _Holder:
    """Something whose words are one stretch.

    Attributes:
        element: The element itself: a run's text, a shared string, a comment, a cell with a number.
        leaves: The elements with its words; none where the whole is put anew.
        raw: The words as they stand in the file.
        changes: New words by stretch of ``raw``.
    """

    element: etree._Element
    leaves: list[etree._Element]
    raw: str
    changes: dict[tuple[int, int], str] = field(default_factory=dict)


class Leaves:
    """Gathers new words for the elements of one file, then writes them.

    Args:
        strings: The root of the shared strings of a workbook.

    Attributes:
        calculated: Whether a cell that was calculated has become a plain one.
    """

    def __init__(self, strings: etree._Element | None) -> None:
        self._strings = [] if strings is None else list(strings.iterchildren("{*}si"))
        self._holders: dict[int, _Holder] = {}
        self._keep: list[etree._Element] = []
        self.calculated = False

    def note(self, element: etree._Element, written: str, place: Span, words: str) -> None:
        """Note *words* for the stretch at *place* of what was *written* from *element*."""
        holder = self._holder(element, written)
        if holder.leaves:
            places = _aligned(written, holder.raw)
            known = [places[at] for at in range(*place) if places[at] >= 0]
            if known:
                holder.changes.setdefault((known[0], known[-1] + 1), words)
        elif local(element) == CELL:
            holder.changes.setdefault((place.start, place.end), words)
        elif not words:
            # a tab or a fixed hyphen inside of what is taken out
            holder.changes.setdefault((0, 0), "")

    def apply(self) -> None:
        """Write everything that was noted."""
        for holder in self._holders.values():
            if holder.leaves:
                last = None
                for (start, end), words in sorted(holder.changes.items(), reverse=True):
                    if last is None or end <= last:
                        self.put(holder.leaves, start, end, words)
                        last = start
                _drop_readings(holder.element)
                drop_point(holder.element)
            elif local(holder.element) == CELL:
                self._put_cell(holder)
            elif holder.changes and (parent := holder.element.getparent()) is not None:
                parent.remove(holder.element)
        self._holders.clear()

    def freeze(self, formula: etree._Element) -> None:
        """Leave of a formula only the value that it has now, of those that are copied from it likewise."""
        self.calculated = True
        shared = formula.get("si") if formula.get("t") == "shared" else None
        copies = [formula]
        if shared is not None:
            sheet = formula.getroottree().getroot()
            copies += [f for f in sheet.iter("{*}f") if f.get("si") == shared and f is not formula]
        for each in copies:
            if (cell := each.getparent()) is not None:
                cell.remove(each)

    @staticmethod
    def under(holder: etree._Element) -> list[etree._Element]:
        """Return the elements with words below *holder*, readings left out."""
        return [
            each
            for each in holder.iter(etree.Element)
            if local(each) in WORDS
            and (parent := each.getparent()) is not None
            and local(parent) != READING
        ]

    @staticmethod
    def put(leaves: Sequence[etree._Element], start: int, end: int, words: str) -> None:
        """Put *words* in the place of a stretch of the words of *leaves* together."""
        whole = len(words) == end - start
        left, at = words, 0
        for leaf in leaves:
            text = leaf.text or ""
            low, high = max(start - at, 0), min(end - at, len(text))
            begin = at
            at += len(text)
            if low >= high:
                continue
            part = words[begin + low - start : begin + high - start] if whole else left
            left = ""
            leaf.text = text[:low] + part + text[high:]
            if leaf.text != leaf.text.strip() and not str(leaf.tag).startswith(DRAWING):
                leaf.set(SPACE, "preserve")

    def _holder(self, element: etree._Element, written: str) -> _Holder:
        inside = element
        if local(element) == CELL:
            if element.get("t") == "s":
                index = element.findtext("{*}v") or ""
                inside = self._strings[int(index)]
            elif element.get("t") == "inlineStr":
                inside = element.find("{*}is")
        known = self._holders.get(id(inside))
        if known is None:
            # an element that nobody holds may come back under another id
            self._keep.append(inside)
            known = self._holders[id(inside)] = _Holder(inside, *_read(inside, written))
        return known

    def _put_cell(self, holder: _Holder) -> None:
        text = holder.raw
        for (start, end), words in sorted(holder.changes.items(), reverse=True):
            text = text[:start] + words + text[end:]
        self.write(holder.element, text)

    def write(self, cell: etree._Element, text: str) -> None:
        """Make *cell*, a number or what a formula gave, a text of its own."""
        for formula in list(cell.iterchildren("{*}f")):
            self.freeze(formula)
        for child in list(cell):
            cell.remove(child)
        space = str(cell.tag).rpartition("}")[0] + "}"
        cell.set("t", "inlineStr")
        string = etree.SubElement(cell, f"{space}is")
        etree.SubElement(string, f"{space}t").text = text


def _read(element: etree._Element, written: str) -> tuple[list[etree._Element], str]:
    """Return the elements with the words of *element*, and these words."""
    if local(element) == CELL:
        return [], written
    leaves = Leaves.under(element)
    if not leaves and element.text:
        leaves = [element]  # a header of a sheet
    return leaves, "".join(leaf.text or "" for leaf in leaves)


def _aligned(written: str, raw: str) -> list[int]:
    """Return for each character of *written* where it stands in *raw*, -1 for what stands nowhere.

    Readers strip edges, leave out carriage returns and write a space for a line break; nothing else.
    """
    places, at = [], 0
    for char in written:
        here = at
        while here < len(raw) and not (
            raw[here] == char or (char.isspace() and raw[here].isspace())
        ):
            here += 1
        if here < len(raw):
            places.append(here)
            at = here + 1
        else:
            places.append(-1)
    return places


def _drop_readings(element: etree._Element) -> None:
    for child in list(element.iter(etree.Element)):
        if local(child) in READINGS and (parent := child.getparent()) is not None:
            parent.remove(child)


def drop_point(element: etree._Element) -> None:
    """Take a value out of what a chart remembers of its figures: a figure cannot be half of one."""
    for point in (element, element.getparent()):
        held = [] if point is None else [local(each) for each in point.iterancestors()][:2]
        if point is not None and local(point) == "pt" and {"numCache", "numDim"} & {*held}:
            drop(point)
            return


def forget_calculation(package: Opened) -> None:
    """Take out what leads to the order in which a workbook is worked out: formulas are gone from it."""
    package.unlist({CALCULATION})
    for item in list(package.xml(RELATIONS)):
        target = (item.get("Target") or "").rpartition("/")[2]
        if (item.get("Type") or "").endswith("/calcChain") or CALCULATION.endswith(f"/{target}"):
            drop(item)
