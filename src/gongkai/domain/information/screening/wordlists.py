"""The words that are looked for in what an organisation publishes."""

from functools import lru_cache

from gongkai.core.screening import Word, WordList, starter_words
from gongkai.domain.information.screening.models import ListedWord
from gongkai.domain.organisations.models import Organisation


def words_for(organisation: Organisation) -> WordList:
    """Return the list that comes with the platform with the organisation's own and those above it; one query.

    Where two lists know a word, the nearer one counts. The same words give the same object, so that what was
    found with it can be remembered.
    """
    rows = (
        ListedWord.objects.in_force()
        .over(str(organisation.path), Organisation.steplen)
        .order_by("organisation__path", "word")
        .values_list("word", "right", "kind", "unless")
    )
    return _made(tuple(rows))


def own_words(words: WordList) -> WordList:
    """Return what *words* has beyond the list that comes with the platform."""
    return _beyond(words)


@lru_cache(maxsize=64)
def _made(rows: tuple[tuple[str, str, str, str], ...]) -> WordList:
    known = dict(starter_words().words)
    for word, right, kind, unless in rows:
        if kind == ListedWord.Kind.OFF:
            known.pop(word, None)
        else:
            known[word] = Word(word, right, kind, tuple(unless.split()))  # type: ignore[arg-type]  # a choice
    return WordList(known.values())


@lru_cache(maxsize=64)
def _beyond(words: WordList) -> WordList:
    starter = starter_words().words
    return WordList(word for key, word in words.words.items() if starter.get(key) != word)
