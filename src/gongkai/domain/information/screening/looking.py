"""Screening that remembers: of a text that is being written only what has changed is looked at again."""

import zlib
from collections.abc import Iterator
from datetime import date
from functools import lru_cache

from gongkai.core.extraction.document import Span
from gongkai.core.extraction.normal import normal
from gongkai.core.screening import Hit, Word, WordList, screen_text
from gongkai.domain.information.screening.wordlists import own_words
from gongkai.foundation.attachments.models import FileText

LOOK_BACK = 240
"""Characters before a stretch that rules may want to see."""
LONG, EVERY = 8_000, 16
REACH = 60


def hits_in(text: str, words: WordList, today: date) -> Iterator[tuple[Span, Hit]]:
    """Yield what is found in *text* with its place.

    The text is cut into stretches after lines that its own words choose, so that a change in one stretch leaves
    the others what they were; 300 thousand characters take a second where nothing is remembered.
    """
    for start, end in _stretches(text):
        back = min(start, LOOK_BACK)
        for hit in _seen(text[start - back : end], words, today):
            if hit.at is not None and hit.at.start >= back:
                yield Span(hit.at.start + start - back, hit.at.end + start - back), hit


def around(text: str, span: Span) -> tuple[str, str]:
    """Return what stands before and after *span* in its sentence, at most some sixty characters each."""
    low, high = max(0, span.start - REACH), min(len(text), span.end + REACH)
    before, after = text[low : span.start], text[span.end : high]
    cut = max(before.rfind(mark) for mark in "\n。；！？")
    ends = [place for mark in "\n。；！？" if (place := after.find(mark)) >= 0]
    before = before[cut + 1 :] if cut >= 0 else ("…" if low else "") + before
    if ends:
        place = min(ends)
        after = after[: place + (after[place] != "\n")]
    elif high < len(text):
        after += "…"
    return _plain(before).lstrip(), _plain(after).rstrip()


@lru_cache(maxsize=256)
def sentence_in_file(digest: str, words: str) -> tuple[str, str]:
    """Return what stands before and after *words* in the file of that SHA-256, where it can be found."""
    text = _text_of(digest)
    at = text.find(words) if words else -1
    return around(text, Span(at, at + len(words))) if at >= 0 else ("", "")


@lru_cache(maxsize=256)
def own_words_in_file(digest: str, words: WordList) -> tuple[tuple[Word, int], ...]:
    """Return the words of the office's own that the file of that SHA-256 has, with how often."""
    own = own_words(words)
    if not len(own):
        return ()
    counts: dict[Word, int] = {}
    for _, word in own.find(normal(_text_of(digest)).text):
        counts[word] = counts.get(word, 0) + 1
    return tuple(counts.items())


@lru_cache(maxsize=8)
def _text_of(digest: str) -> str:
    # the bytes under a digest never change, so what was read of them does not either
    found = FileText.objects.filter(pk=digest).values_list("text", flat=True).first()
    return found or ""


@lru_cache(maxsize=512)
def _seen(text: str, words: WordList, today: date) -> tuple[Hit, ...]:
    return screen_text(text, word_list=words, today=today)


def _stretches(text: str) -> Iterator[tuple[int, int]]:
    start = at = 0
    for line in text.splitlines(keepends=True):
        at += len(line)
        if at - start > LONG or zlib.crc32(line.encode("utf-8", "replace")) % EVERY == 0:
            yield start, at
            start = at
    if start < len(text):
        yield start, len(text)


def _plain(text: str) -> str:
    return text.replace("\t", " ")
