"""Pictures that stand behind the text at a place of their own."""

from typing import Any

from docx.oxml import OxmlElement
from docx.oxml.ns import qn


def anchored(inline: Any, across: int, down: int, description: str) -> None:
    """Turn the *inline* picture into one behind the text.

    Args:
        inline: The ``wp:inline`` of a picture that python-docx has added.
        across: From the left of the text, in EMU.
        down: From the top of its paragraph, in EMU.
        description: What a screen reader says of it.
    """
    anchor = OxmlElement("wp:anchor")
    fixed = {"distT": 0, "distB": 0, "distL": 0, "distR": 0, "simplePos": 0, "relativeHeight": 1}
    flags = {"behindDoc": 1, "locked": 0, "layoutInCell": 1, "allowOverlap": 1}
    for name, value in (fixed | flags).items():
        anchor.set(name, str(value))
    start = OxmlElement("wp:simplePos")
    start.set("x", "0")
    start.set("y", "0")
    anchor.append(start)
    for axis, origin, offset in (("H", "column", across), ("V", "paragraph", down)):
        position = OxmlElement(f"wp:position{axis}")
        position.set("relativeFrom", origin)
        shift = OxmlElement("wp:posOffset")
        shift.text = str(int(offset))
        position.append(shift)
        anchor.append(position)
    anchor.append(inline.find(qn("wp:extent")))
    anchor.append(OxmlElement("wp:wrapNone"))
    properties = inline.find(qn("wp:docPr"))
    properties.set("descr", description)
    for tag in ("wp:docPr", "wp:cNvGraphicFramePr", "a:graphic"):
        child = inline.find(qn(tag))
        if child is not None:
            anchor.append(child)
    inline.getparent().replace(inline, anchor)
