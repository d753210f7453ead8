"""What applications offer to statistics: the tables of every era, each cell with its cases."""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from decimal import Decimal
from functools import cache, partial
from typing import Final

from django.db.models import Case, CharField, Q, Sum, Value, When

from gongkai.core import codes, forms
from gongkai.core.deadlines import receipt
from gongkai.core.indicators import indicators
from gongkai.domain.applications import tallies
from gongkai.domain.applications.models import Application, Fact
from gongkai.domain.applications.models.fact import STRIKE
from gongkai.domain.applications.tallies import CARRIED_IN, CARRIED_OUT, DECIDED, NEW
from gongkai.foundation.figures import Answer, Behind, Period, Record, cells, figures, from_cells

STAT65: Final = "stat65-2014"
RULE: Final = (
    "每件申请在收到之日所在的一期计一次“收到”，在第一次作出处理决定之日所在的一期计一次“办结”；"
    "期初、期末没有办结的为结转。还没有确认收到的不计。"
)
PAID: Final = "stat65/req_fee/value"
RULE_OF_PAID: Final = "在这一期缴纳的信息处理费，按缴费日期。"
COUNTED: Final = ("requests.", "outcomes.")
YUAN_A_MYRIAD: Final = Decimal(10_000)
IN_WHICH_TIME: Final = Case(
    When(extended=True, then=Value("closed_extended")),
    default=Value("closed_ontime"),
    output_field=CharField(),
)
"""The row of 2014 for what was decided within the time, or within the extended one."""

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
    named = _stat65() if form == STAT65 else _by_applicant(form)
    if not named:
        return {}
    by: Sequence[str | Case] = ("kind", "outcome")
    places_of: Callable[..., Iterator[str]] = partial(_applicant_places, form)
    if form == STAT65:
        by, places_of = ("channel", "outcome", IN_WHICH_TIME), _stat65_places
    told = tallies.tally(units, period.first, period.last, by)
    column = {place: n for n, place in enumerate(named)}
    counts = told.table(
        len(named),
        lambda sort: [column[place] for place in places_of(*sort) if place in column],
    )
    paid = _collected(told.units, period) if form == STAT65 else {}
    return Sheet(period, named, dict(zip(told.units, counts, strict=True)), paid)


class Sheet(Mapping[int, Mapping[str, Answer]]):
    """The cells of many units, counted at once.

    Args:
        period: What was counted for.
        named: Every cell that is a count, and what it asks.
        counts: What was counted, for each unit in the order of the cells.
        paid: What applicants paid, in yuan; where it is told it is a cell more.
    """

    def __init__(
        self,
        period: Period,
        named: Mapping[str, Cell],
        counts: Mapping[int, tallies.Numbers],
        paid: Mapping[int, Decimal],
    ) -> None:
        self.period, self.named, self.counts, self.paid = period, named, counts, paid
        self.column = {place: n for n, place in enumerate(named)}

    def __getitem__(self, unit: int) -> "Filled":
        """Return the cells of *unit*."""
        return Filled(self, unit, self.counts[unit])

    def __iter__(self) -> Iterator[int]:
        """Yield the units."""
        return iter(self.counts)

    def __len__(self) -> int:
        """Return how many units there are."""
        return len(self.counts)


class Filled(Mapping[str, Answer]):
    """The cells of one unit, made into answers where somebody looks at them."""

    def __init__(self, sheet: Sheet, unit: int, counts: tallies.Numbers) -> None:
        self._sheet, self._unit, self._counts = sheet, unit, counts

    def __getitem__(self, place: str) -> Answer:
        """Return what *place* says."""
        sheet = self._sheet
        if place == PAID and self._unit in sheet.paid:
            return Answer(sheet.paid[self._unit] / YUAN_A_MYRIAD, RULE_OF_PAID)
        count = int(self._counts[sheet.column[place]])
        behind = partial(_behind, [self._unit], sheet.period, *sheet.named[place])
        return Answer(Decimal(count), RULE, behind)

    def __contains__(self, place: object) -> bool:
        """Tell whether it is one of the cells."""
        return place in self._sheet.named or (place == PAID and self._unit in self._sheet.paid)

    def __iter__(self) -> Iterator[str]:
        """Yield the places, in the order of the form."""
        yield from self._sheet.named
        if self._unit in self._sheet.paid:
            yield PAID

    def __len__(self) -> int:
        """Return how many cells there are."""
        return len(self._sheet.named) + (self._unit in self._sheet.paid)


def _behind(units: Sequence[int], period: Period, name: str, also: Q) -> Behind:
    found = tallies.of_units(units).filter(
        tallies.conditions(period.first, period.last)[name], also
    )
    return Behind(found.order_by("received", "pk"), record_of)


# -- the forms since 2019: a column for each kind of applicant --------------------------------------------


@cache
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


def _applicant_places(form: str, came: str, went: str, kind: str, outcome: str) -> Iterator[str]:
    """Yield the cells that count an application of that sort."""
    rows = [came, went]
    if went == DECIDED:
        row = codes.ground(outcome).row(form)
        rows = [came, "result_total", *filter(None, [row])]
    for row in rows:
        yield f"requests/{row}/{kind}"
        yield f"requests/{row}/total"


# -- the form of 2014 --------------------------------------------------------------------------------------


@cache
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


def _stat65_places(came: str, went: str, channel: str, outcome: str, within: str) -> Iterator[str]:
    """Yield the cells that count an application of that sort."""
    rows: list[str] = []
    if came == NEW:
        rows += ["req_received", receipt.channels()[channel].rows.get(STAT65, "")]
    if went == DECIDED:
        row = codes.ground(outcome).row(STAT65)
        rows += ["req_closed", within]
        if row:
            rows += ["req_answered", row]
            rows += ["ans_denied"] if row.startswith("den_") else []
    yield from (f"stat65/{row}/value" for row in rows if row)


def _collected(units: Sequence[int], period: Period) -> Mapping[int, Decimal]:
    """Return what applicants paid in *period*, in yuan, by unit."""
    struck = Fact.objects.filter(act=STRIKE).values("about")
    rows = (
        Fact.objects.filter(
            tallies.to_some(units, "application__organisation"),
            act="pay",
            day__range=(period.first, period.last),
            amount__isnull=False,
        )
        .exclude(pk__in=struck)
        .order_by()
        .values_list("application__organisation")
        .annotate(total=Sum("amount"))
    )
    found = dict(rows.iterator())
    return {unit: found.get(unit, Decimal(0)) for unit in units}


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
