"""Presentations: the text of every slide, hidden ones, notes and comments."""

import re

from lxml import etree

from gongkai.core.extraction.sources.packed import Package
from gongkai.core.screening.files.drawn import drawn, targets
from gongkai.core.screening.files.material import Material
from gongkai.core.screening.files.office import carried, local, parts
from gongkai.core.screening.hits import Where
from gongkai.core.screening.rules import enforces

SLIDE = r"ppt/slides/slide\d+\.xml"
NOTES = r"ppt/notesSlides/notesSlide\d+\.xml"


@enforces("hidden.slide", "hidden.notes", "hidden.comment")
def slides(data: bytes) -> Material:
    """Return the material of a PPTX file."""
    material = Material("pptx")
    read_slides(Package(data, "演示文稿"), material)
    return material


def read_slides(package: Package, material: Material) -> None:
    """Write everything in a PPTX file into *material*."""
    owners: dict[str, Where] = {}
    for name, root in parts(package, SLIDE):
        number = _number(name)
        owners |= {part: Where(page=number) for part in targets(package, name)}
        start = material.length
        _write(root, material, Where("幻灯片", page=number))
        if root.get("show") in {"0", "false"}:
            words = material.since(start).strip()
            where = Where("幻灯片", page=number)
            material.trace("hidden.slide", f"第 {number} 张幻灯片是隐藏的", words, where=where)
    for name, root in parts(package, NOTES):
        where = Where("备注", page=_number(name))
        start = material.length
        _write(root, material, where)
        words = material.since(start).strip()
        if re.search(r"[^\d\s]", words):
            material.trace("hidden.notes", "幻灯片有备注", words, where=where)
    for _, root in parts(package, r"ppt/comments/\w+\d*\.xml"):
        for comment in root.iter("{*}cm"):
            words = "".join(t.text or "" for t in comment.iter() if local(t) in {"text", "t"})
            at = material.write(f"{words}\n", Where("批注"), comment)
            material.trace("hidden.comment", "幻灯片有批注", words, at=at, where=Where("批注"))
    drawn(package, material, owners)
    carried(package, material)


def _write(root: etree._Element, material: Material, where: Where) -> None:
    for paragraph in root.iter("{http://schemas.openxmlformats.org/drawingml/2006/main}p"):
        words = "".join(t.text or "" for t in paragraph.iter() if local(t) == "t")
        if words:
            material.write(f"{words}\n", where, paragraph)


def _number(name: str) -> int:
    return int(re.findall(r"\d+", name)[-1])
