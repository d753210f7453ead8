"""Pieces of WordprocessingML."""

from collections.abc import Mapping
from typing import Any

from docx.oxml import OxmlElement
from docx.oxml.ns import qn


def element(tag: str, attributes: Mapping[str, str] | None = None, *children: Any) -> Any:
    """Return the element *tag* (with its prefix, as ``w:p``) with *attributes* and *children*."""
    made = OxmlElement(tag)
    for name, value in (attributes or {}).items():
        made.set(qn(name), value)
    made.extend(children)
    return made


def text_run(text: str, *, half_points: int | None = None, bold: bool = False) -> Any:
    """Return a run of *text* that keeps its spaces."""
    properties = element("w:rPr")
    if bold:
        properties.append(element("w:b"))
    if half_points:
        properties.append(element("w:sz", {"w:val": str(half_points)}))
    words = element("w:t", {"xml:space": "preserve"})
    words.text = text
    return element("w:r", None, properties, words)


def page_number(paragraph: Any) -> None:
    """Append — n — to *paragraph*."""
    for piece in (
        text_run("— "),
        element("w:fldSimple", {"w:instr": "PAGE"}, text_run("1")),
        text_run(" —"),
    ):
        paragraph._p.append(piece)  # noqa: SLF001  # python-docx has no public way to its element
