"""Words that are misspelt, out of date or out of place, by a list; the office's own beside ours."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Literal

from gongkai.core.screening.passage import Passage
from gongkai.core.screening.rules import enforces, groups, rule

Kind = Literal["typo", "outdated", "forbidden"]


@dataclass(frozen=True, slots=True)
class Word:
    """A word to look for.

    Attributes:
        right: What should stand there; empty where the sentence has to be written anew.
        unless: Longer words that contain it and are right.
    """

    word: str
    right: str = ""
    kind: Kind = "typo"
    unless: tuple[str, ...] = ()


class WordList:
    """Many words as one pattern, a tree of their letters, so that a long list costs no more than a short one."""

    def __init__(self, words: Iterable[Word]) -> None:
        self.words: Mapping[str, Word] = {word.word: word for word in words if word.word}
        self._pattern = re.compile(_tree(self.words)) if self.words else None

    def __len__(self) -> int:
        return len(self.words)

    def __add__(self, other: "WordList") -> "WordList":
        """Return both lists together; where both know a word, the other one's entry counts."""
        return WordList({**self.words, **other.words}.values())

    def find(self, text: str) -> Iterator[tuple[int, Word]]:
        """Yield where a word begins, and the word, the longest at each place."""
        if self._pattern is None:
            return
        for match in self._pattern.finditer(text):
            word = self.words[match.group()]
            if not any(_covers(text, match.start(), word.word, longer) for longer in word.unless):
                yield match.start(), word


def _covers(text: str, start: int, word: str, longer: str) -> bool:
    """Whether the *word* at *start* is part of the *longer* one."""
    offset = longer.find(word)
    return offset >= 0 and text.startswith(longer, start - offset) and start >= offset


def _tree(words: Iterable[str]) -> str:
    """Return a pattern that matches the longest of *words*, each letter asked once."""
    root: dict[str, dict] = {}  # type: ignore[type-arg]  # a tree of letters
    for word in words:
        node = root
        for letter in word:
            node = node.setdefault(letter, {})
        node[""] = {}

    def written(node: dict[str, dict]) -> str:  # type: ignore[type-arg]
        ends = "" in node
        branches = [re.escape(letter) + written(below) for letter, below in node.items() if letter]
        if not branches:
            return ""
        body = branches[0] if len(branches) == 1 and not ends else f"(?:{'|'.join(branches)})"
        return f"{body}?" if ends else body

    return written(root)


@cache
def starter_words() -> WordList:
    """Return the list of ``law/screening/words.yaml``."""
    group = groups()["words"]
    return WordList(
        Word(word, right, kind, group.unless.get(word, ()))  # type: ignore[arg-type]  # a schema says so
        for kind, entries in group.words.items()
        for word, right in entries.items()
    )


@enforces("words.typo", "words.outdated", "words.forbidden")
def misused(passage: Passage, words: WordList) -> None:
    """Report the words of the list."""
    for start, word in words.find(passage.text):
        told = f"，应为“{word.right}”" if word.right else "，请改写"
        told = told.replace("应为", "现为") if word.kind == "outdated" else told
        passage.report(
            rule(f"words.{word.kind}"),
            start,
            start + len(word.word),
            f"“{word.word}”{told}",
            word.right or None,
        )
