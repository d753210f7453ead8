"""Parts and wholes, counts and shares, as the sentences themselves give them."""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from gongkai.core.checks.rules import enforces, rule
from gongkai.core.extraction.reading import Finding, Reading, Statement
from gongkai.core.indicators import indicator

_REST = re.compile(r"^(?:其他|其它|其余)")
_CLASSES = 3
"""So many items that end with 其他 are a list of everything."""
_OPEN = re.compile(r"等|主要|例如|特别|尤其")
"""Words before a list that names only some of its parts."""
_HUNDRED = Decimal(100)


@dataclass(frozen=True, slots=True)
class Breakup:
    """A whole and one list of its parts, as indexes into the statements."""

    whole: int
    parts: tuple[int, ...]


def figure(statement: Statement) -> str:
    """Return a figure as a sentence quotes it: ``42件``."""
    return f"{plain(statement.value)}{statement.unit or ''}"


def plain(number: Decimal) -> str:
    """Return a number without exponent and idle zeros."""
    text = f"{number:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def breakups(reading: Reading) -> list[Breakup]:
    """Return the lists of parts that the sentences give, each list by itself.

    One whole may be divided several times, by channel and then by outcome: a list ends where it is
    complete, and where a new sentence begins that does not complete it.
    """
    children: dict[int, list[int]] = defaultdict(list)
    for index, statement in enumerate(reading.statements):
        if statement.part_of is not None and _countable(statement):
            children[statement.part_of].append(index)
    found = (
        Breakup(whole, tuple(group))
        for whole, parts in children.items()
        for group in _groups(reading, whole, parts)
    )
    return sorted(found, key=lambda b: b.parts[0])


def _countable(statement: Statement) -> bool:
    return statement.unit != "%" and not statement.change


def _groups(reading: Reading, whole: int, parts: Sequence[int]) -> Iterator[list[int]]:
    total = reading.statements[whole].value
    group: list[int] = []
    for index in parts:
        if group:
            reached = sum((reading.statements[i].value for i in group), Decimal(0))
            between = reading.text[
                reading.statements[group[-1]].at.end : reading.statements[index].at.start
            ]
            ends = (
                re.search(r"[。\n]", between) and reached + reading.statements[index].value != total
            )
            if reached == total or ends:
                yield group
                group = []
        group.append(index)
    if group:
        yield group


@enforces("narrative.sum", "narrative.sum-over", "narrative.sum-short")
def sums(reading: Reading) -> Iterator[Finding]:
    """Yield lists of parts that do not add up to their whole."""
    for breakup in breakups(reading):
        whole = reading.statements[breakup.whole]
        parts = [reading.statements[i] for i in breakup.parts]
        if whole.approximate or any(p.approximate for p in parts) or len(parts) < 2:
            continue
        total = sum((p.value for p in parts), Decimal(0))
        if total == whole.value or not _alike(whole, parts):
            continue
        key = _broken(reading, whole, parts, total)
        if key is None:
            continue
        spelled = " + ".join(plain(p.value) for p in parts)
        yield rule(f"narrative.{key}").finding(
            f"“{whole.subject}”为{figure(whole)}，而所列各部分之和 {spelled} = {plain(total)}，"
            f"相差 {plain(abs(total - whole.value))}。请核对总数和各项。",
            left=plain(whole.value),
            right=plain(total),
            statements=(breakup.whole, *breakup.parts),
            at=(whole.at, *(p.at for p in parts)),
        )


def _broken(
    reading: Reading, whole: Statement, parts: Sequence[Statement], total: Decimal
) -> str | None:
    """Return the rule that a list with another sum than its whole breaks, or ``None``."""
    if not _overlap(parts):
        if _complete(whole, parts):
            return "sum"
        if total > whole.value:
            return "sum-over"
    least = Decimal(str(rule("narrative.sum-short").parameters["share"]))
    if not whole.value * least <= total < whole.value:
        return None
    if any(p.unit != whole.unit for p in parts):
        return None
    text = reading.text
    opens = _OPEN.search(text[whole.at.end : parts[0].at.start])
    goes_on = re.match(r"[^,，;；。\n]{0,4}等", text[parts[-1].at.end :])
    leaps = re.search(r"。(?!\s*(?:其中|从|按))", text[whole.at.end : parts[-1].at.start])
    return None if opens or goes_on or leaps else "sum-short"


def _overlap(parts: Sequence[Statement]) -> bool:
    """Whether one thing may count in several parts, as with channels."""
    return any((p.indicator or "").startswith(("channels.", "responses.")) for p in parts)


def _alike(whole: Statement, parts: Sequence[Statement]) -> bool:
    return all(p.unit == parts[0].unit for p in parts) or whole.indicator is not None


def _complete(whole: Statement, parts: Sequence[Statement]) -> bool:
    """Whether the list is meant to name everything."""
    if len(parts) >= _CLASSES and _REST.match(parts[-1].subject):
        return True
    if whole.indicator is None:
        return False
    named = {p.indicator for p in parts}
    return any(
        breakdown.whole and named == set(breakdown.parts)
        for breakdown in indicator(whole.indicator).breakdowns
    )


@enforces(
    "narrative.share",
    "narrative.share-doubtful",
    "narrative.share-rounding",
    "narrative.share-forced",
)
def shares(reading: Reading) -> Iterator[Finding]:
    """Yield percentages that are not what their counts give."""
    judged = list(_shares(reading))
    right = {share.whole for share in judged if share.right}
    for share in judged:
        if share.right:
            continue
        stated, exact = share.stated, share.exact
        of_list = [s for s in judged if s.whole == share.whole and s.group == share.group]
        of_whole = [s for s in judged if s.whole == share.whole]
        forced = any(_make_hundred(row) for row in (of_list, of_whole))
        if share.off_by_one:
            key = "share-forced" if forced else "share-rounding"
        else:
            key = "share" if share.whole in right else "share-doubtful"
        count, whole = reading.statements[share.count], reading.statements[share.whole]
        reason = "；各项占比改成了正好相加为 100%" if key == "share-forced" else _adds_up(of_list)
        yield rule(f"narrative.{key}").finding(
            f"“{count.subject}”{figure(count)}，占{figure(whole)}的 {exact}%，"
            f"文中写作 {stated.value:f}%{reason}。",
            left=f"{stated.value:f}%",
            right=f"{exact}%",
            statements=(share.index, share.count, share.whole),
            at=(stated.at, count.at, whole.at),
        )


@dataclass(frozen=True, slots=True)
class _Share:
    index: int
    count: int
    whole: int
    group: int
    stated: Statement
    exact: Decimal
    right: bool
    off_by_one: bool


def _shares(reading: Reading) -> Iterator[_Share]:
    statements = reading.statements
    group_of = {part: n for n, b in enumerate(breakups(reading)) for part in b.parts}
    for index, stated in enumerate(statements):
        if stated.unit != "%" or stated.change or stated.approximate or stated.part_of is None:
            continue
        count = statements[stated.part_of]
        if count.part_of is None or count.approximate or not _countable(count):
            continue
        if not stated.subject.startswith(count.subject):
            continue  # the share of something whose count the text does not give
        whole = statements[count.part_of]
        if whole.approximate or not whole.value or not _countable(whole):
            continue
        step = Decimal(1).scaleb(min(0, int(stated.value.as_tuple().exponent)))
        true = count.value * _HUNDRED / whole.value
        exact = true.quantize(step, ROUND_HALF_UP)
        yield _Share(
            index,
            stated.part_of,
            count.part_of,
            group_of.get(stated.part_of, -1),
            stated,
            exact,
            right=abs(true - stated.value) <= step / 2,
            off_by_one=abs(exact - stated.value) == step,
        )


def _make_hundred(row: Sequence[_Share]) -> bool:
    return len(row) > 1 and sum(s.stated.value for s in row) == _HUNDRED


def _adds_up(of_list: Sequence[_Share]) -> str:
    total = sum((s.stated.value for s in of_list), Decimal(0))
    near = len(of_list) > 1 and total != _HUNDRED and abs(total - _HUNDRED) < 1
    return f"；各项占比相加为 {total:f}%" if near else ""
