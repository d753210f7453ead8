"""What remedies offer to statistics: the table of reconsiderations and law suits of every era."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import partial
from typing import Final

from gongkai.core import codes, forms
from gongkai.core.indicators import indicators
from gongkai.domain.remedies.models import Kind, Remedy
from gongkai.foundation.figures import Answer, Period, Record, cells, figures, from_cells

STAT65: Final = "stat65-2014"
COLUMNS: Final = ("upheld", "corrected", "other", "pending")
ROWS: Final = ("recon", "lit_direct", "lit_after")
RULE: Final = "本期有结果的按结果计，期末还没有结果的计入尚未审结；一件诉讼的{counting}，以期末最后一审的结果为准。"


@dataclass(frozen=True, slots=True)
class Counted:
    """A reconsideration, or a law suit with all its instances, as it counts in a period."""

    unit: int
    row: str
    column: str
    remedy: Remedy


def counted(units: Sequence[int], period: Period) -> list[Counted]:
    """Return what counts in *period*: what ended in it, and what was pending at its end; one query."""
    rows = Remedy.objects.filter(organisation__in=units, filed__lte=period.last).order_by("pk")
    known = {remedy.pk: remedy for remedy in rows}
    for remedy in known.values():
        if remedy.follows_id in known:
            remedy.follows = known[remedy.follows_id]
    chains: dict[int, list[Remedy]] = defaultdict(list)
    for remedy in known.values():
        chains[_chain(remedy)].append(remedy)
    found = (_standing(chain, period) for chain in chains.values())
    return [one for one in found if one is not None]


def _chain(remedy: Remedy) -> int:
    """Return the key under which the instances of one law suit count together."""
    first = remedy
    together = codes.remedy_counting()["instances"].way == "once"
    while together and first.follows is not None and first.follows.kind == first.kind:
        first = first.follows
    return first.pk


def _standing(chain: list[Remedy], period: Period) -> Counted | None:
    last = max(chain, key=lambda remedy: remedy.instance)
    if last.decided is None or last.decided > period.last:
        column = "pending"
    elif last.decided >= period.first:
        column = last.column
    else:
        return None
    row = "complaint" if last.kind == Kind.COMPLAINT else last.row
    return Counted(last.organisation_id, row, column, last)


def record_of(remedy: Remedy) -> Record:
    """Return *remedy* as one of the records behind a figure; nothing personal."""
    known = codes.remedy_outcomes().get(remedy.outcome)
    ended = f"{remedy.decided}，{known.label}" if known and remedy.decided else "尚未审结"
    return Record(f"{remedy}（{remedy.body}）", href=remedy.get_absolute_url(), note=ended)


def _answer(found: Sequence[Counted]) -> Answer:
    rule = RULE.format(counting=codes.remedy_counting()["instances"].label)
    return Answer(Decimal(len(found)), rule, partial(_records, found))


def _records(found: Sequence[Counted]) -> Iterable[Record]:
    return [record_of(one.remedy) for one in found]


@cells("remedies", title="复议、诉讼和举报投诉的登记")
def tables(units: Sequence[int], period: Period, form: str) -> Mapping[int, Mapping[str, Answer]]:
    """Fill the table of remedies of *form*."""
    if form == "narrative-2008":
        return {}
    mine: dict[int, list[Counted]] = defaultdict(list)
    for one in counted(units, period):
        mine[one.unit].append(one)
    complaints = _complaints(units, period)
    fill = _stat65 if form == STAT65 else _since_2019
    return {unit: fill(mine[unit], complaints[unit]) for unit in sorted({*mine, *complaints})}


def _since_2019(found: Sequence[Counted], _: Sequence[Remedy]) -> dict[str, Answer]:
    told: dict[str, Answer] = {}
    for row in ROWS:
        here = [one for one in found if one.row == row]
        for column in COLUMNS:
            told[f"remedies/{row}/{column}"] = _answer([o for o in here if o.column == column])
        told[f"remedies/{row}/total"] = _answer(here)
    return told


def _stat65(found: Sequence[Counted], complaints: Sequence[Remedy]) -> dict[str, Answer]:
    """Fill the rows of 2014, in which what is pending counts among 其他情形."""
    told: dict[str, Answer] = {}
    for name, rows in (("recon", ("recon",)), ("lit", ("lit_direct", "lit_after"))):
        here = [one for one in found if one.row in rows]
        told[f"stat65/{name}_total/value"] = _answer(here)
        for column in ("upheld", "corrected"):
            told[f"stat65/{name}_{column}/value"] = _answer([o for o in here if o.column == column])
        rest = [one for one in here if one.column in {"other", "pending"}]
        told[f"stat65/{name}_other/value"] = _answer(rest)
    told["stat65/complaints/value"] = Answer(
        Decimal(len(complaints)),
        "本期收到的举报投诉，按收到日期。",
        lambda: [record_of(remedy) for remedy in complaints],
    )
    return told


def _complaints(units: Sequence[int], period: Period) -> dict[int, list[Remedy]]:
    rows = Remedy.objects.filter(
        organisation__in=units, kind=Kind.COMPLAINT, filed__range=(period.first, period.last)
    )
    told: dict[int, list[Remedy]] = defaultdict(list)
    for remedy in rows.order_by("filed", "pk"):
        told[remedy.organisation_id].append(remedy)
    return told


OWN: Final = {
    item.key: item
    for item in indicators()
    if item.key.startswith("remedies.") or item.key == "complaints.total"
}


@figures({key: item.definition for key, item in OWN.items()})
def by_indicator(units: Sequence[int], period: Period) -> Mapping[str, Mapping[int, Answer]]:
    """Answer the indicators of this area with the cells of the form of the year."""
    form = forms.form_with_tables(period.year).key
    places = {key: map(str, item.places.get(form, ())) for key, item in OWN.items()}
    return from_cells(tables(units, period, form), places)
