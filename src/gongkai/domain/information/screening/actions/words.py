"""An office changes its word list."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db import transaction

from gongkai.core.extraction.normal import normal
from gongkai.core.screening import starter_words
from gongkai.domain.information.screening.errors import BadWord, TooManyWords
from gongkai.domain.information.screening.events import WORDS
from gongkai.domain.information.screening.models import ListedWord
from gongkai.domain.organisations.models import Organisation
from gongkai.foundation.permissions import Reader
from gongkai.foundation.trail import record

ACT = "screening.words"
MOST = 5_000
SHORTEST, LONGEST = 2, 40


@dataclass(frozen=True, slots=True)
class Entry:
    """A word as it is to stand on the list."""

    word: str
    right: str = ""
    kind: str = ListedWord.Kind.TYPO
    unless: str = ""
    since: date | None = None
    until: date | None = None


def sound(entry: Entry) -> Entry:
    """Return *entry* as it is kept: the word half-width and simplified, as texts are looked at.

    Raises:
        BadWord: With why.
    """
    word = normal(entry.word.strip()).text.strip()
    right, unless = entry.right.strip(), " ".join(entry.unless.replace("、", " ").split())
    if not SHORTEST <= len(word) <= LONGEST:
        raise BadWord(why=f"词语要有 {SHORTEST} 到 {LONGEST} 个字：“{entry.word[:50]}”。")
    if entry.kind not in ListedWord.Kind.values:
        raise BadWord(why=f"“{word}”的类别不对。可以是{'、'.join(ListedWord.Kind.labels)}。")
    if len(right) > 80 or len(unless) > 200:
        raise BadWord(why=f"“{word}”的正确写法或例外太长。")
    if right == word:
        raise BadWord(why=f"“{word}”的正确写法与它相同。")
    if entry.since and entry.until and entry.until <= entry.since:
        raise BadWord(why=f"“{word}”的止日要晚于起日。")
    if entry.kind == ListedWord.Kind.OFF and word not in starter_words().words:
        raise BadWord(why=f"“{word}”不在通用词表里，不用关闭。")
    return Entry(word, right, entry.kind, unless, entry.since, entry.until)


def put_words(organisation: Organisation, entries: Iterable[Entry], *, by: Reader) -> int:
    """Put *entries* on the list of *organisation*; a word that is there already is changed. Return how many.

    Raises:
        NotAllowed: The post does not allow it.
        BadWord: One of them cannot be looked for; nothing is changed.
        TooManyWords: The list would be too long.
    """
    path = str(organisation.path)
    by.must(ACT, path)
    told = {entry.word: entry for entry in map(sound, entries)}
    with transaction.atomic():
        before = ListedWord.objects.filter(organisation=organisation)
        count = before.exclude(word__in=told).count() + len(told)
        if count > MOST:
            raise TooManyWords(most=MOST, count=count)
        ListedWord.objects.bulk_create(
            [
                ListedWord(
                    organisation=organisation,
                    word=entry.word,
                    right=entry.right,
                    kind=entry.kind,
                    unless=entry.unless,
                    since=entry.since,
                    until=entry.until,
                    by=by.user,
                )
                for entry in told.values()
            ],
            update_conflicts=True,
            unique_fields=["organisation", "word"],
            update_fields=["right", "kind", "unless", "since", "until", "by", "at"],
        )
        _note(organisation, by, put=list(told))
    return len(told)


def drop_words(organisation: Organisation, words: Sequence[str], *, by: Reader) -> int:
    """Take *words* off the list of *organisation*; return how many were on it.

    Raises:
        NotAllowed: The post does not allow it.
    """
    by.must(ACT, str(organisation.path))
    with transaction.atomic():
        found = ListedWord.objects.filter(organisation=organisation, word__in=words)
        gone = list(found.values_list("word", flat=True))
        found.delete()
        if gone:
            _note(organisation, by, dropped=gone)
    return len(gone)


def _note(organisation: Organisation, by: Reader, **words: list[str]) -> None:
    record(
        WORDS,
        by=by,
        act=ACT,
        path=str(organisation.path),
        on=organisation,
        after=words,
        facts={what: [len(told), told[:20]] for what, told in words.items()},
    )
