"""One page as a visitor sees it: links, dated entries, whether it can be searched."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from urllib.parse import urldefrag, urljoin, urlsplit

from lxml import etree, html

from gongkai.core.extraction.sources.decoding import decode
from gongkai.core.extraction.sources.errors import NotText

MOST_LINKS = 5_000
MOST_CHARACTERS = 400_000
_FULL = re.compile(r"(?<!\d)((?:19|20)\d{2})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})(?!\d)")
_SHORT = re.compile(r"(?<![\d年/.-])\[?\(?(\d{1,2})\s*[-/月]\s*(\d{1,2})日?\)?\]?(?![\d年/.-])")
_IN_ADDRESS = re.compile(r"(?:/t|/|_|content_)((?:19|20)\d{2})[-/_]?(\d{2})[-/_]?(\d{2})(?!\d)")
_SPACE = re.compile(r"\s+")
_SEARCH = re.compile(r"搜索|检索|站内搜|search|keyword", re.IGNORECASE)
_CONSULT = re.compile(r"咨询|信箱|留言|建言|互动交流|我要问|在线提问|政民互动|民意")
_ERROR_REPORT = re.compile(r"找错|纠错")
_MARK = re.compile(r"网站标识码\s*[:：]?\s*\w{6,}")
_ROW_TAGS = {"li", "tr", "dd", "dt", "p", "div", "article", "section"}
_SKIPPED = "script|style|noscript|template"
_LONGEST_ROW = 400


@dataclass(frozen=True, slots=True)
class Link:
    """A link of a page: where it leads and what it says."""

    address: str
    text: str


@dataclass(frozen=True, slots=True)
class Entry:
    """A link with the day that stands beside it."""

    address: str
    title: str
    day: date


@dataclass(frozen=True, slots=True)
class SearchForm:
    """A form that searches the site.

    Attributes:
        field: Name of the input for the words.
        others: Names and values of the hidden ones.
    """

    address: str
    field: str
    method: str
    others: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Page:
    """What stands on a page.

    Attributes:
        lines: The lines of its text, without those of scripts.
        days: Every day that stands on it and is not in the future.
    """

    address: str
    title: str
    lines: tuple[str, ...]
    links: tuple[Link, ...]
    entries: tuple[Entry, ...]
    days: tuple[date, ...]
    search: SearchForm | None
    mentions_search: bool
    mentions_consultation: bool
    mentions_error_report: bool
    has_mark: bool

    @property
    def newest(self) -> date | None:
        """Return the newest day beside an entry, or on the page where there are no entries."""
        days = [entry.day for entry in self.entries] or list(self.days)
        return max(days, default=None)

    def adds_to(self, home: "Page") -> bool:
        """Tell whether there is anything on it that is not on *home*, too: menus and footers are everywhere."""
        if self.entries:
            return True
        known = {link.address for link in home.links}
        own = {link.address for link in self.links if link.text} - known - {self.address}
        there = set(home.lines)
        text = sum(len(line) for line in self.lines if line not in there and line != self.title)
        return len(own) > 2 or text >= 60


def read_page(content: bytes, address: str, *, today: date) -> Page | None:
    """Return what stands on the page *content*; ``None`` where it is no HTML.

    Args:
        content: The bytes as they came.
        address: Where they came from; relative links start there.
        today: Days after tomorrow are no days of publication.
    """
    try:
        text = decode(content)
    except NotText:
        return None
    text = re.sub(r"^\s*<\?xml[^>]*\?>", "", text)
    try:
        root = html.document_fromstring(text, base_url=address)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError):
        return None
    for skipped in root.xpath(
        "//*[" + " or ".join(f"self::{tag}" for tag in _SKIPPED.split("|")) + "]"
    ):
        skipped.drop_tree()
    base = urljoin(address, next(iter(root.xpath("//base/@href")), ""))
    lines = tuple(_lines(root))
    body = "\n".join(lines)
    links = tuple(_links(root, base))
    search = _search_form(root, base)
    return Page(
        address=address,
        title=_SPACE.sub(" ", root.findtext(".//title") or "").strip()[:200],
        lines=lines,
        links=links,
        entries=tuple(_entries(root, base, today)),
        days=tuple(day for day in days_in(body, today)),
        search=search,
        mentions_search=search is not None or any(_SEARCH.search(link.text) for link in links),
        mentions_consultation=any(_CONSULT.search(link.text) for link in links),
        mentions_error_report=bool(_ERROR_REPORT.search(body))
        or any("找错" in link.text for link in links)
        or "zhaocuo" in text,
        has_mark=bool(_MARK.search(body)),
    )


def _lines(root: html.HtmlElement) -> Iterator[str]:
    total = 0
    for piece in root.itertext():
        line = _SPACE.sub(" ", piece).strip()
        if line:
            total += len(line)
            if total > MOST_CHARACTERS:
                return
            yield line


def _links(root: html.HtmlElement, base: str) -> Iterator[Link]:
    for count, anchor in enumerate(root.iter("a")):
        if count >= MOST_LINKS:
            return
        address = _address(anchor, base)
        if address:
            words = anchor.text_content() or anchor.get("title") or ""
            picture = anchor.find(".//img")
            if not words.strip() and picture is not None:
                words = picture.get("alt") or picture.get("title") or ""
            yield Link(address, _SPACE.sub(" ", words).strip()[:200])


def _address(anchor: html.HtmlElement, base: str) -> str:
    given = (anchor.get("href") or "").strip()
    if not given or given.startswith(("#", "javascript:", "mailto:", "tel:", "data:")):
        return ""
    try:
        address = urldefrag(urljoin(base, given)).url
        return address if urlsplit(address).scheme in {"http", "https"} else ""
    except ValueError:
        return ""


def _entries(root: html.HtmlElement, base: str, today: date) -> Iterator[Entry]:
    """Yield links with a day in the same row, or in their own address."""
    seen: set[str] = set()
    for count, anchor in enumerate(root.iter("a")):
        if count >= MOST_LINKS:
            return
        title = _SPACE.sub(" ", anchor.get("title") or anchor.text_content()).strip()
        address = _address(anchor, base)
        if len(title) < 4 or not address or address in seen:
            continue
        day = _day_beside(anchor, today) or day_in(address, today)
        if day is not None:
            seen.add(address)
            yield Entry(address, title[:300], day)


def _day_beside(anchor: html.HtmlElement, today: date) -> date | None:
    row = anchor
    for _ in range(4):
        text = row.text_content()
        if len(text) > _LONGEST_ROW:
            return None
        if row is not anchor and sum(1 for _ in row.iter("a")) > 3:
            return None
        days = list(days_in(text, today)) or list(_short_days(text, today))
        if days:
            return max(days)
        parent = row.getparent()
        if parent is None or (row is not anchor and row.tag in _ROW_TAGS and row.tag != "div"):
            return None
        row = parent
    return None


def days_in(text: str, today: date) -> Iterator[date]:
    """Yield every day written out in *text* that is not in the future."""
    for found in _FULL.finditer(text):
        if (day := _day(*map(int, found.groups()))) and day <= today + timedelta(days=1):
            yield day


def _short_days(text: str, today: date) -> Iterator[date]:
    """Yield days without a year, such as 03-15: the last such day that has been."""
    for found in _SHORT.finditer(text):
        month, number = map(int, found.groups())
        day = _day(today.year, month, number)
        if day and day > today + timedelta(days=1):
            day = _day(today.year - 1, month, number)
        if day:
            yield day


def day_in(address: str, today: date) -> date | None:
    """Return the day that stands in an address, as many systems put it there."""
    for found in _IN_ADDRESS.finditer(address):
        day = _day(*map(int, found.groups()))
        if day and date(1998, 1, 1) <= day <= today + timedelta(days=1):
            return day
    return None


def _day(year: int, month: int, number: int) -> date | None:
    try:
        return date(year, month, number)
    except ValueError:
        return None


def _search_form(root: html.HtmlElement, base: str) -> SearchForm | None:
    for form in root.iter("form"):
        told = (
            " ".join(str(value) for element in form.iter() for value in element.attrib.values())
            + form.text_content()
        )
        words = [
            field.get("name")
            for field in form.iter("input")
            if (field.get("type") or "text").lower() in {"text", "search"} and field.get("name")
        ]
        if len(words) == 1 and _SEARCH.search(told):
            hidden = tuple(
                (field.get("name"), field.get("value") or "")
                for field in form.iter("input")
                if (field.get("type") or "").lower() == "hidden" and field.get("name")
            )
            address = urljoin(base, form.get("action") or "")
            return SearchForm(address, words[0], (form.get("method") or "get").lower(), hidden)
    return None
