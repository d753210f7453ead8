"""What applications offer to statistics: the tables of every era, each cell with its cases."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from functools import partial
from typing import Final

from django.db.models import Q, Sum

from gongkai.core import codes, forms
from gongkai.core.deadlines import receipt
from gongkai.core.indicators import indicators
from gongkai.domain.applications import tallies
from gongkai.domain.applications.models import Application, Fact
from gongkai.domain.applications.models.fact import STRIKE
from gongkai.domain.applications.tallies import CARRIED_IN, CARRIED_OUT, DECIDED, NEW, Group
from gongkai.foundation.figures import Answer, Behind, Period, Record, cells, figures, from_cells

STAT65: Final = "stat65-2014"
RULE: Final = (
    "每件申请在收到之日所在的一期计一次“收到”，在第一次作出处理决定之日所在的一期计一次“办结”；"
    "期初、期末没有办结的为结转。还没有确认收到的不计。"
)
COUNTED: Final = ("requests.", "outcomes.")
YUAN_A_MYRIAD: Final = Decimal(10_000)

Cell = tuple[str, Q]
"""Which of the four counts, and what else is asked of an application."""


def record_of(application: Application) -> Record:
    """Return *application* as one of the cases behind a figure; nothing personal."""
    days = [f"收到{application.received}" if application.received else ""]
    if application.decided:
        days.append(f"办结{application.decided}，{codes.ground(application.outcome).label}")
    matter = " ".join(application.matter.split())
    title = f"{application.number} {matter[:40]}{'…' if len(matter) > 40 else ''}"  # a line
    return Record(title, href=application.get_absolute_url(), note="；".join(filter(None, days)))


@cells("applications", title="公开申请的办理记录")
def tables(units: Sequence[int], period: Period, form: str) -> Mapping[int, Mapping[str, Answer]]:
    """Fill the table of applications of *form*: seven columns since 2019, the rows of part three before."""
    told = tallies.tally(units, period.first, period.last)
    keeping = tallies.keeping(units, period.last)
    named = _stat65() if form == STAT65 else _by_applicant(form)
    if not named:
        return {}
    filled = {unit: Filled(unit, period, named) for unit in keeping}
    for name, groups in told.items():
        for group, n in groups.items():
            mine = filled.get(group.unit) or filled.setdefault(
                group.unit, Filled(group.unit, period, named)
            )
            for place in _places(form, name, group):
                mine.counts[place] += n
    if form == STAT65:
        for unit, yuan in _collected(keeping, period).items():
            filled[unit].more["stat65/req_fee/value"] = Answer(
                yuan / YUAN_A_MYRIAD, "在这一期缴纳的信息处理费，按缴费日期。"
            )
    return filled


class Filled(Mapping[str, Answer]):
    """The cells of one unit: counted at once, made into answers one by one where somebody looks at them.

    Attributes:
        counts: What was counted; a cell that is not there is zero.
        more: Answers that are no counts.
    """

    def __init__(self, unit: int, period: Period, named: Mapping[str, Cell]) -> None:
        self._unit, self._period, self._named = unit, period, named
        self.counts: Counter[str] = Counter()
        self.more: dict[str, Answer] = {}

    def __getitem__(self, place: str) -> Answer:
        """Return what *place* says."""
        if place in self.more:
            return self.more[place]
        behind = partial(_behind, [self._unit], self._period, *self._named[place])
        return Answer(Decimal(self.counts[place]), RULE, behind)

    def __iter__(self) -> Iterator[str]:
        """Yield the places, in the order of the form."""
        yield from self._named
        yield from self.more

    def __len__(self) -> int:
        """Return how many cells there are."""
        return len(self._named) + len(self.more)


def _behind(units: Sequence[int], period: Period, name: str, also: Q) -> Behind:
    found = tallies.of_units(units).filter(
        tallies.conditions(period.first, period.last)[name], also
    )
    return Behind(found.order_by("received", "pk"), record_of)


# -- the forms since 2019: a column for each kind of applicant --------------------------------------------


def _by_applicant(form: str) -> Mapping[str, Cell]:
    """Return every cell of the table of applications in *form*, and what it asks."""
    try:
        rows = forms.form(form).table("requests").rows
    except (forms.UnknownForm, forms.UnknownPlace):
        return {}
    asked: dict[str, Cell] = {}
    for row in rows:
        whole = {"new": NEW, "carried_in": CARRIED_IN, "carried_out": CARRIED_OUT}.get(row)
        outcomes = [key for key, ground in codes.grounds().items() if ground.row(form) == row]
        if row == "result_total":
            name, also = DECIDED, Q()
        elif whole:
            name, also = whole, Q()
        elif outcomes:
            name, also = DECIDED, Q(outcome__in=outcomes)
        else:
            continue
        for kind in codes.applicants():
            asked[f"requests/{row}/{kind}"] = name, also & Q(kind=kind)
        asked[f"requests/{row}/total"] = name, also
    return asked


def _places(form: str, name: str, group: Group) -> Iterable[str]:
    """Yield the cells that count *group*."""
    if form == STAT65:
        yield from _stat65_places(name, group)
        return
    rows = [name]
    if name == DECIDED:
        rows = ["result_total"]
        row = codes.ground(group.outcome).row(form)
        if row:
            rows.append(row)
    for row in rows:
        yield f"requests/{row}/{group.kind}"
        yield f"requests/{row}/total"


# -- the form of 2014 --------------------------------------------------------------------------------------


def _stat65() -> Mapping[str, Cell]:
    asked: dict[str, Cell] = {"req_received": (NEW, Q())}
    ways: dict[str, list[str]] = defaultdict(list)
    for key, channel in receipt.channels().items():
        if STAT65 in channel.rows:
            ways[channel.rows[STAT65]].append(key)
    asked |= {row: (NEW, Q(channel__in=keys)) for row, keys in ways.items()}
    asked |= {
        "req_closed": (DECIDED, Q()),
        "closed_ontime": (DECIDED, Q(extended=False)),
        "closed_extended": (DECIDED, Q(extended=True)),
    }
    outcomes: dict[str, list[str]] = defaultdict(list)
    for key, ground in codes.grounds().items():
        row = ground.row(STAT65)
        if row:
            outcomes[row].append(key)
            if row.startswith("den_"):
                outcomes["ans_denied"].append(key)
    answered = [key for keys in outcomes.values() for key in keys]
    asked["req_answered"] = DECIDED, Q(outcome__in=answered)
    asked |= {row: (DECIDED, Q(outcome__in=keys)) for row, keys in outcomes.items()}
    return {f"stat65/{row}/value": cell for row, cell in asked.items()}


def _stat65_places(name: str, group: Group) -> Iterable[str]:
    rows: list[str] = []
    if name == NEW:
        rows = ["req_received", receipt.channels()[group.channel].rows.get(STAT65, "")]
    elif name == DECIDED:
        row = codes.ground(group.outcome).row(STAT65)
        rows = ["req_closed", "closed_extended" if group.extended else "closed_ontime"]
        if row:
            rows += ["req_answered", row]
            rows += ["ans_denied"] if row.startswith("den_") else []
    yield from (f"stat65/{row}/value" for row in rows if row)


def _collected(units: Sequence[int], period: Period) -> Mapping[int, Decimal]:
    """Return what applicants paid in *period*, in yuan, by unit."""
    struck = Fact.objects.filter(act=STRIKE).values("about")
    rows = (
        Fact.objects.filter(
            act="pay",
            day__range=(period.first, period.last),
            application__organisation__in=units,
            amount__isnull=False,
        )
        .exclude(pk__in=struck)
        .order_by()
        .values_list("application__organisation")
        .annotate(total=Sum("amount"))
    )
    return dict.fromkeys(units, Decimal(0)) | dict(rows.iterator())


# -- indicators: the same counts by their names ------------------------------------------------------------


def _own_indicators() -> Mapping[str, Mapping[str, tuple[str, ...]]]:
    """Return, by indicator, the cells of each form that add up to it, of those that this area fills."""
    mine: dict[str, dict[str, tuple[str, ...]]] = {}
    filled: dict[str, Callable[[], Mapping[str, Cell]]] = {
        STAT65: _stat65,
        "format-2019": partial(_by_applicant, "format-2019"),
        "format-2021": partial(_by_applicant, "format-2021"),
    }
    known = {form: set(make()) for form, make in filled.items()}
    for item in indicators():
        if not item.key.startswith(COUNTED):
            continue
        for form, places in item.places.items():
            mine_here = tuple(str(place) for place in places if str(place) in known.get(form, ()))
            if mine_here and form not in item.scale:
                mine.setdefault(item.key, {})[form] = mine_here
    return mine


OWN: Final = _own_indicators()


@figures({item.key: item.definition for item in indicators() if item.key in OWN})
def by_indicator(units: Sequence[int], period: Period) -> Mapping[str, Mapping[int, Answer]]:
    """Answer the indicators of this area with the cells of the form of the year."""
    form = forms.form_with_tables(period.year).key
    places = {key: by_form[form] for key, by_form in OWN.items() if form in by_form}
    return from_cells(tables(units, period, form), places)
