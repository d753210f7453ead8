"""What sentences say against what the table of the same report has."""

import re
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal

from gongkai.core.checks.narrative_figures import by_indicator
from gongkai.core.checks.narrative_sums import figure, plain
from gongkai.core.checks.rules import enforces, rule
from gongkai.core.extraction.document import Span
from gongkai.core.extraction.normal import normal
from gongkai.core.extraction.reading import Finding, ReadCell, Reading, Statement
from gongkai.core.forms import FilledForm, Place, State
from gongkai.core.indicators import Indicator, indicator

_MONEY = {"元": Decimal(1), "万元": Decimal(10_000), "亿元": Decimal(10**8)}
_ALL = re.compile(
    r"(?:均|全部|都)[^,。;]{0,12}?(?P<granted>予以公开|同意公开|给予公开)|(?:均|全部|都)(?:被|获|判决|予以|为|依法)*(?P<upheld>维持)"
    r"|(?:均|全部|都)(?:已|在)?[^,。;]{0,10}?(?P<closed>办结|办理完毕)"
)
_RESULTS: Mapping[str, tuple[tuple[str, ...], str]] = {
    "granted": (
        (
            "outcomes.partial",
            "outcomes.denied",
            "outcomes.unable",
            "outcomes.not_processed",
            "outcomes.not_ours",
            "outcomes.not_exist",
        ),
        "其他结果",
    ),
    "closed": (("requests.carried_out",), "结转下年度继续办理"),
    "upheld": (
        (
            "remedies.reconsideration.corrected",
            "remedies.reconsideration.other",
            "remedies.reconsideration.pending",
            "remedies.litigation.corrected",
            "remedies.litigation.other",
            "remedies.litigation.pending",
        ),
        "维持以外的结果",
    ),
}


@enforces("narrative.table", "narrative.blank", "narrative.denied", "narrative.denied-scope")
def against_table(reading: Reading) -> Iterator[Finding]:
    """Yield indicators that the sentences and the table count differently."""
    filled = reading.filled()
    if filled is None:
        return
    for key, places in by_indicator(reading).items():
        item = indicator(key)
        cells = _cells(reading, item, filled)
        if not cells or any(c.cell.state is State.UNREADABLE for _, c in cells):
            continue
        stated = [i for i in places if not reading.statements[i].change]
        finding = _compare(reading, item, filled, cells, stated)
        if finding:
            yield finding


def _cells(reading: Reading, item: Indicator, filled: FilledForm) -> list[tuple[int, ReadCell]]:
    """The cells of the indicator, with the rows that detail them: a blank total may have filled parts."""
    wanted = set(item.places.get(filled.form.key, ()))
    for place in tuple(wanted):
        for row in filled.form.table(place.table).children(place.row):
            wanted.add(Place(place.table, row.key, place.column))
    return [(n, c) for n, c in enumerate(reading.cells) if c.place in wanted]


def _compare(
    reading: Reading,
    item: Indicator,
    filled: FilledForm,
    cells: Sequence[tuple[int, ReadCell]],
    stated: Sequence[int],
) -> Finding | None:
    values = {i: _in_unit(reading.statements[i], item) for i in stated}
    known = {i: v for i, v in values.items() if v is not None}
    if not known:
        return None
    total = item.value(filled)
    if all(v == 0 for v in known.values()):
        return _denied(reading, item, total, cells, stated)
    if total is None:
        return _blank(reading, item, cells, known)
    if any(_agree(reading.statements[i], v, total, item, filled) for i, v in known.items()):
        return None
    if item.key == "proactive.total" or (total == 0 and item.key.startswith("normative.open")):
        return None
    first = next(iter(known))
    statement = reading.statements[first]
    label = "、".join(c.label for _, c in cells[:2])
    return rule("narrative.table").finding(
        f"正文说“{_quote(statement)}”，表中“{label}”{'等合计' if len(cells) > 2 else ''}为"
        f" {plain(total)}，两处不同。如是口径不同，请在正文写明。",
        left=plain(known[first]),
        right=plain(total),
        cells=tuple(n for n, _ in cells),
        statements=(first,),
        at=(statement.at, *_spans(cells)),
    )


def _denied(
    reading: Reading,
    item: Indicator,
    total: Decimal | None,
    cells: Sequence[tuple[int, ReadCell]],
    stated: Sequence[int],
) -> Finding | None:
    contrary = [(n, c) for n, c in cells if c.cell.value]
    if not contrary:
        return None
    statement = reading.statements[stated[0]]
    scope = rule("narrative.denied-scope").parameters["scope"]
    sentence = _sentence(reading, statement)
    narrow = any(word in sentence for word in scope)
    number, cell = contrary[0]
    shown = plain(total or cell.cell.value or Decimal(0))
    return rule("narrative.denied-scope" if narrow else "narrative.denied").finding(
        f"正文说“{_quote(statement)}”，即{item.title}为 0，表中“{cell.label}”却是 {plain(cell.cell.value or Decimal(0))}。"
        + ("正文说的可能只是本机关，请写明口径。" if narrow else "请核对哪一处不对。"),
        left="0",
        right=shown,
        cells=tuple(n for n, _ in contrary) or (number,),
        statements=(stated[0],),
        at=(statement.at, *_spans(contrary)),
    )


def _blank(
    reading: Reading,
    item: Indicator,
    cells: Sequence[tuple[int, ReadCell]],
    known: Mapping[int, Decimal],
) -> Finding | None:
    first = next(i for i, v in known.items() if v)
    statement = reading.statements[first]
    own = [(n, c) for n, c in cells if c.cell.state is State.BLANK]
    if not own:
        return None
    return rule("narrative.blank").finding(
        f"正文说{item.title}为 {figure(statement)}，表中“{own[0][1].label}”却是空白。请补填。",
        left=plain(statement.value),
        right="空白",
        cells=tuple(n for n, _ in own),
        statements=(first,),
        at=(statement.at, *_spans(own)),
    )


def _in_unit(statement: Statement, item: Indicator) -> Decimal | None:
    """The figure in the unit of the indicator; ``None`` where the units do not meet."""
    if item.unit in _MONEY:
        scale = _MONEY.get(statement.unit or "")
        return None if scale is None else statement.value * scale / _MONEY[item.unit]
    return None if statement.unit in _MONEY else statement.value


def _agree(
    statement: Statement, value: Decimal, total: Decimal, item: Indicator, filled: FilledForm
) -> bool:
    if value == total:
        return True
    if statement.approximate and value <= total <= value * Decimal("1.2"):
        return True
    if item.key in {"requests.received", "requests.closed", "requests.answered"}:
        # what was carried in is received by some, what is still open counts as handled for others
        carried = indicator("requests.carried_in").value(filled) or Decimal(0)
        left = indicator("requests.carried_out").value(filled) or Decimal(0)
        return value in {total + carried, total + left, total - carried}
    return False


@enforces("narrative.all")
def all_alike(reading: Reading) -> Iterator[Finding]:
    """Yield sentences that say all had one outcome where the table has others."""
    filled = reading.filled()
    if filled is None:
        return
    text = normal(reading.text)
    for match in _ALL.finditer(text.text):
        kind = match.lastgroup or ""
        passage = text.text[max(0, match.start() - 60) : match.start()].rpartition("。")[2]
        about = ("复议", "诉讼") if kind == "upheld" else ("申请", "申請")
        if not any(word in passage for word in about) or re.search(r"未|不|率", passage[-4:]):
            continue
        keys, what = _RESULTS[kind]
        if kind == "upheld":
            keys = tuple(
                k
                for k in keys
                if ("诉讼" in passage and "litig" in k) or ("复议" in passage and "recon" in k)
            )
        others = [(k, v) for k in keys if (v := indicator(k).value(filled))]
        if not others:
            continue
        counted = "、".join(f"{indicator(k).title} {plain(v)} 件" for k, v in others)
        yield rule("narrative.all").finding(
            f"正文说“{_words(passage + match.group())}”，表中却有{what}：{counted}。",
            left=match.group(),
            right=plain(sum((v for _, v in others), Decimal(0))),
            at=(text.span(*match.span()),),
        )
        return


def _sentence(reading: Reading, statement: Statement) -> str:
    start = max(reading.text.rfind(c, 0, statement.at.start) for c in "。\n") + 1
    return reading.text[start : statement.at.end + 30]


def _spans(cells: Sequence[tuple[int, ReadCell]]) -> tuple[Span, ...]:
    return tuple(c.at for _, c in cells if c.at)


def _quote(statement: Statement) -> str:
    return _words(statement.text)


def _words(text: str) -> str:
    words = "".join(text.split())
    return words if len(words) <= 40 else "……" + words[-40:]
