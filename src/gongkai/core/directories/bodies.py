"""Who is meant: the units that a directory's 公开主体 names, and nobody else.

>>> units = [Unit(1, "石桥县财政局", "", "county", "department"),
...          Unit(2, "石桥县城关镇人民政府", "城关镇", "township", "government")]
>>> named_in("县财政局、各乡镇人民政府", units, within="石桥县人民政府", township=True)
[1, 2]
>>> named_in("县级民政部门", units, within="石桥县人民政府")
[]
"""

import re
from collections.abc import Sequence
from typing import NamedTuple

TOWNS = re.compile(r"乡镇|镇街|乡(、|和)?镇|街道|乡级|镇\(街|镇人民政府")
DEPARTMENT = re.compile(r"(?P<what>[一-龥]{2,12}?)(主管)?(行政)?部门")
EACH = re.compile(r"各(有关|相关|级)?部门|各(预算)?单位|(县|本)级各部门|相关部门")
GOVERNMENT = re.compile(r"(?<![镇乡])(县|本级|区|市)(级)?人民?政府(?!部门|组成)|政府办")
ENDINGS = ("局", "委员会", "委", "办公室", "办", "中心", "分局")


class Unit(NamedTuple):
    """A unit that may be meant."""

    key: int
    name: str
    short: str
    level: str
    kind: str


def named_in(
    body: str, units: Sequence[Unit], *, within: str, township: bool = False, county: bool = True
) -> list[int]:
    """Return the keys of *units* that *body* names, in their order.

    Args:
        body: The cell 公开主体.
        units: Those that may be meant: the county and all below it.
        within: The name of the county's government, whose place name units begin with.
        township: Whether the line binds townships; without it none is meant.
        county: Whether it binds the county level.
    """
    place = re.sub(r"人民政府$", "", within)
    found = []
    for unit in units:
        if unit.level == "township":
            meant = township and bool(TOWNS.search(body) or _called(unit, body, place))
        elif unit.name == within:
            meant = county and bool(GOVERNMENT.search(body) or within in body)
        else:
            meant = county and (_called(unit, body, place) or bool(EACH.search(body)))
        if meant:
            found.append(unit.key)
    return found


def _called(unit: Unit, body: str, place: str) -> bool:
    names = {name.removeprefix(place) for name in (unit.name, unit.short) if name}
    if any(len(name) > 2 and name in body for name in names):
        return True
    if unit.kind != "department":
        return False
    # 财政部门 is 财政局, 住房和城乡建设部门 is 住房和城乡建设局; half a name is not enough
    stems = {_stem(name) for name in names}
    spoken = {
        re.sub(r"^(县|区|市|本)?级?(人民政府)?", "", found["what"])
        for found in DEPARTMENT.finditer(body)
    }
    return bool(stems & spoken)


def _stem(name: str) -> str:
    for ending in ENDINGS:
        if name.endswith(ending):
            return name.removesuffix(ending)
    return name
