"""A document in a few words: its core sentence, and a text short enough for wherever it is to stand.

Nothing is invented: every sentence is one of the document's own, cut where a clause ends.

>>> gist("各县（市、区）人民政府：现将有关事项通知如下。自2026年1月1日起，高龄津贴提高到每月120元。", 40)
'自2026年1月1日起，高龄津贴提高到每月120元。'
"""

import re
from collections.abc import Iterator

from lxml import html

ENDS = re.compile(r"(?<=[。！？；])|\n")
CLAUSES = re.compile(r"(?<=[，、；：。！？])")
SALUTATION = re.compile(r"^[^。，]{2,60}[：:]$")
ROUTINE = (
    "通知如下",
    "公告如下",
    "通告如下",
    "如下意见",
    "印发给你们",
    "转发给你们",
    "认真贯彻",
    "遵照执行",
    "特此",
    "请结合实际",
    "抓好落实",
    "根据工作安排",
    "此复",
)
"""What documents say by habit, and what tells a reader nothing."""
GROUNDS = re.compile(r"^(?:为|根据|依据|按照|经)[^。]{0,80}(?:制定本|现将|现就|决定[：:]?$)")
TELLING = (
    (re.compile(r"自\d{4}年\d+月\d+日起|截至|\d+月\d+日前|有效期"), 4),
    (re.compile(r"提高|降低|补贴|补助|减免|取消|新增|停止|开放|调整为|不再|免费|标准"), 3),
    (re.compile(r"应当|可以|不得|必须"), 2),
    (re.compile(r"\d+(?:\.\d+)?(?:万|亿)?(?:元|%|户|人|公里|亩|个工作日)"), 2),
)
"""What makes a sentence worth telling, and how much."""
HEADING = re.compile(
    r"^(?:第?[一二三四五六七八九十百]+[、章条节]|[（(][一二三四五六七八九十]+[）)]|\d+[.．、])"
)
LATER = 0.15
"""What a sentence loses against the one before it: documents say the important first."""
SILENCE = -3
"""Below this a sentence is not worth its room."""
MORE = "……"


def plain(markup: str) -> str:
    """Return the text of clean HTML, one line a paragraph, item or cell row."""
    if not markup.strip():
        return ""
    tree = html.fragment_fromstring(markup, create_parent="div")
    for gone in tree.iter("script", "style", "figure", "img", "table"):
        gone.text = None
        gone[:] = []
    for block in tree.iter(
        "p", "li", "h1", "h2", "h3", "h4", "h5", "h6", "br", "div", "blockquote"
    ):
        block.tail = f"\n{block.tail or ''}"
    lines = (" ".join(line.split()) for line in str(tree.text_content()).splitlines())
    return "\n".join(line for line in lines if line)


def sentences(text: str) -> Iterator[str]:
    """Yield the sentences of *text*, salutations and bare headings left out."""
    for part in ENDS.split(text):
        sentence = part.strip().lstrip("。！？；").strip()
        bare = HEADING.match(sentence) and not sentence.endswith(("。", "；", "！", "？"))
        if len(sentence) > 4 and not bare and not SALUTATION.match(sentence):
            yield sentence


def gist(text: str, limit: int, *, summary: str = "") -> str:
    """Return what *text* says, in at most *limit* characters.

    Args:
        text: Plain text, as of :func:`plain`.
        limit: 0 or less gives nothing.
        summary: What somebody wrote as the summary; it goes before any sentence of the text.
    """
    if limit <= 0:
        return ""
    if summary.strip():
        return cut(" ".join(summary.split()), limit)
    found = list(sentences(text))
    if not found:
        return ""
    worth = [_worth(sentence, place) for place, sentence in enumerate(found)]
    best = worth.index(max(worth))
    told = found[best]
    for following, its_worth in zip(found[best + 1 :], worth[best + 1 :], strict=True):
        if its_worth < SILENCE or len(told) + len(following) > limit:
            break
        told += following
    return cut(told, limit)


def _worth(sentence: str, place: int) -> float:
    worth = sum(points for sign, points in TELLING if sign.search(sentence)) - LATER * place
    if any(habit in sentence for habit in ROUTINE) or GROUNDS.match(sentence):
        worth -= 6
    return worth - (3 if len(sentence) < 10 else 0)


def cut(text: str, limit: int) -> str:
    """Return *text*, or as many of its clauses as fit into *limit* characters with a mark that there is more."""
    if len(text) <= limit:
        return text
    room = limit - len(MORE)
    if room <= 0:
        return text[: max(limit, 0)]
    kept = ""
    for clause in CLAUSES.split(text):
        if len(kept) + len(clause) > room:
            break
        kept += clause
    if len(kept) < room // 2:  # one long clause: cut it where it must be
        kept = text[:room]
    return kept.rstrip("，、；：。") + MORE
