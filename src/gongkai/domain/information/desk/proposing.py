"""What a file says of itself, proposed for the form: each value with its place, for a person to accept."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from html import escape
from itertools import groupby
from typing import Any, Final

from lxml import html

from gongkai.core import codes
from gongkai.core.cleaning import clean_html
from gongkai.core.deriving import Derived, derive_document
from gongkai.core.deriving import Proposal as Found
from gongkai.core.extraction.document import Document
from gongkai.core.extraction.sources.errors import Unreadable
from gongkai.domain.information.desk.as_public import pictures_of
from gongkai.domain.information.from_word import text_of_word
from gongkai.domain.information.models import Item
from gongkai.domain.information.pictures import Picture, named, pictures_in, placed
from gongkai.foundation.attachments.examining import EXAMINED_AT_ONCE
from gongkai.foundation.attachments.models import FileText, StoredFile
from gongkai.foundation.attachments.sizes import sized
from gongkai.foundation.permissions import Reader

READABLE: Final = frozenset({"docx", "pdf"})
LABELS: Final[Mapping[str, str]] = {
    "title": "标题",
    "document_number": "文号",
    "made_on": "成文日期",
    "issuer": "发文机关",
    "genre": "体裁",
    "effective_on": "生效日期",
    "expires_on": "失效日期",
    "keywords": "关键词",
    "summary": "内容概述",
    "body": "正文",
}
FIELDS: Final[Mapping[str, str]] = {"issuer": "source"}
"""Where a value goes whose field is called otherwise."""
LONGEST_SHOWN = 80
HEAD = 40
"""Paragraphs among which the title begins."""


@dataclass(frozen=True, slots=True)
class Proposal:
    """A value for a field.

    Attributes:
        name: The field of the form.
        value: As the form takes it.
        shown: As people read it.
        place: Where it was found.
        number: The key that accepts it, with Alt; 0 for none.
        note: What is left to do once it is accepted.
    """

    name: str
    label: str
    value: str
    shown: str
    place: str
    number: int = 0
    note: str = ""


def proposals_for(
    key: str, files: Sequence[Mapping[str, Any]], item: Item, *, by: Reader
) -> list[Proposal]:
    """Return what the file *key* of *files* proposes to *by* for *item*, but for what is so already."""
    stored = next((row["stored"] for row in files if str(row["key"]) == key), None)
    if stored is None or stored.kind not in READABLE:
        return []
    read = FileText.objects.filter(pk=stored.digest).first()
    if read is None or not read.text.strip():
        return []
    document = Document(
        file=stored.name, text=read.text, format=stored.kind, pages=tuple(read.pages)
    )
    told = _told(derive_document(document), stored, by, pictures_of(item))
    fresh = [one for one in told if named(one.value) != _now(item, one.name)]
    return [
        replace(p, number=number if number < 10 else 0)  # keys 1 to 9
        for number, p in enumerate(fresh, start=1)
    ]


def _now(item: Item, name: str) -> str:
    return str(getattr(item, name) or "")


def _told(derived: Derived, stored: StoredFile, by: Reader, folder: str) -> Iterator[Proposal]:
    found = derived.proposals()
    for name, label in LABELS.items():
        if name == "body" and stored.kind == "docx":
            body, lost = _body(derived, stored, by)
            if body:
                words = f"{len(derived.text)} 字，可以在编辑框里再改"
                note = "；".join(_of_pictures(pictures_in(body), lost))
                value = placed(body, folder)
                yield Proposal(name, label, value, words, "标题以下的全文", note=note)
        elif name in found:
            value, shown = _in_form(name, found[name].value)
            place = _place(found[name], derived.text)
            yield Proposal(FIELDS.get(name, name), label, value, shown, place)


def _in_form(name: str, value: Any) -> tuple[str, str]:
    if name == "genre":
        return value, codes.genres()[value].label
    if name == "keywords":
        words = " ".join(value)
        return words, "、".join(value)
    if name == "expires_on":
        # 有效期至 names the last day in force, the field the first day that no longer is
        over = value + timedelta(days=1)
        return over.isoformat(), f"{_day(over)}（有效期至{_day(value)}）"
    if hasattr(value, "isoformat"):
        return value.isoformat(), _day(value)
    return str(value), str(value)


def _day(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"


def _place(found: Found[Any], text: str) -> str:
    page = f"第 {found.page} 页，" if found.page else ""
    if found.at is None:
        return f"{page}文件属性"
    words = " ".join(found.text.split())
    if len(words) > LONGEST_SHOWN:
        words = f"{words[:LONGEST_SHOWN]}…"
    paragraph = text.count("\n", 0, found.at.start) + 1
    return f"{page}第 {paragraph} 段：“{words}”"


def _of_pictures(pictures: Sequence[Picture], lost: int) -> Iterator[str]:
    """Yield what is to be known of the pictures of a Word file."""
    if pictures:
        untold = sum(not picture.alt for picture in pictures)
        todo = f"，其中 {untold} 张还没有说明，采用后双击图片填写" if untold else ""
        yield f"{len(pictures)} 张图片随正文带来{todo}"
    if lost:
        yield (
            f"{lost} 张图片没有带来（网页显示不了的格式，或者超过 {sized(EXAMINED_AT_ONCE)}），"
            "请另存为 PNG 或 JPEG，再用“图片”按钮插入"
        )


def _body(derived: Derived, stored: StoredFile, by: Reader) -> tuple[str, int]:
    """Return what stands below the title as clean HTML, and how many pictures are missing in it.

    The text alone, where the file gives no more.
    """
    try:
        written = text_of_word(stored, by=by)
    except (Unreadable, OSError):
        return _plain_body(derived), 0
    title = derived.title
    start = derived.text[title.at.start : title.at.end] if title and title.at else ""
    number = derived.document_number
    written_so = (number.value, number.text) if number else ()
    return _below(written.html, start, written_so), written.lost


def _below(whole: str, title: str, number: tuple[str, ...]) -> str:
    """Return what of *whole*, clean HTML, stands below *title*, which may go over several paragraphs.

    The *number* of the document, in either writing, goes, too, where it stands right below: every page has it there.
    """
    blocks = html.fragments_fromstring(whole) if whole else []
    told = [_bare(b if isinstance(b, str) else "".join(b.itertext())) for b in blocks]
    wanted, above = _bare(title), 0
    for first in range(min(len(told), HEAD)):
        written, last = "", first
        while last < len(told) and wanted.startswith(written + told[last]) and written != wanted:
            written += told[last]
            last += 1
        if wanted and written == wanted:
            above = last
            break
    if above < len(told) and told[above] in {_bare(each) for each in number if each}:
        above += 1
    left = (
        block if isinstance(block, str) else html.tostring(block, encoding="unicode")
        for block in blocks[above:]
    )
    return clean_html("".join(left)).html


def _bare(text: str) -> str:
    return "".join(text.split())


def _plain_body(derived: Derived) -> str:
    """Return what stands below the title as HTML: a paragraph each, rows with tabs as tables."""
    start = derived.title.at.end if derived.title and derived.title.at else 0
    lines = [line.strip(" \u3000\r") for line in derived.text[start:].split("\n")]
    parts = []
    for is_table, group in groupby(
        (line for line in lines if line.strip()), lambda line: "\t" in line
    ):
        if is_table:
            rows = (line.split("\t") for line in group)
            cells = ("".join(f"<td>{escape(cell.strip())}</td>" for cell in row) for row in rows)
            parts.append(f"<table>{''.join(f'<tr>{row}</tr>' for row in cells)}</table>")
        else:
            parts += [f"<p>{escape(line)}</p>" for line in group]
    return "".join(parts)
