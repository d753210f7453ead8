"""Finding what a document says of itself, by the layout of official documents (GB/T 9704)."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import TypeVar

from gongkai.core.codes import genres
from gongkai.core.deriving.dates import DAY, day_of
from gongkai.core.deriving.derived import Derived, Proposal
from gongkai.core.extraction.document import Document
from gongkai.core.extraction.normal import NormalText, normal
from gongkai.core.extraction.sources import open_document

T = TypeVar("T")

HEAD = 1_500
"""Characters in which title and number stand."""
TITLE_LINES, TITLE_LONGEST = 5, 120
SUMMARY_LONGEST = 200

NUMBER = re.compile(
    r"(?P<code>[\u4e00-\u9fff]{1,12}(?:\([\u4e00-\u9fff]{1,4}\))?[\u4e00-\u9fff]{0,6}) ?[〔\[(【]((?:19|20)\d{2})年?[〕\])】] ?"
    r"(?:第 ?)?(\d{1,5}(?:-\d{1,3})?) ?号"
)
ORDER = re.compile(r"(?m:^[ \t]*第 ?(\d{1,4}) ?号[ \t]*$)")
LABEL = re.compile(
    r"(?m:^[ \t]*(?:索引号|主题分类|发布机构|发文机关|成文日期|发布日期|公开日期|发文字号|有效性|标题|文号|主题词|份号|密级|签发人|来源|时间|浏览|字体|紧急程度)[ \t]*[::\t])"
)
BREAK = re.compile(r"\s*\n\s*|(?<=[^\x00-\xff])[ \t\u3000]+|[ \t\u3000]+(?=[^\x00-\xff])")
MATTER = re.compile(
    r"关于.{2,}|.{2,}(?:办法|规定|细则|条例|规划|方案|决算|预算|名单|目录|指南|预案|章程|清单|公报|公告|通告|纪要|报告|总结|要点|标准|公示)$"
)
ORGAN = (
    r"人民政府(?:办公室|办公厅)?|人民代表大会(?:常务委员会)?|管理委员会|管委会|街道办事处|办事处|委员会(?:办公室)?|领导小组(?:办公室)?|指挥部(?:办公室)?"
    r"|管理局|局|厅|办公室|办公厅|中心|支队|总队|大队|法院|检察院|大学|学院|学校|医院|委|署|部|院|办|公司"
)
AGENCY = re.compile(rf"[\u4e00-\u9fff()、]{{2,40}}?(?:{ORGAN})(?=$|关于|印发|转发|批转)")
SIGNED = re.compile(rf"(?:[\u4e00-\u9fff()]{{2,30}}(?:{ORGAN})[ \t]*)+")
HEADER = re.compile(r".{2,40}文件|")
SALUTATION = re.compile(r"[^。]{2,120}[::]$")
SENTENCE = re.compile(r"[^。]{8,400}?[。]")
KEYWORDS = re.compile(r"(?m:^[ \t]*(?:关键词|主题词|关键字)[ \t]*[::\t][ \t]*(.{2,80})$)")
EFFECT = re.compile(rf"自({DAY.pattern})起(?:施行|实施|执行|生效)")
END = re.compile(rf"(?:有效期(?:至|到|截至)|执行(?:至|到)|施行(?:至|到))({DAY.pattern})")
FROM_MAKING = re.compile(r"自(?:印发|发布|公布)之日起(?:施行|实施|执行|生效)")


@dataclass(frozen=True, slots=True)
class _Line:
    text: str
    start: int
    end: int


def derive(data: bytes, name: str) -> Derived:
    """Return what the file *data* says of itself.

    For files of unknown origin call it through :meth:`gongkai.core.extraction.guarding.Guard.call`.

    Raises:
        Unreadable: With a sentence that says why the file cannot be read.
    """
    return derive_document(open_document(data, name))


def derive_document(document: Document) -> Derived:
    """Return what a document that is open already says of itself."""
    matched = normal(document.text)
    finder = _Finder(document, matched)
    title = finder.title()
    made_on = finder.made_on()
    return Derived(
        document.text,
        title=title,
        document_number=finder.document_number(),
        made_on=made_on,
        issuer=finder.issuer(title),
        genre=_genre(title),
        summary=finder.summary(title),
        keywords=finder.keywords(title),
        effective_on=finder.effective_on(made_on),
        expires_on=finder.stated(END),
    )


class _Finder:
    def __init__(self, document: Document, matched: NormalText) -> None:
        self.document = document
        self.matched = matched
        self.text = matched.text
        self.lines = list(_lines(self.text))

    def document_number(self) -> Proposal[str] | None:
        """Return the number of the document itself: alone on its line or labelled, and above the words."""
        for line in self.lines:
            if line.start > HEAD:
                break
            match = NUMBER.search(line.text)
            if match is None:
                continue
            rest = line.text[: match.start()] + line.text[match.end() :]
            rest = re.sub(r"签发人.*|文 ?号|发文字号|字号|索引号|[:\t |]", "", rest)
            if len(rest) <= 2:
                start = line.start + match.start()
                code = match["code"].replace("文号", "").replace("字号", "")
                return self._at(
                    f"{code}〔{match[2]}〕{match[3]}号", start, line.start + match.end()
                )
        return None

    def title(self) -> Proposal[str] | None:
        """Return the title: the first lines that name a matter, put together."""
        for index, line in enumerate(self.lines):
            if line.start > HEAD:
                break
            if LABEL.match(line.text):
                labelled = re.match(
                    r"[ \t]*(?:标题|名称|信息名称)[ \t]*[:\t][ \t]*(.{4,})", line.text
                )
                if labelled:
                    start = line.start + labelled.start(1)
                    return self._said(start, line.start + labelled.end(1))
                continue
            lines = self._title_at(index)
            if lines:
                first = lines[0].start + len(lines[0].text) - len(lines[0].text.lstrip())
                return self._said(first, lines[-1].end)
        name = (self.document.title or "").strip()
        if MATTER.fullmatch(name) and len(name) <= TITLE_LONGEST:
            return Proposal(name, name)
        return None

    def _title_at(self, index: int) -> list[_Line]:
        """Return the lines of a title that begins here, or nothing."""
        taken: list[_Line] = []
        for line in self.lines[index : index + TITLE_LINES]:
            text = line.text.strip()
            if (
                HEADER.fullmatch(text)
                or text.endswith(("。", ":", ";", ","))
                or NUMBER.fullmatch(text)
                or LABEL.match(text)
            ):
                break
            if taken and (line.start > taken[-1].end + 1 or DAY.fullmatch(text.strip("()"))):
                break
            taken.append(line)
            words = re.sub(r"\s+", "", "".join(each.text for each in taken))
            if len(words) > TITLE_LONGEST:
                return []
            if _is_whole_title(words):
                following = (
                    self.lines[index + len(taken)].text.strip()
                    if index + len(taken) < len(self.lines)
                    else ""
                )
                if not _goes_on(words, following):
                    return taken
        return []

    def made_on(self) -> Proposal[date] | None:
        """Return the day below the words, under the issuer; else the one in brackets under the title or labelled."""
        for index in range(len(self.lines) - 1, -1, -1):
            line = self.lines[index]
            match = DAY.fullmatch(line.text.strip())
            if match and index > 2 and (day := day_of(match)):
                return self._at(day, line.start, line.end)
        for line in self.lines:
            if line.start > 2 * HEAD:
                break
            found = re.match(
                rf"[ \t]*(?:成文日期|发文日期|制发日期)[ \t]*[:\t ]+[ \t]*({DAY.pattern})",
                line.text,
            ) or re.match(rf"[ \t]*\(({DAY.pattern})(?:[^()]{{0,30}})?\)[ \t]*$", line.text)
            if found and (match := DAY.search(line.text)) and (day := day_of(match)):
                return self._at(day, line.start + match.start(), line.start + match.end())
        return None

    def issuer(self, title: Proposal[str] | None) -> Proposal[str] | None:
        """Return who signed it above the day; else whose name stands before 关于 in the title."""
        for index in range(len(self.lines) - 1, 0, -1):
            if not DAY.fullmatch(self.lines[index].text.strip()):
                continue
            above = self.lines[index - 1]
            words = above.text.strip()
            if SIGNED.fullmatch(words):
                start = above.start + len(above.text) - len(above.text.lstrip())
                said = self._said(start, above.end)
                joined = "、".join(said.text.split())
                return Proposal(joined, said.text, said.at, said.page)
            break
        if title and title.at and (found := AGENCY.match(normal(title.value).text)):
            # the words of the title stand in the text with breaks between them
            return Proposal(title.value[: found.end()], title.text, title.at, title.page)
        return None

    def summary(self, title: Proposal[str] | None) -> Proposal[str] | None:
        """Return the first sentence below the title."""
        if title is None or title.at is None:
            return None  # what comes first is then as likely the frame of a page
        begin = self.matched.offset(title.at.end)
        for line in self.lines:
            if line.start < begin or not line.text.strip() or LABEL.match(line.text):
                continue
            if SALUTATION.fullmatch(line.text.strip()) or NUMBER.fullmatch(line.text.strip()):
                continue
            start = line.start + len(line.text) - len(line.text.lstrip())
            match = SENTENCE.match(self.text, start)
            if match is None or match.end() - start > SUMMARY_LONGEST:
                return None
            if not re.search(r":[ \t]*\n", match.group()):  # else a salutation of several lines
                return self._said(start, match.end())
        return None

    def keywords(self, title: Proposal[str] | None) -> Proposal[tuple[str, ...]] | None:
        """Return the keywords that the document lists; else the matters that its title names."""
        if match := KEYWORDS.search(self.text):
            words = tuple(dict.fromkeys(filter(None, re.split(r"[ \t;,、]+", match[1].strip()))))
            return self._at(words[:8], match.start(1), match.end(1))
        if title is None or "关于" not in title.value:
            return None
        matter = normal(title.value).text.partition("关于")[2]
        matter = re.sub(r"\([^()]{1,12}\)$", "", matter)
        matter = re.sub(rf"的?(?:{'|'.join(_labels())})$", "", matter)
        quoted = re.findall(r"《([^《》]{3,30})》", matter)
        matter = re.sub(
            r"^(?:印发|转发|公布|发布|修订|修改|废止|做好|开展|加强|进一步|切实|调整|同意|实施|贯彻落实|推进)+",
            "",
            matter,
        )
        pieces = quoted or [p for p in re.split(r"[、和与及]|有关|工作", matter) if p]
        words = tuple(dict.fromkeys(p for p in pieces if 2 <= len(p) <= 16 and p in title.value))
        return Proposal(words[:5], title.text, title.at, title.page) if words else None

    def effective_on(self, made_on: Proposal[date] | None) -> Proposal[date] | None:
        """Return the day it takes effect: the one it names, or that of its making where it says so."""
        if found := self.stated(EFFECT):
            return found
        match = FROM_MAKING.search(self.text)
        if match and made_on:
            return self._at(made_on.value, match.start(), match.end())
        return None

    def stated(self, pattern: re.Pattern[str]) -> Proposal[date] | None:
        """Return the last day that *pattern* finds stated."""
        for match in reversed(list(pattern.finditer(self.text))):
            if (inside := DAY.search(match.group())) and (day := day_of(inside)):
                return self._at(day, match.start(), match.end())
        return None

    def _at(self, value: T, start: int, end: int) -> Proposal[T]:
        at = self.matched.span(start, end)
        words = self.document.text[at.start : at.end]
        return Proposal(value, words, at, self.document.page_at(at.start))

    def _said(self, start: int, end: int) -> Proposal[str]:
        """Return the words there as they are printed, on one line."""
        at = self.matched.span(start, end)
        words = self.document.text[at.start : at.end]
        return Proposal(BREAK.sub("", words).strip(), words, at, self.document.page_at(at.start))


def _lines(text: str) -> Iterator[_Line]:
    for match in re.finditer(r"[^\n]+", text):
        if match.group().strip():
            yield _Line(match.group(), match.start(), match.end())


@cache
def _labels() -> tuple[str, ...]:
    """Return the genres as titles end with them, longer ones first."""
    labels = [
        part for genre in genres().values() for part in re.split(r"[()（）]", genre.label) if part
    ]
    return tuple(sorted(labels, key=len, reverse=True))


def _genre(title: Proposal[str] | None) -> Proposal[str] | None:
    """Return the genre that the title ends with; a plan or a measure has none of the fifteen."""
    if title is None:
        return None
    words = re.sub(r"[（(][^（()）]{1,12}[)）]$", "", title.value)
    for key, genre in genres().items():
        for label in filter(None, re.split(r"[()（）]", genre.label)):
            if words.endswith(label):
                return Proposal(key, title.text, title.at, title.page)
    return None


def _is_whole_title(words: str) -> bool:
    bare = re.sub(r"\([^()]{1,12}\)$", "", words)
    if not len(bare) >= 6 or not MATTER.search(bare):
        return False
    return bare.endswith(_labels()) or bool(MATTER.fullmatch(bare) and "关于" not in bare)


def _goes_on(words: str, following: str) -> bool:
    """Whether the next line belongs to the title: its words end within a book title, or the genre follows."""
    if words.count("《") > words.count("》"):
        return True
    return following in {f"的{label}" for label in _labels()} | set(_labels())
