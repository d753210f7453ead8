"""Words: the same cut for what is indexed and what is asked."""

import re
from functools import cache

import rjieba
import yaml

from gongkai.foundation.search.folding import fold
from gongkai.law import LAW

LONGEST = 40
"""Characters of a word; what is longer is no word, and its beginning will do."""
PARTS = re.compile(r"[^\W_]+")
BETWEEN = re.compile(r"[\W_]+")
LONG = re.compile(r"([a-z0-9]{40})[a-z0-9]+")
FILLING = frozenset(
    "的 了 和 与 及 或 在 是 对 为 等 吗 呢 年 月 日 号 第 怎么 怎样 如何 什么 哪些 哪里 多少 请问 关于 有关".split()  # noqa: SIM905  # a list of thirty lines reads worse
)
"""Words that carry nothing when others stand beside them."""
SUFFIXES = frozenset("省市县区乡镇村局厅部委办处科所站院校馆会费法证券员厂路街桥湖河")
"""Characters that belong to the word before them."""
WHOLE = range(3, 6)
"""Lengths of the words of ``law/search`` that are kept whole."""


@cache
def _cutter() -> rjieba.Jieba:
    """Return the cutter, which also knows the words of the field."""
    cutter = rjieba.Jieba()
    for word in field_words():
        falls_apart = any(_is_single(part) for part in cutter.cut(word, False))
        if len(word) in WHOLE and falls_apart:
            cutter.add_word(word, 10_000, "n")
    return cutter


@cache
def field_words() -> tuple[str, ...]:
    """Return the words of ``law/search``, folded."""
    told = yaml.safe_load((LAW / "search" / "synonyms.yaml").read_text(encoding="utf-8"))
    return tuple(fold(word) for groups in told.values() for group in groups for word in group)


def is_han(character: str) -> bool:
    """Tell whether *character* is a Chinese one."""
    return "\u3400" <= character <= "\u9fff" or "\U00020000" <= character <= "\U0003ffff"


def words(text: str) -> list[str]:
    """Return the words of *text* in order; a long word is preceded by the shorter ones inside it.

    Unknown characters stay single (no guessing by context), so that a name is cut alike wherever it stands.
    """
    return [w for w in _cutter().cut_for_search(_bare(text), False) if w[0] != " "]


def needed(term: str) -> tuple[tuple[str, ...], ...]:
    """Return what a document must have to match *term*: words, and phrases of words in a row.

    A long word gives way to the shorter words that it is put together from, 医疗保险 to 医疗 and 保险. A
    single character says little by itself, so that it is wanted together with its neighbour.
    """
    cut = _whole(term)
    telling = [word for word in cut if word not in FILLING] or cut
    parts: list[str] = []
    ahead = ""
    for word in telling:
        if not _is_single(word):
            parts.append(ahead + word)
            ahead = ""
        elif parts and not ahead and word in SUFFIXES:
            parts[-1] += word
        else:
            ahead += word
    if ahead:
        parts.append(parts.pop() + ahead if parts else ahead)
    return tuple(dict.fromkeys(part for text in parts for part in _parts_of(text)))


def _is_single(word: str) -> bool:
    return len(word) == 1 and is_han(word)


def _parts_of(text: str) -> list[tuple[str, ...]]:
    if len(_whole(text)) > 1:
        return [tuple(words(text))]
    inside = [word for word in words(text) if word != text]
    return [(word,) for word in (inside if "".join(inside) == text else [text])]


def _bare(text: str) -> str:
    """Return *text* folded, with a space for whatever is no part of a word."""
    return LONG.sub(r"\1 ", BETWEEN.sub(" ", fold(text)))


def _whole(text: str) -> list[str]:
    """Return the words of *text* without the shorter ones inside them."""
    return [w for w in _cutter().cut(_bare(text), False) if w[0] != " "]


def characters(text: str) -> list[str]:
    """Return the single characters of *text*; letters and digits stay together as words."""
    found: list[str] = []
    for part in PARTS.findall(fold(text)):
        run = ""
        for character in part:
            if is_han(character):
                if run:
                    found.append(run[:LONGEST])
                    run = ""
                found.append(character)
            else:
                run += character
        if run:
            found.append(run[:LONGEST])
    return found
