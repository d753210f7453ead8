"""Slides, notes and files inside a file are taken out whole, with what leads to them and what only they lead to."""

import re
from collections.abc import Iterator

from lxml import etree

from gongkai.core.cleaning.opened import Opened, drop
from gongkai.core.screening.files.drawn import reached, relations_of, target_of
from gongkai.core.screening.files.office import embedded_in, local
from gongkai.core.screening.files.slides import NOTES, SLIDE
from gongkai.core.treating.chosen import EMBEDDED
from gongkai.core.treating.errors import CannotTreat

ROOT = ""
RELATIONSHIP = re.compile(r"\{[^}]*/relationships\}")
"""Attributes by which an element names a relation, in either edition of the format."""
PICTURE = "pic"
SHAPE = "_x0000_s"
"""What the number of a shape of a sheet is written after in its drawings."""
OF_TWO = "AlternateContent"


def without_parts(package: Opened, rule: str) -> frozenset[str]:
    """Take hidden slides, notes or embedded files out of *package*; return the parts to leave out.

    Args:
        package: The file; its parts are changed.
        rule: ``hidden.slide``, ``hidden.notes`` or ``hidden.attached``.

    Raises:
        CannotTreat: Nothing to read would be left.
    """
    names = [info.filename for info in package.members()]
    gone = _meant(package, names, rule)
    for listing in [name for name in names if name.endswith(".rels")]:
        _forget(package, listing, gone)
    # what nobody leads to without a slide: its notes, charts and pictures
    left = {*reached(package, ROOT)} if rule != EMBEDDED else {*names} - gone
    left |= {relations_of(part) for part in left}
    lost = frozenset(name for name in names if name not in left and not name.startswith("["))
    package.unlist(lost)
    return lost


def _meant(package: Opened, names: list[str], rule: str) -> set[str]:
    if rule == EMBEDDED:
        return {*embedded_in(package)}
    slides = [name for name in names if re.fullmatch(SLIDE, name)]
    if rule == "hidden.notes":
        return {name for name in names if re.fullmatch(NOTES, name)}
    hidden = {name for name in slides if package.xml(name).get("show") in {"0", "false"}}
    if len(hidden) == len(slides):
        raise CannotTreat(why="所有的幻灯片都是隐藏的")
    return hidden


def _forget(package: Opened, listing: str, gone: set[str]) -> None:
    """Take out of the part that *listing* belongs to whatever names one of the parts that are *gone*."""
    part = re.sub(r"(?:^|(?<=/))_rels/(?=[^/]*$)", "", listing).removesuffix(".rels")
    found = [
        item
        for item in package.xml(listing)
        if item.get("TargetMode") != "External" and target_of(item, part, package) in gone
    ]
    if not found:
        return
    if part in package and part not in gone:
        ids = {item.get("Id") for item in found}
        root = package.xml(part)
        for element in list(_naming(root, ids)):
            _take_out(package, part, element)
    for item in found:
        drop(item)


def _naming(root: etree._Element, ids: set[str | None]) -> Iterator[etree._Element]:
    for element in root.iter(etree.Element):
        for key, value in element.attrib.items():
            if RELATIONSHIP.match(str(key)) and value in ids:
                yield element
                break


def _take_out(package: Opened, part: str, element: etree._Element) -> None:
    match local(element):
        case "altChunk":  # Word shows its words as if they stood in the text
            raise CannotTreat(why="插入的文件就是正文的一部分，去掉它正文就不全了")
        case "sldId":
            _forget_section(element)
            drop(element)
        case "oleObj":
            _leave_picture(element)
        case "oleObject":
            _drop_shape(package, part, element.get("shapeId") or "")
            _drop_upwards(element)
        case _:
            _drop_upwards(element)


def _forget_section(slide: etree._Element) -> None:
    """Take a slide out of the sections that PowerPoint shows beside the list."""
    for other in list(slide.getroottree().getroot().iter("{*}sldId")):
        if other is not slide and other.get("id") == slide.get("id"):
            drop(other)


def _leave_picture(element: etree._Element) -> None:
    """Put the picture of an object on a slide in its place; without a picture nothing is left."""
    frame = next(element.iterancestors("{*}graphicFrame"), None)
    if frame is None:
        drop(element)
        return
    both = next(frame.iterancestors(f"{{*}}{OF_TWO}"), None)
    whole = frame if both is None else both
    picture = next(whole.iter(f"{{*}}{PICTURE}"), None)
    parent = whole.getparent()
    if parent is None:
        return  # its other writing is gone already
    if picture is not None:
        parent.replace(whole, picture)
    else:
        parent.remove(whole)


def _drop_shape(package: Opened, part: str, number: str) -> None:
    """Take the shape that shows an object of a sheet out of its drawings."""
    for below in reached(package, part):
        if not re.search(r"/drawings/\w+\.(?:xml|vml)$", below) or below not in package:
            continue
        for shape in list(package.xml(below).iter(etree.Element)):
            if f"{SHAPE}{number}" in {shape.get("id"), shape.get("spid")}:
                anchor = next(
                    (each for each in shape.iterancestors() if local(each).endswith("CellAnchor")),
                    shape,
                )
                _drop_upwards(anchor)


def _drop_upwards(element: etree._Element) -> None:
    """Take *element* out, and what holds nothing else: alternatives, lists of objects."""
    parent = element.getparent()
    drop(element)
    while parent is not None and local(parent) in {"Choice", "Fallback", OF_TWO, "oleObjects"}:
        empty = not len(parent) or (
            local(parent) == OF_TWO and all(local(each) == "Fallback" for each in parent)
        )
        if not empty:
            return
        parent, last = parent.getparent(), parent
        drop(last)
