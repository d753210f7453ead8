"""What a file says of itself, proposed for the form: each value with its place, for a person to accept."""

import zipfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from html import escape
from itertools import groupby
from typing import Any, Final

from gongkai.core import codes
from gongkai.core.deriving import Derived, derive_document
from gongkai.core.deriving import Proposal as Found
from gongkai.core.extraction.document import Document
from gongkai.domain.information.models import Item
from gongkai.foundation.attachments.models import FileText, StoredFile

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


@dataclass(frozen=True, slots=True)
class Proposal:
    """A value for a field.

    Attributes:
        name: The field of the form.
        value: As the form takes it.
        shown: As people read it.
        place: Where it was found.
        number: The key that accepts it, with Alt; 0 for none.
    """

    name: str
    label: str
    value: str
    shown: str
    place: str
    number: int = 0


def proposals_for(key: str, files: Sequence[Mapping[str, Any]], item: Item) -> list[Proposal]:
    """Return what the file *key* of *files* proposes for *item*, but for what is so already."""
    stored = next((row["stored"] for row in files if str(row["key"]) == key), None)
    if stored is None or stored.kind not in READABLE:
        return []
    read = FileText.objects.filter(pk=stored.digest).first()
    if read is None or not read.text.strip():
        return []
    document = Document(
        file=stored.name, text=read.text, format=stored.kind, pages=tuple(read.pages)
    )
    told = _told(derive_document(document), stored)
    fresh = [one for one in told if one.value != _now(item, one.name)]
    return [
        Proposal(
            p.name, p.label, p.value, p.shown, p.place, number if number < 10 else 0
        )  # keys 1 to 9
        for number, p in enumerate(fresh, start=1)
    ]


def _now(item: Item, name: str) -> str:
    return str(getattr(item, name) or "")


def _told(derived: Derived, stored: StoredFile) -> Iterator[Proposal]:
    found = derived.proposals()
    for name, label in LABELS.items():
        if name == "body" and stored.kind == "docx":
            body = _body(derived)
            if body:
                shown = f"{len(derived.text)} 字，可以在编辑框里再改"
                if count := _pictures(stored):
                    shown += f"；文件里的 {count} 张图片没有带来，请从 Word 复制后粘贴到正文"
                yield Proposal(name, label, body, shown, "标题以下的全文")
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


def _pictures(stored: StoredFile) -> int:
    """Return how many pictures the Word file *stored* has."""
    try:
        with stored.open_original() as stream, zipfile.ZipFile(stream) as package:
            return sum(name.startswith("word/media/") for name in package.namelist())
    except (OSError, ValueError, zipfile.BadZipFile):
        return 0


def _body(derived: Derived) -> str:
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
