"""Tracked changes of Word: counting them, and accepting them all."""

from typing import Final, Literal

from lxml import etree

Revisions = Literal["refuse", "accept", "keep", "changes", "comments"]
"""What becomes of tracked changes and comments: the file is refused, the changes are accepted and the comments
removed, or they stay; ``changes`` accepts the changes alone, ``comments`` removes the comments alone."""
ACCEPTING: Final = frozenset[Revisions]({"accept", "changes"})
DROPPING: Final = frozenset[Revisions]({"accept", "comments"})
"""By which choices tracked changes are accepted, and comments removed."""
INSERTED = {"ins", "moveTo"}
DELETED = {"del", "moveFrom"}
CHANGED = {
    "rPrChange", "pPrChange", "sectPrChange", "tblPrChange", "tblGridChange", "trPrChange", "tcPrChange",
    "tblPrExChange", "numberingChange",
}  # fmt: skip
MOVED = {"moveFromRangeStart", "moveFromRangeEnd", "moveToRangeStart", "moveToRangeEnd"}
CELLS = {"cellIns", "cellMerge"}


def revisions_in(root: etree._Element) -> int:
    """Return how many tracked changes a part has."""
    return sum(_local(element) in INSERTED | DELETED | CHANGED for element in root.iter())


def accept(root: etree._Element) -> None:
    """Make a part what it would be with every change accepted."""
    for element in list(root.iter()):
        name, parent = _local(element), element.getparent()
        if parent is None:
            continue
        inside_properties = _local(parent) in {"rPr", "trPr", "tcPr", "pPr"}
        if name in CHANGED | MOVED | CELLS or (inside_properties and name in INSERTED):
            parent.remove(element)
        elif name in DELETED and inside_properties:
            _deleted_mark(element)
        elif name == "cellDel":
            cell = next(element.iterancestors("{*}tc"), None)
            if cell is not None and cell.getparent() is not None:
                cell.getparent().remove(cell)
        elif name in DELETED:
            parent.remove(element)
        elif name in INSERTED:
            _unwrapped(element)


def _deleted_mark(element: etree._Element) -> None:
    """A deleted row goes; a deleted end of a paragraph goes where nothing else is left in it."""
    row = next(element.iterancestors("{*}trPr"), None)
    if row is not None and (line := row.getparent()) is not None and line.getparent() is not None:
        line.getparent().remove(line)
        return
    paragraph = next(element.iterancestors("{*}p"), None)
    element.getparent().remove(element)
    if paragraph is None or paragraph.getparent() is None:
        return
    left = [e for e in paragraph.iter() if _local(e) in {"t", "drawing", "object", "pict", "tab"}]
    if all(next(e.iterancestors("{*}del", "{*}moveFrom"), None) is not None for e in left):
        container = paragraph.getparent()
        alone = sum(_local(e) == "p" for e in container) == 1
        if _local(container) != "tc" or not alone:
            container.remove(paragraph)


def _unwrapped(element: etree._Element) -> None:
    parent = element.getparent()
    at = parent.index(element)
    for offset, child in enumerate(list(element)):
        parent.insert(at + offset, child)
    parent.remove(element)


def _local(element: etree._Element) -> str:
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""
