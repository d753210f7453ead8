"""Where the words of a query stand in a title or a text, as safe HTML."""

import re
from collections.abc import Iterable

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from gongkai.foundation.search.folding import fold_with_places

SNIPPET = 130
"""Characters of a snippet."""
LEAD = 24
"""Characters before the first marked word."""
READ = 30_000
"""Characters of a text in which a snippet is looked for first."""
STOPS = "。；！？\n"


def pattern(marked: Iterable[str]) -> re.Pattern[str] | None:
    """Return what finds any of the folded words in *marked*; nothing where there are none."""
    words = [re.escape(word) for word in marked]
    return re.compile("|".join(words)) if words else None


def highlighted(text: str, found: re.Pattern[str] | None) -> SafeString:
    """Return *text* as HTML with ``<mark>`` around what *found* finds in it."""
    if found is None:
        return escape(text)
    folded, places = fold_with_places(text)
    parts: list[str] = []
    end = 0
    for match in found.finditer(folded):
        start, stop = places[match.start()], places[match.end() - 1] + 1
        if start < end:
            continue
        parts += [escape(text[end:start]), "<mark>", escape(text[start:stop]), "</mark>"]
        end = stop
    parts.append(escape(text[end:]))
    return mark_safe("".join(parts))  # noqa: S308  # every part is escaped above


def snippet(text: str, found: re.Pattern[str] | None) -> SafeString:
    """Return the passage of *text* with the most different words of *found*, highlighted."""
    if found is None:
        return escape(_shortened(text, 0))
    for reach in (text[:READ], text):
        folded, places = fold_with_places(reach)
        matches = [(places[m.start()], m.group()) for m in found.finditer(folded)]
        if matches:
            return highlighted(_shortened(reach, _best(matches)), found)
    return escape(_shortened(text, 0))


def _best(matches: list[tuple[int, str]]) -> int:
    """Return where the window with the most different words, then the longest ones, begins."""
    best, score, last = matches[0][0], 0, 0
    for at, (start, _) in enumerate(matches[:400]):
        while last < len(matches) and matches[last][0] < start + SNIPPET - LEAD:
            last += 1
        words = {word for _, word in matches[at : min(last, at + 40)]}
        here = sum(len(word) + 3 for word in words)
        if here > score:
            best, score = start, here
    return best


def _shortened(text: str, at: int) -> str:
    start = max(0, at - LEAD)
    if start:
        # begin with the sentence where it begins close by
        stops = [place + 1 for stop in STOPS if (place := text.rfind(stop, start - LEAD, at)) >= 0]
        start = max(stops, default=start)
    passage = " ".join(text[start : start + SNIPPET].split())
    before = "…" if start and text[start - 1] not in STOPS else ""
    return f"{before}{passage}{'…' if start + SNIPPET < len(text) else ''}"
