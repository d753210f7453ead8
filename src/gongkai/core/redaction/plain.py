"""Plain text: what is marked becomes blocks that tell nothing of how long it was."""

from collections.abc import Sequence
from datetime import date

from gongkai.core.extraction.document import Span
from gongkai.core.redaction.marks import Mark, label
from gongkai.core.redaction.proposing import Proposal, ground_of, proposed_spans
from gongkai.core.redaction.rebuilding import notice
from gongkai.core.redaction.shapes import NotABox
from gongkai.core.redaction.stream import bare

BLOCKS = "■■■"


def text_proposals(text: str, today: date | None = None) -> tuple[Proposal, ...]:
    """Return what the rules propose to cover in *text*, in order, the same words elsewhere included."""
    found: dict[Span, Proposal] = {}
    words: dict[str, str] = {}
    for hit in proposed_spans(text, today):
        if hit.at:
            found[hit.at] = Proposal(_mark(hit.at, hit.rule), hit.text)
            words.setdefault(hit.text, hit.rule)
    for word, rule in words.items():
        at = text.find(word)
        while at >= 0:
            span = Span(at, at + len(word))
            if len(word) > 1 and not any(_meet(span, other) for other in found):
                found[span] = Proposal(_mark(span, rule), word, again=True)
            at = text.find(word, span.end)
    return tuple(found[span] for span in sorted(found))


def redacted_text(text: str, marks: Sequence[Mark]) -> str:
    """Return *text* with the marked stretches replaced; those that touch become one.

    Raises:
        NotABox: A mark has no stretch, or one outside the text.
    """
    pieces, at = [], 0
    for span, grounds in merged(text, marks):
        names = "、".join(dict.fromkeys(label(ground) for ground in grounds))
        pieces += [text[at : span.start], BLOCKS, notice(names)]
        at = span.end
    return "".join([*pieces, text[at:]])


def merged(text: str, marks: Sequence[Mark]) -> tuple[tuple[Span, tuple[str, ...]], ...]:
    """Return the stretches that are covered, apart and in order, with their grounds."""
    result: list[tuple[Span, tuple[str, ...]]] = []
    for span, ground in sorted((_span(text, mark), mark.ground) for mark in marks):
        if result and span.start <= result[-1][0].end:
            last, grounds = result[-1]
            result[-1] = (Span(last.start, max(last.end, span.end)), (*grounds, ground))
        else:
            result.append((span, (ground,)))
    return tuple(result)


def text_remainders(text: str, marks: Sequence[Mark]) -> tuple[tuple[Span, str], ...]:
    """Return where covered words still stand, and the words."""
    gone = [span for span, _ in merged(text, marks)]
    words = {text[span.start : span.end].strip() for span in (_span(text, mark) for mark in marks)}
    found = set()
    for word in words:
        if len(bare(word)) < (4 if bare(word).isdigit() else 2):
            continue
        at = text.find(word)
        while at >= 0:
            span = Span(at, at + len(word))
            if not any(_meet(span, other) for other in gone):
                found.add((span, word))
            at = text.find(word, span.end)
    return tuple(sorted(found))


def _span(text: str, mark: Mark) -> Span:
    if mark.page != 1 or mark.span is None or not 0 <= mark.span.start < mark.span.end <= len(text):
        raise NotABox
    return mark.span


def _mark(span: Span, rule: str) -> Mark:
    return Mark(1, ground_of(rule), span=span, by="automatic", rule=rule)


def _meet(one: Span, other: Span) -> bool:
    return one.start < other.end and other.start < one.end
