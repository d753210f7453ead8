"""What changed between two states of an item: fields before and after, the text word by word."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from difflib import SequenceMatcher
from html import unescape
from typing import Any, Literal

from django.db.models import TextChoices
from django.utils import timezone

from gongkai.core import codes
from gongkai.domain.information.models import Item, Kind, Publicity
from gongkai.domain.information.pictures import pictures_in
from gongkai.domain.review.models import Importance

LONGEST = 200_000
"""Characters of a text beyond which only whole paragraphs are compared."""
_BREAK = re.compile(r"(?i)<(?:/p|/div|/h[1-6]|/li|/tr|br\s*/?|/table|hr\s*/?|/figure)>")
_CELL = re.compile(r"(?i)</t[dh]>")
_SPOKEN = re.compile(r'<img src="[^"]*" alt="([^"]+)">')
_TAG = re.compile(r"<[^>]*>")
_WORD = re.compile(r"[A-Za-z0-9.%]+|[\u4e00-\u9fff]|\s+|.", re.DOTALL)
BESIDES = {"importance": "重要程度", "go_live_at": "定时公开", "expire_at": "定时下线"}
"""What is not signed, but decides who signs, and from when until when the public reads it."""
CHOSEN: dict[str, type[TextChoices]] = {
    "publicity": Publicity,
    "importance": Importance,
    "kind": Kind,
}
_KEEP = 2
"""Unchanged paragraphs shown on either side of a change."""

State = Literal["kept", "removed", "added"]


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text that was kept, removed or added."""

    state: State
    text: str


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph with what changed in it; ``skipped`` counts unchanged ones that are left out here."""

    pieces: tuple[Piece, ...] = ()
    skipped: int = 0


@dataclass(frozen=True, slots=True)
class Change:
    """A field before and after, in words."""

    label: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Differences:
    """All that changed from one state to another."""

    changes: tuple[Change, ...]
    paragraphs: tuple[Paragraph, ...]

    def __bool__(self) -> bool:
        return bool(self.changes or self.paragraphs)


def compare(before: Item, after: Item, *, files: bool = True) -> Differences:
    """Return what is another in *after*, the attachments too unless *files* is false; both may be old."""
    changes = [
        Change(label, told, now) for label, told, now in _fields(before, after) if told != now
    ]
    if files:
        told, now = (
            "；".join(file.title for file in _attachments(item)) for item in (before, after)
        )
        digests = [[f.digest for f in _attachments(i)] for i in (before, after)]
        if digests[0] != digests[1] and told == now:
            now = f"{now}（文件内容有改动）"
        if told != now:
            changes.append(Change("附件", told, now))
        changes += _pictures(before, after)
    return Differences(tuple(changes), tuple(_paragraphs(before.body, after.body)))


def _attachments(item: Item) -> list[Any]:
    files = [file for file in item.files.all() if not file.in_text]
    return sorted(files, key=lambda file: (file.sort_order or 0, file.pk or 0))


def _pictures(before: Item, after: Item) -> Iterator[Change]:
    """Yield what came and went among the pictures of the text; their words are compared with the text's."""
    old, new = ({p.name: p.alt for p in pictures_in(item.body)} for item in (before, after))
    gone = "；".join(_called(alt) for name, alt in old.items() if name not in new)
    came = "；".join(_called(alt) for name, alt in new.items() if name not in old)
    if gone or came:
        yield Change("正文里的图片", gone, came)


def _called(alt: str) -> str:
    return alt or "（没有说明的图片）"


def _fields(before: Item, after: Item) -> Iterator[tuple[str, str, str]]:
    for name in (*Item.CONTENT, *BESIDES):
        if name in {"body", "organisation_id"}:
            continue
        field: Any = Item._meta.get_field(name)
        told, now = (_words(name, getattr(item, name)) for item in (before, after))
        yield BESIDES.get(name) or str(field.verbose_name), told, now


def _words(name: str, value: Any) -> str:
    if value in {None, ""} and name != "kind":
        return ""
    if isinstance(value, datetime):
        return f"{timezone.localtime(value):%Y-%m-%d %H:%M}"
    if name in CHOSEN:
        return str(CHOSEN[name](value or "").label)
    if name == "ground" and (found := codes.exemptions().get(value)):
        return found.label
    return str(value)


def paragraphs_of(html: str) -> list[str]:
    """Return the text of *html*, a paragraph each; cells of a row stand in one, apart."""
    text = _BREAK.sub("\n", _CELL.sub("\t", _SPOKEN.sub(r"〔图：\1〕", html)))
    lines = unescape(_TAG.sub("", text)).split("\n")
    return [line for line in (" ".join(line.split()) for line in lines) if line]


def _paragraphs(before: str, after: str) -> Iterator[Paragraph]:
    if before == after:
        return
    old, new = paragraphs_of(before), paragraphs_of(after)
    if old == new:
        return
    fine = max(len(before), len(after)) <= LONGEST
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    for group in _groups(matcher.get_opcodes(), len(new)):
        if isinstance(group, int):
            yield Paragraph(skipped=group)
            continue
        tag, a, b, c, d = group
        if tag == "equal":
            for line in new[c:d]:
                yield Paragraph((Piece("kept", line),))
        elif tag == "replace" and fine:
            yield from _replaced(old[a:b], new[c:d])
        else:
            for line in old[a:b]:
                yield Paragraph((Piece("removed", line),))
            for line in new[c:d]:
                yield Paragraph((Piece("added", line),))


def _groups(opcodes: Sequence[Any], end: int) -> Iterator[Any]:
    """Yield the steps with long unchanged stretches cut to their edges, the rest as a number."""
    for tag, a, b, c, d in opcodes:
        if tag != "equal" or d - c <= 2 * _KEEP + 1:
            yield tag, a, b, c, d
            continue
        head = 0 if c == 0 else _KEEP
        tail = 0 if d == end else _KEEP
        if head:
            yield tag, a, a + head, c, c + head
        yield d - c - head - tail
        if tail:
            yield tag, b - tail, b, d - tail, d


def _replaced(old: Sequence[str], new: Sequence[str]) -> Iterator[Paragraph]:
    """Pair paragraphs that resemble each other; what has no partner went or came."""
    for number in range(max(len(old), len(new))):
        told = old[number] if number < len(old) else ""
        now = new[number] if number < len(new) else ""
        pieces = tuple(words(told, now))
        share = sum(len(p.text) for p in pieces if p.state == "kept") / max(len(told), len(now), 1)
        if told and now and share >= 0.3:  # less in common is another paragraph
            yield Paragraph(pieces)
            continue
        if told:
            yield Paragraph((Piece("removed", told),))
        if now:
            yield Paragraph((Piece("added", now),))


def words(before: str, after: str) -> Iterator[Piece]:
    """Yield the pieces that lead from *before* to *after*: characters, numbers and words at a time."""
    old, new = _WORD.findall(before), _WORD.findall(after)
    for tag, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal":
            yield Piece("kept", "".join(new[c:d]))
            continue
        if b > a:
            yield Piece("removed", "".join(old[a:b]))
        if d > c:
            yield Piece("added", "".join(new[c:d]))
