"""What the pre-check finds in an item, and how each finding was answered."""

import hashlib
import hmac
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from gongkai.core.extraction.document import Span
from gongkai.core.screening import Hit, Treatment, WordList, rules, starter_words
from gongkai.core.screening.fragment import Fragment
from gongkai.core.screening.hits import Where
from gongkai.core.screening.rules import ScreeningRule
from gongkai.core.screening.words import Word
from gongkai.core.titles import quoted
from gongkai.core.treating import Chosen, treatments_in
from gongkai.domain.information.models import Item
from gongkai.domain.information.screening.looking import (
    around,
    hits_in,
    own_words_in_file,
    sentence_in_file,
)
from gongkai.domain.information.screening.models import Kept, Salt
from gongkai.domain.information.screening.wordlists import words_for
from gongkai.foundation import clock
from gongkai.foundation.attachments.models import StoredFile

FIELDS = {
    "title": "标题",
    "body": "正文",
    "summary": "内容概述",
    "keywords": "关键词",
    "document_number": "文号",
    "source": "信息来源",
}
"""What the public reads; why something is not open is internal and not looked at."""
UNREAD = "file.unread"
UNREAD_REASON = "没有自动查过的内容要由人逐页看。看过后写明谁看的、结论是什么，再保留。"
CLEANED_PARTS = frozenset({"文件属性", "图片信息"})
"""Parts of a file that the copy for the public has no more once it is cleaned, whatever stands in them."""
CLEANED = "公开的副本里已自动清除。"
PAPER = "pdf"
EXAMPLES = 3
"""Places that are shown of what a file has many times."""
Key = Callable[[str, Iterable[str]], str]
ORDER = {"block": 0, "ask": 1, "note": 2}


@dataclass(frozen=True, slots=True)
class Shown:
    """A place in its sentence.

    Attributes:
        where: The place in words.
    """

    text: str
    where: str = ""
    before: str = ""
    after: str = ""


@dataclass(frozen=True, slots=True)
class Finding:
    """What was found, once in a text, or all of a kind in one file.

    Attributes:
        place: Where, in words.
        field: The field of the item; empty for what is inside a file.
        span: Where it stands in the text of the field.
        key: What tells it from any other, until it or its sentence changes. It says nothing to whoever does
            not know what was found.
        shown: The places, of many the first.
        count: How many places there are.
        settled: Why nothing needs to be done about it any more.
        kept: Why somebody lets it stand.
        stored: Key of the attachment that it is inside of; 0 for what is not, and for pictures in the text.
        kind: The kind of that attachment, such as ``docx``.
        word: The word of the office's own list that was found in it.
    """

    rule: str
    title: str
    severity: str
    message: str
    reason: str
    source: str
    place: str
    key: str
    shown: tuple[Shown, ...]
    treatments: tuple[Treatment, ...] = ()
    proposal: str | None = None
    field: str = ""
    span: Span | None = None
    count: int = 1
    settled: str = ""
    kept: Kept | None = None
    stored: int = 0
    kind: str = ""
    word: Word | None = None

    @property
    def is_open(self) -> bool:
        """Tell whether it stands in the way of the review."""
        return self.severity != "note" and self.kept is None and not self.settled

    @property
    def blocks(self) -> bool:
        """Tell whether only those who answer for secrecy may let it stand."""
        return self.severity == "block"

    def may(self, treatment: str) -> bool:
        """Tell whether *treatment* can be done by a button here."""
        if treatment == Treatment.KEEP:
            return Treatment.KEEP in self.treatments
        if self.stored:
            return treatment in treatments_in(self.kind, self.rule)
        return bool(self.field) and treatment in {str(one) for one in self.treatments}

    @property
    def can_mask(self) -> bool:
        """Tell whether there is something to put in its place by one press."""
        return (
            self.may(Treatment.MASK) or self.may(Treatment.REPLACE)
        ) and self.proposal is not None

    @property
    def chosen_to_mask(self) -> Chosen:
        """What is to be done in its file when it is masked."""
        return Chosen(self.rule, "mask", self.word)

    @property
    def chosen_to_remove(self) -> Chosen:
        """What is to be done in its file when it is removed."""
        return Chosen(self.rule, "remove", self.word)

    @property
    def is_on_paper(self) -> bool:
        """Tell whether masking it makes the pages of its file anew."""
        return self.kind == PAPER

    @property
    def can_remove(self) -> bool:
        """Tell whether it can be deleted by one press."""
        return self.may(Treatment.REMOVE)

    @property
    def can_keep(self) -> bool:
        """Tell whether a reason may let it stand."""
        return self.may(Treatment.KEEP)


def findings(content: Item) -> tuple[Finding, ...]:
    """Return what is found in *content*, an item as it would be published, with the answers.

    The most serious come first, and among those what is unanswered. A constant number of queries; texts are
    looked at again only where they changed, files never: what was found when they came is what counts.
    """
    today = clock.today()
    words = words_for(content.organisation)
    kept = {one.finding: one for one in Kept.objects.filter(item=content.pk).select_related("by")}
    key = _keys()
    found = [*_in_texts(content, words, today, key), *_in_files(content, words, today, key)]
    answered = [replace(one, kept=kept.get(one.key)) for one in found]
    return tuple(sorted(answered, key=lambda one: (ORDER[one.severity], not one.is_open)))


def unanswered(content: Item) -> list[Finding]:
    """Return what stands in the way of the review."""
    return [finding for finding in findings(content) if finding.is_open]


def text_of(content: Item, field: str) -> str:
    """Return the text of *field* as the rules look at it."""
    written = str(getattr(content, field) or "")
    return Fragment(written).text if field == "body" else written


def _in_texts(content: Item, words: WordList, today: date, key: Key) -> Iterator[Finding]:
    for field, label in FIELDS.items():
        text = text_of(content, field)
        for span, hit in hits_in(text, words, today):
            paragraph = sum(1 for line in text[: span.start + 1].split("\n") if line.strip())
            place = f"{label}第 {paragraph} 段" if field == "body" else label
            before, after = around(text, span)
            yield replace(
                _of(hit, place, key(hit.rule, [field, before, hit.text, after])),
                shown=(Shown(hit.text, "", before, after),),
                field=field,
                span=span,
            )


def _of(hit: Hit, place: str, key: str) -> Finding:
    return Finding(
        rule=hit.rule,
        title=hit.of.title,
        severity=hit.severity,
        message=hit.message,
        reason=hit.of.reason,
        source=str(hit.of.source or ""),
        place=place,
        key=key,
        shown=(Shown(hit.text),),
        treatments=hit.treatments,
        proposal=hit.proposal,
    )


def _in_files(content: Item, words: WordList, today: date, key: Key) -> Iterator[Finding]:
    files = list(content.files.all())
    stored = StoredFile.objects.in_bulk([file.stored_id for file in files])
    for file in files:
        for span, hit in () if file.in_text else hits_in(file.title, words, today):
            before, after = around(file.title, span)
            named = _of(hit, "附件名称", key(hit.rule, ["file", before, hit.text, after]))
            yield replace(named, shown=(Shown(hit.text, "", before, after),))
        kept = stored.get(file.stored_id)
        if kept is not None and kept.screening and kept.state != StoredFile.State.WAITING:
            place = "正文里的图片" if file.in_text else f"附件{quoted(file.title)}"
            for one in _in_file(kept, place, words, key):
                # a picture in the text is known there by its bytes, so others cannot take their place
                yield one if file.in_text else replace(one, stored=kept.pk, kind=kept.kind)


def _in_file(stored: StoredFile, place: str, words: WordList, key: Key) -> Iterator[Finding]:
    by_rule: dict[str, list[Mapping[str, Any]]] = {}
    for hit in stored.screening.get("hits", ()):
        if hit["rule"] in rules() and not _is_off(hit, words):
            by_rule.setdefault(hit["rule"], []).append(hit)
    for word, count in own_words_in_file(stored.digest, words):
        found = Hit(f"words.{word.kind}", word.word, f"“{word.word}”", proposal=word.right or None)
        one = _of(found, place, key(found.rule, [stored.digest, word.word]))
        yield replace(one, count=count, shown=(_shown(stored.digest, word.word),), word=word)
    for identifier, hits in by_rule.items():
        yield _of_many(identifier, hits, stored, place, key(identifier, [stored.digest]))
    for problem in stored.screening.get("problems", ()):
        yield Finding(
            rule=UNREAD,
            title="没有能自动预检",
            severity="ask",
            message=str(problem),
            reason=UNREAD_REASON,
            source="",
            place=place,
            key=key(UNREAD, [stored.digest, str(problem)]),
            shown=(),
            treatments=(Treatment.KEEP,),
        )


def _of_many(
    identifier: str,
    hits: Sequence[Mapping[str, Any]],
    stored: StoredFile,
    place: str,
    key: str,
) -> Finding:
    """Return one finding for all *hits* of a rule in a file: nobody answers a thousand lines one by one."""
    rule = rules()[identifier]
    told = list(dict.fromkeys(str(hit["message"]) for hit in hits))
    places = dict.fromkeys((str(hit["text"]), _where(hit)) for hit in hits)
    return Finding(
        rule=identifier,
        title=rule.title,
        severity=rule.severity,
        message="；".join(told[:EXAMPLES]) + ("……" if len(told) > EXAMPLES else ""),
        reason=rule.reason,
        source=str(rule.source or ""),
        place=place,
        key=key,
        shown=tuple(_shown(stored.digest, *place) for place in list(places)[:EXAMPLES]),
        treatments=rule.treatments,
        proposal=next((str(hit["proposal"]) for hit in hits if hit["proposal"] is not None), None),
        count=len(hits),
        settled=CLEANED if stored.is_cleaned and _is_cleaned(rule, hits) else "",
    )


def _is_cleaned(rule: ScreeningRule, hits: Sequence[Mapping[str, Any]]) -> bool:
    """Whether cleaning takes all *hits* away: by their rule, or by where they stand."""
    return bool(rule.parameters.get("cleaned")) or all(hit["part"] in CLEANED_PARTS for hit in hits)


def _where(hit: Mapping[str, Any]) -> str:
    return str(Where(hit["part"] or "", hit["page"], hit["sheet"], hit["cell"]))


def _shown(digest: str, words: str, where: str = "") -> Shown:
    before, after = sentence_in_file(digest, words)
    return Shown(words[:200], where, before, after)


def _is_off(hit: Mapping[str, Any], words: WordList) -> bool:
    """Whether a word that a file was looked through for is not looked for here, or another way."""
    if not str(hit["rule"]).startswith("words."):
        return False
    return words.words.get(hit["text"]) != starter_words().words.get(hit["text"])


def _keys() -> Key:
    """Return what makes fingerprints that nobody can guess a number from; they depend on nothing but what was found.

    One query.
    """
    salt = Salt.current().encode()

    def key(identifier: str, told: Iterable[str]) -> str:
        said = "\x1f".join((identifier, *told)).encode()
        return hmac.new(salt, said, hashlib.sha256).hexdigest()[:40]

    return key
