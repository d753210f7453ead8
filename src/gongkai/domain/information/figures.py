"""What items offer to statistics: how much was made public, and the state of the documents.

What "made public in a period" means is said once, in :mod:`~gongkai.domain.information.tallies`, and to
people in :data:`COUNTS`, which every figure shows.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import partial
from typing import Final

from gongkai.core.codes import categories
from gongkai.domain.information import tallies
from gongkai.domain.information.models import Item, Kind, Publicity, Status
from gongkai.domain.information.models.item import ItemQuerySet
from gongkai.foundation.figures import Answer, Behind, Period, Record, figure, figures

COUNTS: Final = (
    "公开日期（首次公开的日期）在{period}的，同一信息无论经几种渠道公开只计一条；"
    "公开后撤回或者到期下线的，仍计入公开的那一期；更正、撤回后恢复公开的，不再计。"
)
DOCUMENTS: Final = "包括经审查不主动公开的，不包括还在起草和审查中的。"

Answers = Mapping[str, Mapping[int, Answer]]
Found = Callable[[Sequence[int]], ItemQuerySet]
"""The items that count, of some units."""


@dataclass(frozen=True, slots=True)
class _Count:
    """One indicator's numbers, and how to find what was counted."""

    counts: Mapping[int, int]
    found: Found
    rule: str
    order: tuple[str, ...] = ("published_on", "pk")

    def answers(self, units: Sequence[int]) -> dict[int, Answer]:
        """Return the answers for *units*; what none was counted of is 0."""
        return {
            unit: Answer(
                Decimal(self.counts.get(unit, 0)),
                self.rule,
                partial(_records, self.found, [unit], self.order),
            )
            for unit in units
        }


def _records(found: Found, units: Sequence[int], order: tuple[str, ...]) -> Behind:
    return Behind(found(units).order_by(*order), record_of)


def record_of(item: Item) -> Record:
    """Return *item* as one of the records behind a figure."""
    day = item.published_on or item.made_on
    notes = [f"{day:%Y-%m-%d}" if day else "", item.document_number]
    if item.status in (Status.WITHDRAWN, Status.EXPIRED):
        notes.append(str(item.get_status_display()))
    elif item.publicity != Publicity.OPEN:
        notes.append(str(item.get_publicity_display()))
    return Record(
        item.title, href=item.get_absolute_url(), note="，".join(note for note in notes if note)
    )


CATEGORIES: Final = {f"proactive.category.{key}": key for key in categories()}
OPENED: Final = {"proactive.normative": Kind.NORMATIVE, "rules.opened": Kind.RULE}


@figures(
    {
        "proactive.total": "本期首次公开的政府信息",
        **{key: f"本期首次公开的{kind.label}" for key, kind in OPENED.items()},
        **{
            key: f"本期首次公开的{categories()[category].label}信息"
            for key, category in CATEGORIES.items()
        },
    }
)
def made_public(units: Sequence[int], period: Period) -> Answers:
    """Count each item once, in the period in which it was first public: all, documents, categories."""

    def found(units: Sequence[int]) -> ItemQuerySet:
        return tallies.made_public(units, period.first, period.last)

    def of_kind(kind: Kind) -> Found:
        return lambda units: found(units).filter(kind=kind)

    def of_category(category: str) -> Found:
        return lambda units: tallies.in_category(found(units), category)

    rows = tallies.by_kind_and_category(found(units), units)
    rule = COUNTS.format(period=period)
    counts = {"proactive.total": _Count(_summed(rows), found, rule)}
    for key, kind in OPENED.items():
        mine = _summed({place: n for place, n in rows.items() if place[1] == kind})
        counts[key] = _Count(mine, of_kind(kind), f"{kind.label}，{rule}")
    for key, category in CATEGORIES.items():
        mine = _summed({place: n for place, n in rows.items() if place[2] == category})
        counts[key] = _Count(mine, of_category(category), f"按文件性质和所在栏目归类，{rule}")
    keeping = tallies.keeping(units, period.last)
    return {key: count.answers(keeping) for key, count in counts.items()}


def _summed(rows: Mapping[tuple[int, str, str], int]) -> dict[int, int]:
    told: dict[int, int] = {}
    for (unit, _, _), count in rows.items():
        told[unit] = told.get(unit, 0) + count
    return told


@figure("proactive.accumulated", title="截至期末首次公开过的全部政府信息")
def accumulated(units: Sequence[int], period: Period) -> Mapping[int, Answer]:
    """Count everything that was ever made public by the last day of *period*."""

    def found(units: Sequence[int]) -> ItemQuerySet:
        return tallies.public_by(units, period.last)

    counts = tallies.by_unit(found(units))
    rule = COUNTS.format(period=f"{period.last:%Y年%-m月%-d日}及以前")
    return _Count(counts, found, rule).answers(list(counts))


# -- by level of unit ------------------------------------------------------------------------------

LEVELS: Final = {
    "proactive.own_level": (True, "与本级政府同级的机关"),
    "proactive.lower_level": (False, "下级政府及其部门"),
}


@figures({key: f"辖区内{title}首次公开的政府信息" for key, (_, title) in LEVELS.items()})
def by_level(units: Sequence[int], period: Period) -> Answers:
    """Count what the bodies in the tree of each government made public: those of its level, and the others."""

    def found(units: Sequence[int]) -> ItemQuerySet:
        return tallies.made_public(units, period.first, period.last)

    trees = tallies.below(units)
    everybody = sorted({key for _, tree in trees.values() for key in tree})
    counts = tallies.by_unit(found(everybody)) if everybody else {}
    told: dict[str, dict[int, Answer]] = {key: {} for key in LEVELS}
    for top, (level, tree) in trees.items():
        if not any(key in counts for key in tree):
            continue
        for indicator, (own, title) in LEVELS.items():
            keys = [key for key, its in tree.items() if (its == level) is own]
            told[indicator][top] = Answer(
                Decimal(sum(counts.get(key, 0) for key in keys)),
                f"辖区内{title}，{COUNTS.format(period=period)}",
                partial(_records, found, keys, ("published_on", "pk")),
            )
    return told


# -- documents -------------------------------------------------------------------------------------

SERIES: Final = {Kind.NORMATIVE: "normative", Kind.RULE: "rules"}
TITLES: Final = {
    "issued": "本期制发的{}",
    "repealed": "本期废止的{}",
    "valid": "期末现行有效的{}",
    "open_total": "期末对外公开的{}",
}


@figures(
    {
        f"{series}.{what}": title.format(kind.label)
        for kind, series in SERIES.items()
        for what, title in TITLES.items()
    }
)
def documents(units: Sequence[int], period: Period) -> Answers:
    """Count rules and normative documents: made, repealed, in force and public at the end."""
    told: dict[str, Mapping[int, Answer]] = {}
    keeping = tallies.keeping(units, period.last)
    end = f"{period.last:%Y年%-m月%-d日}"
    rules = {
        "issued": f"成文日期（没有的按公开日期）在{period}的{{}}，{DOCUMENTS}",
        "repealed": f"废止日期在{period}的{{}}；有效期届满自动失效的不算废止。{DOCUMENTS}",
        "valid": f"{end}已经生效、没有失效也没有废止的{{}}，没有写生效日期的从成文日期起算。{DOCUMENTS}",
        "open_total": f"{end}仍然对外公开的{{}}，撤回、下线的不计。",
    }
    for what, condition in tallies.standings(period.first, period.last).items():
        rows = tallies.by_kind(units, condition)
        for kind, series in SERIES.items():

            def found(units: Sequence[int], kind: Kind = kind, what: str = what) -> ItemQuerySet:
                standing = tallies.standings(period.first, period.last)[what]
                return tallies.documents(units).filter(standing, kind=kind)

            counts = {unit: n for (unit, its), n in rows.items() if its == kind}
            order = ("made_on", "pk")
            count = _Count(counts, found, rules[what].format(kind.label), order)
            # who keeps documents and has none that is public has a figure all the same
            told[f"{series}.{what}"] = count.answers(sorted({*keeping, *counts}))
    return told
