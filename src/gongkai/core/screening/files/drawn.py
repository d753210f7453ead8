"""Words that are drawn: text boxes and shapes, charts with the figures they remember, diagrams, masters of slides.

And what is said of pictures, shapes and tables to those who cannot see them.
"""

import posixpath
from collections.abc import Iterator, Mapping
from urllib.parse import unquote

from lxml import etree

from gongkai.core.extraction.sources.errors import Damaged
from gongkai.core.extraction.sources.packed import Package
from gongkai.core.screening.files.material import Material
from gongkai.core.screening.files.office import attribute, local, parts
from gongkai.core.screening.hits import Where

MASTER = "母版"
DRAWN = (
    (r"(?:word|xl|ppt)/drawings/drawing\d+\.xml", "文本框"),
    (r"(?:word|xl|ppt)/charts/chart(?:Ex)?\d+\.xml", "图表"),
    (r"(?:word|xl|ppt)/diagrams/(?:data|drawing)\d+\.xml", "智能图形"),
    (r"ppt/slide(?:Masters/slideMaster|Layouts/slideLayout)\d+\.xml", MASTER),
)
SAID = "图片说明"
DESCRIBING = (
    r"word/(?:document|header\d*|footer\d*|footnotes|endnotes)\.xml",
    r"(?:word|xl|ppt)/drawings/drawing\d+\.xml",
    r"ppt/(?:slides/slide|notesSlides/notesSlide|slideMasters/slideMaster|slideLayouts/slideLayout)\d+\.xml",
)
DESCRIPTIONS = {
    "docPr": ("title", "descr"),
    "cNvPr": ("title", "descr"),
    "shape": ("alt",),
    "rect": ("alt",),
    "group": ("alt",),
    "tblCaption": ("val",),
    "tblDescription": ("val",),
    "tblPr": ("title", "descr"),
}
"""Where Word, Excel and PowerPoint, new and old, keep such words."""
PARAGRAPH = "{http://schemas.openxmlformats.org/drawingml/2006/main}p"
POINTS = ("{*}pt/{*}v", "{*}lvl/{*}pt")
"""Where a chart keeps a category or a value that it was drawn from."""


def drawn(package: Package, material: Material, owners: Mapping[str, Where] | None = None) -> None:
    """Write what is drawn in an Office file into *material*.

    Args:
        package: The file.
        material: What is known of it.
        owners: For a part, on which sheet or slide it stands; see :func:`reached`.
    """
    for pattern, kind in DRAWN:
        for name, root in parts(package, pattern):
            owner = (owners or {}).get(name, Where()) if kind != MASTER else Where()
            _write(root, material, Where(kind, owner.page, owner.sheet))
    for pattern in DESCRIBING:
        for name, root in parts(package, pattern):
            owner = (owners or {}).get(name, Where())
            _say(root, material, Where(SAID, owner.page, owner.sheet))


def _say(root: etree._Element, material: Material, where: Where) -> None:
    """Write what is said of pictures; Word and LibreOffice say the same at the frame and at the picture."""
    said: dict[str, None] = {}
    for element in root.iter(etree.Element):
        for name in DESCRIPTIONS.get(local(element), ()):
            said[(attribute(element, name) or "").strip()] = None
    for words in filter(None, said):
        material.write(f"\n{words}\n", where)


def _write(root: etree._Element, material: Material, where: Where) -> None:
    for paragraph in root.iter(PARAGRAPH):
        words = "".join(leaf.text or "" for leaf in paragraph.iter() if local(leaf) == "t")
        if words:
            material.write(f"{words}\n", where, paragraph)
    for path in POINTS:
        for point in root.iterfind(f".//{path}"):
            if words := (point.text or "").strip():
                material.write(f"{words}\n", where, point)


def reached(package: Package, first: str) -> Iterator[str]:
    """Yield the parts that *first* leads to, however far away, itself included."""
    known, waiting = {first}, [first]
    while waiting:
        part = waiting.pop()
        yield part
        for path in targets(package, part):
            if path not in known:
                known.add(path)
                waiting.append(path)


def targets(package: Package, part: str) -> Iterator[str]:
    """Yield the parts that *part* names as its own."""
    relations = relations_of(part)
    if relations not in package:
        return
    try:
        root = package.xml(relations)
    except Damaged:
        return
    for item in root:
        if item.get("TargetMode") != "External":
            yield target_of(item, part, package)


def relations_of(part: str) -> str:
    """Return the part that lists what *part* leads to."""
    folder, _, stem = part.rpartition("/")
    return posixpath.join(folder, "_rels", f"{stem}.rels")


def target_of(relation: etree._Element, part: str, package: Package) -> str:
    """Return the part of *package* that a *relation* of *part* leads to."""
    joined = posixpath.join("/", posixpath.dirname(part), relation.get("Target") or "")
    path = posixpath.normpath(joined).lstrip("/")
    return path if path in package else unquote(path)
