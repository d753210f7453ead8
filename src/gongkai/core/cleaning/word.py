"""The text of a Word document as the clean HTML that an item has.

Mammoth tells headings, tables, emphasis, notes and links from the styles; what it does not know is prepared for it: what
Word hides goes, changes are accepted, the numbers that Word writes by itself become words, as they are for pasted text.
"""

import hashlib
import io
import re
from collections.abc import Callable
from typing import Any

import mammoth
from lxml import etree

from gongkai.core.cleaning.numbering import Marker, Numbering
from gongkai.core.cleaning.opened import Opened, drop
from gongkai.core.cleaning.pasted import CleanedHtml, clean_html
from gongkai.core.cleaning.placed import as_shown, cropping_of, mark_cropped, told
from gongkai.core.cleaning.revisions import accept
from gongkai.core.extraction.sources.errors import Damaged, TooLarge
from gongkai.core.extraction.sources.limits import MAX_FILE_BYTES, MAX_MEMBERS
from gongkai.core.screening.files.word import sight, vanished

PARTS = re.compile(r"word/(?:document|footnotes|endnotes)\.xml")
MAIN = "word/document.xml"
NAMESPACE = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
OPEN, BETWEEN, CLOSE = "\ue010", "\ue011", "\ue012"
"""Around a marker on its way through mammoth; no document has these."""
PRIVATE = re.compile(f"[{OPEN}{BETWEEN}{CLOSE}]")
MARKED = re.compile(
    rf"<(p|h[1-6])([^<>]*)>((?:<[^<>]+>)*){OPEN}(\w*){BETWEEN}(\d){BETWEEN}([^{CLOSE}]*){CLOSE}"
)
BACK = re.compile(r"<a href=\"#(?:foot|end)note-ref-[^\"]*\">↑</a>")
MOST_PICTURES = 100
"""Pictures of one document that are taken along."""
CENTRED, RIGHT = "gongkai-centre", "gongkai-right"
ALIGNED = {"center": CENTRED, "right": RIGHT, "end": RIGHT}
CONTENTS = re.compile(r"(?:toc|目录) ?\d?$", re.IGNORECASE)
STYLES = "\n".join(
    [
        f"p[style-name='{CENTRED}'] => p.align-center:fresh",
        f"p[style-name='{RIGHT}'] => p.align-right:fresh",
        # the title of an item is its first heading
        *(
            f"p[style-name='{name} {level}'] => h{min(level + 1, 6)}:fresh"
            for name in ("heading", "Heading", "标题")
            for level in range(1, 7)
        ),
        "p[style-name='Title'] => h2:fresh",
        "u => u",
    ]
)


def word_html(data: bytes, *, largest: int = MAX_FILE_BYTES) -> CleanedHtml:
    """Return the text of a DOCX file with its headings, lists, tables, emphasis and pictures.

    A picture stands where it stood, as ``<img src="/pictures/<SHA-256>.png" alt="…">`` by the digest of what
    :func:`word_pictures` returns; one that browsers do not show, or of more than *largest* bytes, is left out and told
    among what was dropped. Tables of contents, heads and feet, comments, hidden words and deleted ones are left out, too.

    Call it through :meth:`gongkai.core.extraction.guarding.Guard.call`.

    Raises:
        Unreadable: It is damaged, has a password, or unpacks to too much.
    """
    return clean_html(_as_pasted(BACK.sub("", _converted(data, Taken(largest)))))


def word_pictures(data: bytes, *, largest: int = MAX_FILE_BYTES) -> tuple[bytes, ...]:
    """Return the pictures in the text of a DOCX file as it shows them, in their order, each once.

    Raises:
        Unreadable: It is damaged, has a password, or unpacks to too much.
    """
    taken = Taken(largest)
    _converted(data, taken)
    return tuple(taken.pictures.values())


class Taken:
    """Takes the pictures of a document, as far as browsers show them.

    Attributes:
        pictures: By SHA-256.
    """

    def __init__(self, largest: int) -> None:
        self.largest = largest
        self.pictures: dict[str, bytes] = {}

    def __call__(self, image: Any) -> dict[str, str]:
        """Return the attributes of *image*, as mammoth asks for them; no page has the address of one left out."""
        try:
            crop, alt = cropping_of(image.alt_text or "")
            with image.open() as stream:
                data = stream.read(MAX_FILE_BYTES + 1)
            made = as_shown(data, crop)
        except (LookupError, ValueError, TypeError, AttributeError, OSError):
            return {"src": "picture:unreadable", "alt": ""}
        if made is None or len(made.data) > self.largest or len(self.pictures) >= MOST_PICTURES:
            return {"src": f"picture:{image.content_type}", "alt": ""}
        digest = hashlib.sha256(made.data).hexdigest()
        self.pictures[digest] = made.data
        return {"src": f"/pictures/{digest}.{made.ending}", "alt": told(alt)}


def _converted(data: bytes, taken: Callable[[Any], dict[str, str]]) -> str:
    if len(data) > MAX_FILE_BYTES:
        raise TooLarge(limit=f"{MAX_FILE_BYTES >> 20} MB")
    package = Opened(data, "Word")
    if MAIN not in package or len(package.members()) > MAX_MEMBERS:
        raise Damaged(kind="Word")
    shows, gone = sight(package), vanished(package)
    for info in package.members():
        if PARTS.fullmatch(info.filename):
            root = package.xml(info.filename)
            accept(root)
            _without_hidden(root, shows, gone)
    _prepare(package)
    try:
        made = mammoth.convert_to_html(
            io.BytesIO(package.written()),
            style_map=STYLES,
            # the file may not tell how it is read, nor have anything fetched
            include_embedded_style_map=False,
            external_file_access=False,
            transform_document=mammoth.transforms.paragraph(_with_alignment),
            convert_image=mammoth.images.img_element(taken),
        )
    except (LookupError, ValueError, TypeError, AttributeError, OSError, AssertionError) as error:
        raise Damaged(kind="Word") from error
    return str(made.value)


def _without_hidden(root: etree._Element, shows: Any, gone: Any) -> None:
    for drawing in list(root.iter("{*}drawing", "{*}pict", "{*}object")):
        if gone(drawing):
            drop(drawing)
    for words in list(root.iter("{*}t")):
        if words.text:
            words.text = PRIVATE.sub("", words.text)
        if not shows(words) and (run := words.getparent()) is not None:
            run.remove(words)


def _prepare(package: Opened) -> None:
    """Take the table of contents out, write numbers as words and put text boxes where mammoth reads them."""
    root, numbering = package.xml(MAIN), Numbering.of(package)
    contents = _styles_of_contents(package)
    for block in list(root.iter("{*}sdt")):
        gallery = block.find("{*}sdtPr/{*}docPartObj/{*}docPartGallery")
        if gallery is not None and "Table of Contents" in gallery.attrib.values():
            drop(block)
    for paragraph in list(root.iter("{*}p")):
        if not str(paragraph.tag).startswith(f"{{{NAMESPACE}}}"):
            continue
        style = paragraph.find("{*}pPr/{*}pStyle")
        if style is not None and set(style.attrib.values()) & contents:
            drop(paragraph)
            continue
        marker = numbering.marker(paragraph)
        listed = paragraph.find("{*}pPr/{*}numPr")
        if listed is not None:
            drop(listed)
        if marker is not None:
            _put(marker, paragraph)
    _forget_lists(package)
    for choice in root.iter("{*}AlternateContent"):
        _give_fallback(choice)
    mark_cropped(root)


def _forget_lists(package: Opened) -> None:
    """Have mammoth make no list of its own of a style that has numbers."""
    if "word/styles.xml" in package:
        for listed in list(package.xml("word/styles.xml").iter("{*}numPr")):
            drop(listed)
    if "word/numbering.xml" in package:
        for linked in list(package.xml("word/numbering.xml").iter("{*}pStyle")):
            drop(linked)


def _styles_of_contents(package: Opened) -> set[str]:
    if "word/styles.xml" not in package:
        return set()
    found = set()
    for style in package.xml("word/styles.xml").iterfind("{*}style"):
        name = style.find("{*}name")
        if name is not None and any(CONTENTS.match(str(value)) for value in name.attrib.values()):
            found |= {str(v) for k, v in style.attrib.items() if str(k).endswith("styleId")}
    return found


def _put(marker: Marker, paragraph: etree._Element) -> None:
    run = etree.Element(f"{{{NAMESPACE}}}r")
    words = etree.SubElement(run, f"{{{NAMESPACE}}}t")
    words.text = (
        f"{OPEN}l{marker.name}{BETWEEN}{marker.level}{BETWEEN}{PRIVATE.sub('', marker.text)}{CLOSE}"
    )
    has_properties = paragraph.find("{*}pPr") is not None
    paragraph.insert(1 if has_properties else 0, run)


def _give_fallback(choice: etree._Element) -> None:
    """Mammoth reads the fallback of a text box only; newer programs write none."""
    fallback = choice.find("{*}Fallback")
    if fallback is not None and next(fallback.iter("{*}txbxContent"), None) is not None:
        return
    boxes = [box for each in choice.iterfind("{*}Choice") for box in each.iter("{*}txbxContent")]
    if boxes:
        if fallback is None:
            fallback = etree.SubElement(
                choice, str(choice.tag).replace("AlternateContent", "Fallback")
            )
        fallback.extend(boxes)


def _with_alignment(paragraph: Any) -> Any:
    name = ALIGNED.get(paragraph.alignment or "")
    style = (paragraph.style_name or "").lower()
    if name is None or style.startswith(("heading", "标题", "title")):
        return paragraph
    return paragraph.copy(style_id=None, style_name=name)


def _as_pasted(html: str) -> str:
    """Return *html* with markers as Word has them in what it copies, where :func:`clean_html` knows them."""

    def put(match: "re.Match[str]") -> str:
        tag, told, inner, name, level, marker = match.groups()
        style = f"mso-list:{_plain(name)} level{level} lfo1"
        number = f'<span style="mso-list:Ignore">{marker}</span>'
        return f'<{tag}{told} style="{style}">{number}{inner}'

    return PRIVATE.sub("", MARKED.sub(put, html))


def _plain(name: str) -> str:
    return "l" + (re.sub(r"\D", "", name) or "0")
