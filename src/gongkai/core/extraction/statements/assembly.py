"""From the text of a document to its statements."""

import re
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal

from gongkai.core.extraction.document import Span
from gongkai.core.extraction.normal import NormalText
from gongkai.core.extraction.reading import Statement
from gongkai.core.extraction.statements.flow import Sentence, sentences
from gongkai.core.extraction.statements.items import Item
from gongkai.core.extraction.statements.naming import name
from gongkai.core.extraction.statements.parts import nest, own_noun
from gongkai.core.extraction.statements.quantities import Quantity, quantities
from gongkai.core.extraction.statements.subjects import Frame, clean, frame, subject
from gongkai.core.extraction.statements.zeros import zeros

MOST = 3_000
"""No report states so many figures; what somebody sends may."""
_APART = re.compile(r"、|以及|和|及|与")
_EACH = re.compile(r"各(?:为|有|是)?$")
_ALL = re.compile(r"(?:均|都|全)(?:为|是|达到?|有)?$")
_SEVERALLY = re.compile(r"分别(?:为|是|达到?|有|占|计)?")


def statements(
    normal: NormalText, *, skip: Sequence[Span] = (), year: int | None = None
) -> tuple[Statement, ...]:
    """Return every figure that the sentences of a document state, in the order of the text.

    Args:
        normal: The document's text, normalised.
        skip: Stretches of the original text that are tables and are read as such.
        year: The year of the report; not needed to read figures, kept for figures that name years.
    """
    del year
    by_sentence: list[list[Item]] = []
    said: list[list[Item]] = []
    counted = 0
    for number, sentence in enumerate(sentences(normal, skip)):
        items = list(_items(sentence, number)) if counted < MOST else []
        counted += len(items)
        spans = tuple((i.quantity.start, i.quantity.end) for i in items)
        if items:
            by_sentence.append(items)
        said.append(list(_said(sentence, number, spans)))
    nest(by_sentence)
    items = [item for row in by_sentence for item in row]
    for item in items:
        _share_subject(item)
    name(items)
    items += [zero for row in said for zero in row]
    items.sort(key=lambda i: (i.sentence.places[i.quantity.start], i.written))
    places = {id(item): index for index, item in enumerate(items)}
    return tuple(_statement(item, places, normal) for item in items)


def _items(sentence: Sentence, number: int) -> Iterator[Item]:
    found = quantities(sentence.text)
    names = _severally(sentence.text, found)
    for index, quantity in enumerate(found):
        place = frame(sentence.text, found, index)
        if index in names:
            yield Item(sentence, number, quantity, place, names[index])
            continue
        several = _shared(place)
        if several:
            for part in several:
                yield Item(sentence, number, quantity, place, part)
        else:
            yield Item(sentence, number, quantity, place, subject(place))


def _shared(place: Frame) -> list[str]:
    """The subjects of 甲、乙各1件 and 甲、乙均为0件; empty where the figure has one subject."""
    left = place.left
    match = _EACH.search(left) or _ALL.search(left)
    if not match:
        return []
    parts = [clean(p) for p in _APART.split(left[: match.start()])]
    return parts if len(parts) > 1 and all(1 < len(p) <= 24 for p in parts) else []


def _severally(text: str, found: Sequence[Quantity]) -> dict[int, str]:
    """Align 甲、乙、丙,分别为25件、23件、13件: the subject of each figure by its index."""
    names: dict[int, str] = {}
    for match in _SEVERALLY.finditer(text):
        run = _run_after(text, found, match.end())
        if len(run) < 2:
            continue
        before = re.split(r"[;。]", text[: match.start()])[-1].rstrip(",")
        listed = re.split(r"(?:的|主要)?(?:是|为|有)(?=[^,]*$)|:", before)[-1].rpartition(",")[2]
        parts = [p for p in _APART.split(listed) if p]
        verb = clean(text[match.end() : found[run[0]].start])
        if len(parts) == len(run):
            for index, part in zip(run, parts, strict=True):
                names[index] = clean(part) + ("" if verb in part else verb)
    return names


def _run_after(text: str, found: Sequence[Quantity], at: int) -> list[int]:
    """The figures from *at* on that stand in one list, with the same unit."""
    run: list[int] = []
    for index, quantity in enumerate(found):
        if quantity.start < at:
            continue
        if run:
            last = found[run[-1]]
            gap = text[last.end : quantity.start]
            if quantity.unit != last.unit or not re.fullmatch(r"[、,]?(?:和|及|以及|与)?", gap):
                break
        elif quantity.start - at > 14 or ";" in text[at : quantity.start]:
            break
        run.append(index)
    return run


def _said(sentence: Sentence, number: int, spans: tuple[tuple[int, int], ...]) -> Iterator[Item]:
    for zero in zeros(sentence.text, sentence.heading, spans):
        yield Item(
            sentence,
            number,
            Quantity(zero.start, zero.end, Decimal(0), zero.unit),
            Frame("", "", "", ""),
            zero.subject,
            indicator=zero.indicator,
            written=False,
        )


def _share_subject(item: Item) -> None:
    """A share and a change say what they measure by the figure that they belong to."""
    if item.kind == "count" or item.whole is None or item.whole.kind != "count":
        return
    own = clean(item.frame.left)
    if item.kind == "share" and own_noun(item):
        item.subject = own
        return
    if item.kind == "share" and "占" not in own:
        own = own if re.search(r"比|率", own) else "占比"
    item.subject = own if item.whole.subject in own else f"{item.whole.subject}{own}"


def _statement(item: Item, places: Mapping[int, int], normal: NormalText) -> Statement:
    sentence, quantity = item.sentence, item.quantity
    start, end = _clause(sentence.text, quantity)
    return Statement(
        subject=item.subject,
        value=quantity.value,
        unit=quantity.unit,
        text=normal.original[slice(*sentence.span(normal, start, end))],
        at=sentence.span(normal, quantity.start, quantity.end),
        indicator=item.indicator,
        part_of=None if item.whole is None else places[id(item.whole)],
        approximate=quantity.approximate,
        change=item.kind == "change",
    )


def _clause(text: str, quantity: Quantity) -> tuple[int, int]:
    start = max(text.rfind(c, 0, quantity.start) for c in ",;。") + 1
    ends = [e for c in ",;。" if (e := text.find(c, quantity.end)) >= 0]
    return start, min(ends, default=len(text))
