"""The numbers that Word writes in front of paragraphs by itself: 一、（一）1. and bullets, worked out."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from lxml import etree

from gongkai.core.extraction.sources.packed import Package
from gongkai.core.rulebook.references import chinese_number

BULLET = "•"
LEVELS = 9
MOST = 9_999
"""Numbers that a paragraph of any document has; one beyond is a mistake or an attack."""
PLACE = re.compile(r"%([1-9])")
CHINESE = {
    "chineseCounting", "chineseCountingThousand", "japaneseCounting", "ideographDigital", "taiwaneseCounting",
    "taiwaneseCountingThousand", "chineseLegalSimplified", "japaneseDigitalTenThousand",
}  # fmt: skip
CIRCLED = {"decimalEnclosedCircle", "decimalEnclosedCircleChinese"}
FIRST_CIRCLE, LAST_CIRCLE = 1, 20
ROMAN = ((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"),
         (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))  # fmt: skip


@dataclass(frozen=True, slots=True)
class Marker:
    """What stands in front of a paragraph.

    Attributes:
        name: Which list it belongs to.
        level: How deep, from 1.
        text: The number as it is read, or a bullet.
    """

    name: str
    level: int
    text: str


@dataclass(frozen=True, slots=True)
class _Level:
    form: str = "decimal"
    words: str = "%1."
    start: int = 1


@dataclass
class Numbering:
    """Works out the markers of one document, paragraph by paragraph in their order.

    Attributes:
        lists: The abstract list of each list, and where its levels start anew.
        levels: The levels of each abstract list.
        styles: List and level of each style of paragraphs that has one.
    """

    lists: Mapping[str, tuple[str, Mapping[int, int]]]
    levels: Mapping[str, Mapping[int, _Level]]
    styles: Mapping[str, tuple[str, int]]
    _counts: dict[str, list[int]] = field(default_factory=dict)
    _begun: set[str] = field(default_factory=set)

    @classmethod
    def of(cls, package: Package) -> "Numbering":
        """Return the numbering of a DOCX file."""
        lists: dict[str, tuple[str, Mapping[int, int]]] = {}
        levels: dict[str, Mapping[int, _Level]] = {}
        if "word/numbering.xml" in package:
            root = package.xml("word/numbering.xml")
            for each in root.iterfind("{*}abstractNum"):
                found = {_number(lvl, "ilvl"): _level(lvl) for lvl in each.iterfind("{*}lvl")}
                levels[_value(each, "abstractNumId")] = found
            for each in root.iterfind("{*}num"):
                anew = {
                    _number(change, "ilvl"): _number(start, "val", 1)
                    for change in each.iterfind("{*}lvlOverride")
                    if (start := change.find("{*}startOverride")) is not None
                }
                abstract = _value(each.find("{*}abstractNumId"), "val")
                lists[_value(each, "numId")] = abstract, anew
        return cls(lists, levels, MappingProxyType(_styles(package)))

    def marker(self, paragraph: etree._Element) -> Marker | None:
        """Return what stands in front of *paragraph*, and count on; ``None`` where nothing does."""
        properties = paragraph.find("{*}pPr")
        own = None if properties is None else properties.find("{*}numPr")
        style = "" if properties is None else _value(properties.find("{*}pStyle"), "val")
        name, level = self.styles.get(style, ("", 0))
        if own is not None:
            name = _value(own.find("{*}numId"), "val") or name
            level = _number(own.find("{*}ilvl"), "val", level)
        if name not in self.lists or not 0 <= level < LEVELS:
            return None
        abstract, anew = self.lists[name]
        levels = self.levels.get(abstract, {})
        counts = self._counts.setdefault(abstract, [0] * LEVELS)
        if name not in self._begun:
            self._begun.add(name)
            for at, start in anew.items():
                if 0 <= at < LEVELS:
                    counts[at:] = [start - 1, *[0] * (LEVELS - at - 1)]
        this = levels.get(level, _Level())
        before = counts[level] or (0 if level in anew and anew[level] == 1 else this.start - 1)
        counts[level] = min(before + 1, MOST)
        counts[level + 1 :] = [0] * (LEVELS - level - 1)
        if this.form == "bullet":
            return Marker(abstract, level + 1, BULLET)
        if this.form == "none" and not PLACE.search(this.words):
            return Marker(abstract, level + 1, this.words) if this.words.strip() else None
        text = PLACE.sub(lambda place: _written(place, levels, counts), this.words)
        return Marker(abstract, level + 1, text)


def _written(place: "re.Match[str]", levels: Mapping[int, _Level], counts: list[int]) -> str:
    level = int(place[1]) - 1
    this = levels.get(level, _Level())
    return written_number(counts[level] or this.start, this.form)


def written_number(number: int, form: str) -> str:
    """Return *number* as the format *form* of OOXML writes it; forms that hardly anybody uses as plain figures."""
    if form in CHINESE and 0 < number < 100:
        return chinese_number(number)
    if form in CIRCLED and FIRST_CIRCLE <= number <= LAST_CIRCLE:
        return chr(0x2460 + number - 1)
    writers: Mapping[str, Callable[[int], str]] = {
        "lowerLetter": _letters,
        "upperLetter": lambda count: _letters(count).upper(),
        "lowerRoman": _roman,
        "upperRoman": lambda count: _roman(count).upper(),
        "decimalZero": lambda count: f"{count:02d}",
        "none": lambda _: "",
    }
    return writers.get(form, str)(number)


def _letters(number: int) -> str:
    # aa follows z, as Word has it
    return chr(97 + (number - 1) % 26) * ((number - 1) // 26 + 1)


def _roman(number: int) -> str:
    text = ""
    for value, letters in ROMAN:
        text += letters * (number // value)
        number %= value
    return text


def _level(element: etree._Element) -> _Level:
    return _Level(
        _value(element.find("{*}numFmt"), "val") or "decimal",
        _value(element.find("{*}lvlText"), "val"),
        _number(element.find("{*}start"), "val", 1),
    )


def _styles(package: Package) -> dict[str, tuple[str, int]]:
    """Return list and level of the styles that have one, those that are based on such ones included."""
    if "word/styles.xml" not in package:
        return {}
    own: dict[str, tuple[str, int]] = {}
    based: dict[str, str] = {}
    for style in package.xml("word/styles.xml").iterfind("{*}style"):
        name = _value(style, "styleId")
        based[name] = _value(style.find("{*}basedOn"), "val")
        found = style.find("{*}pPr/{*}numPr")
        if found is not None and (listed := _value(found.find("{*}numId"), "val")):
            own[name] = listed, _number(found.find("{*}ilvl"), "val")
    result = dict(own)
    for name in based:
        seen, at = {name}, name
        while at not in own and (at := based.get(at, "")) and at not in seen:
            seen.add(at)
        if at in own:
            result[name] = own[at]
    return result


def _value(element: etree._Element | None, name: str) -> str:
    if element is not None:
        for key, value in element.attrib.items():
            if str(key).rpartition("}")[2] == name:
                return str(value)
    return ""


def _number(element: etree._Element | None, name: str, otherwise: int = 0) -> int:
    value = _value(element, name)
    return int(value) if value.isascii() and value.isdigit() and len(value) < 5 else otherwise
