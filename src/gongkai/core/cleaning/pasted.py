"""HTML as people paste it becomes HTML as we publish it."""

import re
from dataclasses import dataclass

import nh3
from lxml import etree

from gongkai.core.cleaning.blocks import MARKS, Dropped, written
from gongkai.core.cleaning.reading import Reader
from gongkai.core.extraction.sources.errors import Damaged, TooLarge, TooNested
from gongkai.core.extraction.sources.html import parsed
from gongkai.core.extraction.sources.limits import MAX_TEXT_CHARS

MOST = 8 * MAX_TEXT_CHARS
"""Word writes many characters of markup for one of text."""

START, END = re.compile(r"<!--\s*StartFragment\s*-->", re.IGNORECASE), "<!--EndFragment-->"
CONDITION = re.compile(r"<!\[(?:if [^\]>]{0,80}|endif)\]>", re.IGNORECASE)
PREFIXED = re.compile(r"<(/?)(o|v|w|m|st1):([a-z]+)", re.IGNORECASE)
TYPE = re.compile(r"</?(?:font|span|b|i|u|s|strong|em|a|big|small|o-p|div)\b[^<>]*>", re.IGNORECASE)

TAGS = {
    "a", "blockquote", "br", "caption", "h2", "h3", "h4", "h5", "h6", "hr", "img", "li", "ol", "p", "table", "tbody",
    "td", "th", "thead", "tr", "ul", *MARKS,
}  # fmt: skip
ATTRIBUTES = {
    "a": {"href"},
    "img": {"src", "alt"},
    "ol": {"start"},
    "td": {"rowspan", "colspan"},
    "th": {"rowspan", "colspan"},
}
ALIGNED = {"align-center", "align-right"}
CLASSES = dict.fromkeys(("p", "td", "th", "h2", "h3", "h4", "h5", "h6"), ALIGNED)
SCHEMES = {"http", "https", "mailto", "tel"}


@dataclass(frozen=True, slots=True)
class CleanedHtml:
    """A text ready to be published.

    Attributes:
        html: Paragraphs, headings (h2 to h6), lists, tables, quotations and pictures of our own; no
            style, no script, no foreign address of anything that is loaded. Classes are only
            ``align-center`` and ``align-right``.
        dropped: What was left out and may be missed.
    """

    html: str
    dropped: tuple[Dropped, ...] = ()

    def __str__(self) -> str:
        return self.html


def clean_html(pasted: str) -> CleanedHtml:
    """Return the text of *pasted* as semantic HTML; cleaning what is clean changes nothing.

    Args:
        pasted: HTML from a clipboard: Word, WPS, a web page, or our own.

    Raises:
        TooLarge: It is longer than any document.
        TooNested: Its elements stand inside each other deeper than any document's.
    """
    if len(pasted) > MOST:
        raise TooLarge(limit=f"{MOST // 10000} 万字符")
    reader = Reader()
    root = _parsed(_prepared(pasted))
    if root is not None:
        reader.read(root)
    # the reader writes nothing else; this is the second lock on the same door
    html = nh3.clean(
        written(reader.finish()),
        tags=TAGS,
        attributes=ATTRIBUTES,
        allowed_classes=CLASSES,
        url_schemes=SCHEMES,
        link_rel="noopener noreferrer",
    )
    return CleanedHtml(html, tuple(dict.fromkeys(reader.dropped)))


def _prepared(pasted: str) -> str:
    """Return the fragment without Word's conditions and with its prefixed tags as plain ones."""
    text = pasted.replace("\0", "")
    if start := START.search(text):
        end = text.rfind(END)
        text = text[start.end() : end if end > start.end() else len(text)]
    text = CONDITION.sub("", _without_comments(text))
    return PREFIXED.sub(r"<\1\2-\3", text)


def _without_comments(text: str) -> str:
    """Return *text* without comments, and without what Word keeps for itself inside conditional ones."""
    kept, at = [], 0
    while (start := text.find("<!--", at)) >= 0:
        head = text.find(">", start)
        own = text.startswith("<!--[if", start) and head > 0 and text[head - 2 : head] != "--"
        close = "<![endif]-->" if own else "-->"
        end = text.find(close, start + 4)
        if end < 0:
            break  # what nobody closed the parser judges
        kept.append(text[at:start])
        at = end + len(close)
    kept.append(text[at:])
    return "".join(kept)


def _parsed(text: str) -> etree._Element | None:
    root, complete = _tree(text)
    if not complete:
        # tags of type that nobody closed pile up; without them most pages are flat enough
        root, complete = _tree(TYPE.sub("", text))
    if not complete:
        raise TooNested
    return root


def _tree(text: str) -> tuple[etree._Element | None, bool]:
    try:
        return parsed(f"<div>{text}</div>".encode("utf-8", "replace"))
    except Damaged:
        return None, True
