"""Questions that anybody who reads Chinese answers, by eye or by ear."""

import secrets
import unicodedata
from dataclasses import dataclass

NUMERALS = "零一二三四五六七八九十"
WORDS = ("山水石木火", "东南西北中", "春夏秋冬年", "米面油盐茶", "红黄蓝白黑")
PLACES = "一二三四五"
_NUMBERS = {
    **{sign: str(i) for i, sign in enumerate(NUMERALS)},
    **{f"十{sign}": str(10 + i) for i, sign in enumerate(NUMERALS[1:10], 1)},
    "两": "2",
    "二十": "20",
}
_AROUND = "。．.,，!！?？等于是字“”\"' "


@dataclass(frozen=True, slots=True)
class Question:
    """A question and its answer, plain."""

    text: str
    answer: str


def question() -> Question:
    """Return a new one."""
    if secrets.randbelow(2):
        first, second = secrets.randbelow(9) + 1, secrets.randbelow(9) + 1
        text = f"{NUMERALS[first]}加{NUMERALS[second]}等于几？"
        return Question(text, str(first + second))
    word, place = secrets.choice(WORDS), secrets.randbelow(len(PLACES))
    return Question(f"“{'、'.join(word)}”，第{PLACES[place]}个字是什么？", word[place])


def plain(answer: str) -> str:
    """Return *answer* as it is compared: digits for numerals, without what stands around it."""
    told = unicodedata.normalize("NFKC", answer[:40]).strip(_AROUND)
    return _NUMBERS.get(told, told)
