"""Figures of one indicator in several places: in one text, in two years."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from decimal import ROUND_HALF_UP, Decimal

from gongkai.core.checks.narrative_sums import figure, plain
from gongkai.core.checks.rules import enforces, rule
from gongkai.core.extraction.reading import Finding, Reading, Statement
from gongkai.core.indicators import indicator

_BALANCE = ("requests.received", "requests.carried_in", "requests.closed", "requests.carried_out")


def by_indicator(reading: Reading) -> Mapping[str, list[int]]:
    """Return the statements of each indicator, as indexes."""
    found: dict[str, list[int]] = defaultdict(list)
    for index, statement in enumerate(reading.statements):
        if statement.indicator:
            found[statement.indicator].append(index)
    return found


@enforces("narrative.balance")
def balance(reading: Reading) -> Iterator[Finding]:
    """Yield applications received and carried in that are not closed and carried out."""
    found = by_indicator(reading)
    values = {k: {reading.statements[i].value for i in found.get(k, ())} for k in _BALANCE}
    if any(len(v) != 1 for v in values.values()):
        return
    chosen = [found[key][0] for key in _BALANCE]
    received, carried_in, closed, carried_out = (reading.statements[i] for i in chosen)
    if any(s.approximate for s in (received, carried_in, closed, carried_out)):
        return
    left, right = received.value + carried_in.value, closed.value + carried_out.value
    # 收办 counts what was carried in as well
    if right in {left, received.value}:
        return
    yield rule("narrative.balance").finding(
        f"正文说收到{figure(received)}、上年结转{figure(carried_in)}，合计 {plain(left)}；"
        f"办结{figure(closed)}、结转下年{figure(carried_out)}，合计 {plain(right)}，两边不等。",
        left=plain(left),
        right=plain(right),
        statements=tuple(chosen),
        at=tuple(reading.statements[i].at for i in chosen),
    )


@enforces("narrative.twice")
def twice(reading: Reading) -> Iterator[Finding]:
    """Yield what one sentence says there was none of and another counts."""
    prefixes = tuple(rule("narrative.twice").parameters["prefixes"])
    for key, places in by_indicator(reading).items():
        if not key.startswith(prefixes):
            continue
        none = next((i for i in places if not reading.statements[i].value), None)
        some = next((i for i in places if reading.statements[i].value), None)
        if none is None or some is None:
            continue
        first, second = reading.statements[none], reading.statements[some]
        yield rule("narrative.twice").finding(
            f"关于“{indicator(key).title}”，一处说“{_quote(first)}”，另一处说“{_quote(second)}”，前后不一致。",
            left="0",
            right=plain(second.value),
            statements=(none, some),
            at=(first.at, second.at),
        )


def _quote(statement: Statement) -> str:
    words = " ".join(statement.text.split())
    return words if len(words) <= 40 else words[:40] + "……"


@enforces("narrative.change")
def changes(reading: Reading, previous: Reading) -> Iterator[Finding]:
    """Yield changes against the year before that the two reports do not bear out."""
    for index, change in enumerate(reading.statements):
        if not change.change or change.unit != "%" or change.part_of is None or change.approximate:
            continue
        count = reading.statements[change.part_of]
        before = _same(count, previous)
        if before is None or not before.value:
            continue
        step = Decimal(1).scaleb(min(0, int(change.value.as_tuple().exponent)))
        true = (count.value / before.value - 1) * 100
        if abs(true - change.value) <= step:
            continue
        exact = true.quantize(step, ROUND_HALF_UP)
        yield rule("narrative.change").finding(
            f"“{count.subject}”今年{figure(count)}，上年报告为{figure(before)}，"
            f"增减幅度应为 {exact}%，文中写作 {change.value:f}%。",
            left=f"{change.value:f}%",
            right=f"{exact}%",
            statements=(index, change.part_of),
            at=(change.at, count.at),
        )


def _same(count: Statement, previous: Reading) -> Statement | None:
    """The figure of the year before for the same thing, where there is exactly one."""
    if count.indicator is None or count.approximate:
        return None
    same = [
        s
        for s in previous.statements
        if s.indicator == count.indicator and s.unit == count.unit and not s.approximate
    ]
    return same[0] if len({s.value for s in same}) == 1 else None
