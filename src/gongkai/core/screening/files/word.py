"""Word documents: everything in them, whether it is shown or not."""

from collections.abc import Callable

from lxml import etree

from gongkai.core.extraction.document import Span
from gongkai.core.extraction.sources.packed import Package
from gongkai.core.screening.files.drawn import drawn
from gongkai.core.screening.files.material import Material
from gongkai.core.screening.files.office import attribute, carried, local, parts
from gongkai.core.screening.hits import Where
from gongkai.core.screening.rules import enforces, rule

PARTS = (
    (r"word/header\d*\.xml", "页眉"),
    (r"word/document\.xml", "正文"),
    (r"word/footnotes\.xml", "脚注"),
    (r"word/endnotes\.xml", "尾注"),
    (r"word/footer\d*\.xml", "页脚"),
)
FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
DELETED = {"del", "moveFrom"}
INSERTED = {"ins", "moveTo"}
WORDS = {"t", "delText", "tab", "br", "cr", "noBreakHyphen", "instrText"}
OFF = {"0", "false", "off", "none"}


@enforces("hidden.text", "hidden.pale", "hidden.deleted", "hidden.inserted", "hidden.comment")
def word(data: bytes) -> Material:
    """Return the material of a DOCX file."""
    material = Material("docx")
    read_word(Package(data, "Word"), material)
    return material


def read_word(package: Package, material: Material) -> None:
    """Write everything in a DOCX file into *material*."""
    unseen = _unseen_styles(package)
    for pattern, part in PARTS:
        for _, root in parts(package, pattern):
            _Part(material, Where(part), unseen).read(root)
    _comments(package, material, unseen)
    drawn(package, material)
    carried(package, material)


def sight(package: Package) -> Callable[[etree._Element], bool]:
    """Return what tells of an element of words whether Word shows them: not vanished, white or tiny."""
    part = _Part(Material("docx"), Where("正文"), _unseen_styles(package))
    return lambda element: not part.hidden(element, [])[0]


def vanished(package: Package) -> Callable[[etree._Element], bool]:
    """Return what tells of anything in a run whether Word was told not to show it."""
    part = _Part(Material("docx"), Where("正文"), _unseen_styles(package))
    return lambda element: part.hidden(element, [])[0] == "hidden.text"


def _unseen_styles(package: Package) -> set[str]:
    """Return the styles whose text is hidden, those that are based on such ones included."""
    if "word/styles.xml" not in package:
        return set()
    hidden: set[str] = set()
    based: dict[str, str] = {}
    for style in package.xml("word/styles.xml").iter("{*}style"):
        name = attribute(style, "styleId") or ""
        if _is_on(style.find("{*}rPr/{*}vanish")):
            hidden.add(name)
        base = style.find("{*}basedOn")
        based[name] = attribute(base, "val") or ""
    for name in based:
        seen, at = set(), name
        while at and at not in seen:
            seen.add(at)
            if at in hidden:
                hidden.add(name)
                break
            at = based.get(at, "")
    return hidden


def _is_on(element: etree._Element | None) -> bool:
    return element is not None and (attribute(element, "val") or "1").lower() not in OFF


def _comments(package: Package, material: Material, unseen: set[str]) -> None:
    for pattern in (r"word/comments\.xml",):
        for _, root in parts(package, pattern):
            for comment in root.iter("{*}comment"):
                start = material.length
                _Part(material, Where("批注"), unseen).read(comment)
                author = attribute(comment, "author") or "不署名的人"
                at = Span(start, material.length)
                words = material.since(start).strip()
                material.trace(
                    "hidden.comment", f"有{author}的批注", words, at=at, where=Where("批注")
                )


class _Part:
    """Reads one part, one run after another."""

    def __init__(self, material: Material, where: Where, unseen: set[str]) -> None:
        self.material = material
        self.where = where
        self.unseen = unseen
        found = rule("hidden.pale").parameters
        self.tiny, self.white = 2 * float(found["tiny"]), int(found["white"])
        self._open: tuple[str, str, Span, list[str]] | None = None

    def read(self, root: etree._Element) -> None:
        revisions: list[tuple[str, etree._Element]] = []
        skipped: etree._Element | None = None
        for event, element in etree.iterwalk(root, events=("start", "end")):
            name = local(element)
            if event == "end":
                if element is skipped:
                    skipped = None
                elif skipped is None:
                    self._end(name, element)
                if revisions and revisions[-1][1] is element:
                    revisions.pop()
            elif skipped is None:
                if element.tag == FALLBACK or name in {
                    "pPr",
                    "rPr",
                    "sectPr",
                    "tblPr",
                    "tcPr",
                    "trPr",
                }:
                    skipped = element
                elif name in DELETED | INSERTED:
                    revisions.append((name, element))
                else:
                    self._word(name, element, revisions)
        self._close()

    def _end(self, name: str, element: etree._Element) -> None:
        if name == "p":
            self._close()
            inside = next(element.iterancestors("{*}tc"), None) is not None
            self.material.write(" " if inside else "\n", self.where)
        elif name == "tc":
            self.material.write("\t", self.where)
        elif name == "tr":
            self.material.write("\n", self.where)

    def _word(
        self, name: str, element: etree._Element, revisions: list[tuple[str, etree._Element]]
    ) -> None:
        if name in WORDS:
            self._text(name, element, revisions)
        elif name == "textpath":
            self._watermark(element)

    def _watermark(self, element: etree._Element) -> None:
        """Write the words that are drawn across the page, on a line of their own."""
        if words := (element.get("string") or "").strip():
            self._close()
            self.material.write(f"\n{words}\n", Where(f"{self.where.part}的水印或艺术字"))

    def _text(
        self, name: str, element: etree._Element, revisions: list[tuple[str, etree._Element]]
    ) -> None:
        if name == "instrText":
            return
        words = {"tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}.get(
            name, element.text or ""
        )
        at = self.material.write(words, self.where, element)
        kind, message = self.hidden(element, revisions)
        if self._open and (self._open[0], self._open[1]) == (kind, message):
            self._open[3].append(words)
            self._open = (kind, message, Span(self._open[2].start, at.end), self._open[3])
        else:
            self._close()
            self._open = (kind, message, at, [words]) if kind else None

    def _close(self) -> None:
        if self._open:
            kind, message, at, words = self._open
            if text := "".join(words).strip():
                self.material.trace(kind, message, text, at=at)
            self._open = None

    def hidden(
        self, element: etree._Element, revisions: list[tuple[str, etree._Element]]
    ) -> tuple[str, str]:
        """Return the rule that the text breaks and a sentence, or nothing."""
        for kind, change in reversed(revisions):
            author = attribute(change, "author") or "不署名的人"
            day = (attribute(change, "date") or "")[:10]
            who = f"{author}{f'在 {day} ' if day else ''}"
            if kind in DELETED:
                return "hidden.deleted", f"{who}删去的文字还在文件里"
            return "hidden.inserted", f"{who}插入的文字没有接受"
        run = next(element.iterancestors("{*}r"), None)
        paragraph = next(element.iterancestors("{*}p"), None)
        properties = run.find("{*}rPr") if run is not None else None
        if self._is_vanished(properties, paragraph):
            return "hidden.text", "文字设成了隐藏"
        if properties is not None and (why := self._pale(properties, element)):
            return "hidden.pale", why
        return "", ""

    def _is_vanished(
        self, properties: etree._Element | None, paragraph: etree._Element | None
    ) -> bool:
        if properties is not None:
            vanish = properties.find("{*}vanish")
            if vanish is not None:
                return _is_on(vanish)
            if (attribute(properties.find("{*}rStyle"), "val") or "") in self.unseen:
                return True
        style = (
            paragraph.find("{*}pPr/{*}pStyle") if paragraph is not None and self.unseen else None
        )
        return (attribute(style, "val") or "") in self.unseen

    def _pale(self, properties: etree._Element, element: etree._Element) -> str:
        size = attribute(properties.find("{*}sz"), "val") or ""
        if size.isdigit() and float(size) <= self.tiny:
            return f"字号只有 {float(size) / 2:g} 磅"
        colour = attribute(properties.find("{*}color"), "val") or ""
        if not _is_white(colour, self.white) or self._has_ground(properties, element):
            return ""
        return "字是白色的"

    def _has_ground(self, properties: etree._Element, element: etree._Element) -> bool:
        """Whether white letters stand on a coloured ground, as in the head of a table."""
        places = [
            properties,
            *(p for p in element.iterancestors("{*}p", "{*}tc", "{*}tbl", "{*}txbxContent")),
        ]
        for place in places:
            if local(place) == "txbxContent":
                return True
            for shading in (place.find("{*}shd"), place.find(f"{{*}}{local(place)}Pr/{{*}}shd")):
                fill = attribute(shading, "fill") or "auto"
                if fill != "auto" and not _is_white(fill, self.white):
                    return True
        return properties.find("{*}highlight") is not None


def _is_white(colour: str, least: int) -> bool:
    try:
        return len(colour) == 6 and min(bytes.fromhex(colour)) >= least
    except ValueError:
        return False
