"""One page of a government website as the document that it publishes: title, day, source, body."""

import re
from dataclasses import dataclass
from datetime import date

from lxml import etree, html

from gongkai.core.extraction.sources.decoding import decode
from gongkai.core.extraction.sources.errors import NotText
from gongkai.core.inspection.page import day_in, days_in

_BODIES = (
    "//*[@id='UCAP-CONTENT']",
    "//*[@id='zoom' or @id='Zoom']",
    "//*[contains(concat(' ', @class, ' '), ' TRS_Editor ')]",
    "//*[contains(concat(' ', @class, ' '), ' pages_content ')]",
    "//*[@id='content' or @id='article' or @id='artibody']",
    "//article",
)
"""Where the usual systems put the body, the surest first."""
_SKIPPED = (
    "script",
    "style",
    "noscript",
    "template",
    "form",
    "nav",
    "header",
    "footer",
    "aside",
    "iframe",
)
_SPACE = re.compile(r"\s+")
_ENDING = re.compile(r"\s*[-_|—–]+\s*[^-_|—–]{2,40}$")
_SOURCE = re.compile(r"(?:信息)?来源\s*[:：]\s*([^\s　]{2,40})")
_NUMBER = re.compile(r"[\u4e00-\u9fff]{1,12}[〔\[（(]\s*20\d{2}\s*[〕\]）)]\s*\d{1,4}\s*号")
LEAST = 20
"""Letters below which nothing on the page is a document."""


@dataclass(frozen=True, slots=True)
class Article:
    """What a page publishes.

    Attributes:
        body: HTML as it stands there; to be cleaned by whoever takes it.
        files: How many files it links to.
    """

    address: str
    title: str
    body: str
    day: date | None = None
    source: str = ""
    column: str = ""
    keywords: str = ""
    author: str = ""
    number: str = ""
    files: int = 0


def read_article(content: bytes, address: str, *, today: date) -> Article | None:
    """Return the document on the page *content*; ``None`` where there is none.

    The tags that government websites must carry (ArticleTitle, PubDate, ContentSource, ColumnName) are
    believed first; without them the page itself is looked at.
    """
    try:
        text = decode(content)
        root = html.document_fromstring(re.sub(r"^\s*<\?xml[^>]*\?>", "", text), base_url=address)
    except (NotText, etree.ParserError, etree.XMLSyntaxError, ValueError):
        return None
    told = {
        str(meta.get("name")).lower(): _plain(meta.get("content") or "")
        for meta in root.iter("meta")
        if meta.get("name")
    }
    for skipped in root.xpath("//*[" + " or ".join(f"self::{tag}" for tag in _SKIPPED) + "]"):
        skipped.drop_tree()
    title = told.get("articletitle") or _heading(root)
    found = _body(root)
    if found is None or not title or len(_plain(found.text_content())) < LEAST:
        return None
    whole = "\n".join(root.itertext())[:20_000]
    source = _SOURCE.search(whole)
    number = _NUMBER.search(whole)
    return Article(
        address=address,
        title=title[:300],
        body=html.tostring(found, encoding="unicode"),
        day=_day(told.get("pubdate", ""), address, whole, today),
        source=(told.get("contentsource") or (source[1] if source else ""))[:120],
        column=told.get("columnname", "")[:60],
        keywords=told.get("keywords", "")
        .replace(",", " ")
        .replace("，", " ")
        .replace(";", " ")[:200],
        author=told.get("author", "")[:60],
        number=_SPACE.sub("", number[0]) if number else "",
        files=sum(
            bool(
                re.search(
                    r"\.(?:docx?|xlsx?|pdf|wps|et|ofd|zip|rar)$", a.get("href") or "", re.IGNORECASE
                )
            )
            for a in found.iter("a")
        ),
    )


def _heading(root: html.HtmlElement) -> str:
    for tag in ("h1", "h2"):
        for heading in root.iter(tag):
            if len(text := _plain(heading.text_content())) >= 4:
                return text
    title = _plain(root.findtext(".//title") or "")
    return _ENDING.sub("", title) or title


def _body(root: html.HtmlElement) -> html.HtmlElement | None:
    for path in _BODIES:
        found = [
            element for element in root.xpath(path) if len(_plain(element.text_content())) >= LEAST
        ]
        if found:
            return max(found, key=lambda element: len(element.text_content()))
    # the element right above most of the paragraphs' letters
    weights: dict[html.HtmlElement, int] = {}
    for paragraph in root.iter("p"):
        above = paragraph.getparent()
        if above is not None:
            weights[above] = weights.get(above, 0) + len(_plain(paragraph.text_content()))
    return max(weights, key=lambda element: weights[element], default=None)


def _day(told: str, address: str, whole: str, today: date) -> date | None:
    for text in (told, whole[:3000]):
        if days := list(days_in(text, today)):
            return days[0]
    return day_in(address, today)


def _plain(text: str) -> str:
    return _SPACE.sub(" ", text).strip()
