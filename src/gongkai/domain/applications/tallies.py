"""Counting applications: the few questions that every figure of this area is made of.

Each application counts once where it came in and once where it was decided: on the day of receipt and on the
day of the decision in its first round. What was open at the beginning or at the end of a period is what came in
by then and was not decided by then. So "new and carried in" and "decided and carried out" are the same
applications, whatever happened to them: they balance by construction.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import count
from typing import Any, Final, TypeAlias

import numpy as np
from django.db.models import (
    Aggregate,
    Case,
    CharField,
    Exists,
    F,
    Func,
    OuterRef,
    Q,
    QuerySet,
    TextField,
    Value,
    When,
)
from django.db.models.functions import Cast
from numpy.typing import NDArray

from gongkai.domain.applications.models import Application
from gongkai.domain.organisations.models import Organisation

NEW: Final = "new"
CARRIED_IN: Final = "carried_in"
DECIDED: Final = "decided"
CARRIED_OUT: Final = "carried_out"
MANY: Final = 300
"""From so many units on it is cheaper to look at all there are than to name them to the database."""

STROKE, COMMA = "/", ","
"""Between the parts of a sort, and between sorts: signs that no key of law data has."""

FLOWS: Final = {
    "1": (CARRIED_IN, DECIDED),
    "2": (CARRIED_IN, CARRIED_OUT),
    "3": (NEW, DECIDED),
    "4": (NEW, CARRIED_OUT),
}
"""How an application may come in and go out, by the sign with which the database answers first."""

Sort: TypeAlias = tuple[str, ...]
"""How an application came in, how it went out, and what else was asked of it."""
Numbers: TypeAlias = NDArray[np.int64]


def conditions(first: date, last: date) -> Mapping[str, Q]:
    """Return what each of the four counts asks of an application, from *first* to *last*."""
    received = Q(received__isnull=False)
    undecided_at_end = Q(decided=None) | Q(decided__gt=last)
    undecided_before = Q(decided=None) | Q(decided__gte=first)
    return {
        NEW: Q(received__range=(first, last)),
        CARRIED_IN: received & Q(received__lt=first) & undecided_before,
        DECIDED: received & Q(decided__range=(first, last)),
        CARRIED_OUT: received & Q(received__lte=last) & undecided_at_end,
    }


def of_units(units: Sequence[int]) -> QuerySet[Application]:
    """Return the applications to *units*, keys or a query for them."""
    return Application.objects.filter(organisation__in=units).order_by()


class Joined(Func):
    """The texts of several expressions, one after the other."""

    template = "(%(expressions)s)"
    arg_joiner = " || "
    output_field = TextField()


class Listed(Aggregate):
    """All the texts of a group, in no order, with a comma between; nothing where there are none."""

    function = "group_concat"
    template = f"%(function)s(%(expressions)s, '{COMMA}')"
    output_field = TextField()

    def as_postgresql(self, *args: Any, **kwargs: Any) -> Any:
        """Write it down as PostgreSQL calls it."""
        return self.as_sql(*args, **kwargs, function="string_agg")


def _either(condition: Q, then: Value | Case, otherwise: Value | Case) -> Case:
    return Case(When(condition, then=then), default=otherwise, output_field=CharField())


def _ended(last: date, decided: str, carried_out: str) -> Case:
    return _either(Q(decided__lte=last), Value(decided), Value(carried_out))


@dataclass(frozen=True, slots=True)
class Tally:
    """The applications of a period, each as a unit and a sort.

    Attributes:
        units: The keys of the units that have had an application by its end; only they have figures.
        sorts: The sorts that there are.
        unit: For each application the place of its unit.
        sort: For each application the place of its sort.
    """

    units: Sequence[int]
    sorts: Sequence[Sort]
    unit: Numbers
    sort: Numbers

    def table(self, width: int, columns: Callable[[Sort], Iterable[int]]) -> Numbers:
        """Return how many applications of each unit, in their order, count in each of *width* columns.

        Args:
            width: How many columns there are.
            columns: Returns the columns in which an application of a sort counts.
        """
        told = [list(columns(sort)) for sort in self.sorts]
        most = max(map(len, told), default=0)
        # what counts in fewer columns than others counts in one more, at the end, that nobody sees
        padded = [[*places, *[width] * (most - len(places))] for places in told]
        places = np.array(padded, dtype=np.int64).reshape(len(told), most)
        counted = (self.unit[:, None] * (width + 1) + places[self.sort]).ravel()
        found = np.bincount(counted, minlength=len(self.units) * (width + 1))
        return found.reshape(len(self.units), width + 1)[:, :width]


def tally(units: Sequence[int], first: date, last: date, by: Sequence[str | Case]) -> Tally:
    """Return what came in, was carried over and was decided from *first* to *last*; three questions however many units.

    Args:
        units: Keys of organisations.
        first: The first day of the period.
        last: Its last day.
        by: Further fields or expressions that sorts are told apart by; their values are keys of law data.
    """
    sign = _either(Q(received__lt=first), _ended(last, "1", "2"), _ended(last, "3", "4"))
    sort = Joined(sign, *(part for each in by for part in (each, Value(STROKE))))
    rows = Application.objects.filter(to_some(units), received__lte=last).order_by()
    # two texts, told in the same order, instead of a row for each application; asked apart, since an index that begins
    # with the decision answers both
    keys, texts = [_numbers("")], list[str]()
    for undecided_before in (Q(decided=None), Q(decided__gte=first)):
        told = rows.filter(undecided_before).aggregate(
            keys=_keys("organisation"), texts=Listed(sort)
        )
        if told["texts"]:
            keys.append(_numbers(told["keys"]))
            texts += told["texts"].split(COMMA)
    known: dict[str, int] = defaultdict(count().__next__)
    key, place = np.concatenate(keys), np.fromiter(map(known.__getitem__, texts), dtype=np.int64)
    there = _with_one(units, key, last)
    places = np.full(max(key.max(initial=0), there.max(initial=0)) + 1, -1)
    places[there] = np.arange(len(there))
    unit = places[key]
    return Tally(
        units=there.tolist(),
        sorts=[(*FLOWS[text[0]], *text[1:].split(STROKE)[:-1]) for text in known],
        unit=unit[unit >= 0],
        sort=place[unit >= 0],
    )


def _with_one(units: Sequence[int], counted: Numbers, last: date) -> Numbers:
    """Return which of *units* have had an application by *last*, in order; *counted* are known to."""
    wanted, has = np.zeros((2, max(counted.max(initial=0), *units, 0) + 1), dtype=bool)
    wanted[list(units)] = True
    has[counted] = True
    others = np.flatnonzero(wanted & ~has)
    if len(others):
        its = Application.objects.filter(organisation=OuterRef("pk"), received__lte=last)
        found = Organisation.objects.filter(Exists(its), to_some(others.tolist(), "pk")).order_by()
        keys = np.array(found.values_list("pk", flat=True), dtype=np.int64)
        has[keys[keys < len(has)]] = True
    return np.flatnonzero(wanted & has)


def _keys(name: str) -> Listed:
    return Listed(Cast(name, TextField()))


def _numbers(told: str) -> Numbers:
    return np.fromstring(told, dtype=np.int64, sep=COMMA)


def to_some(units: Sequence[int], name: str = "organisation") -> Q:
    """Return what keeps rows whose field *name* is one of *units*, and others as well where units are many."""
    return Q() if len(units) > MANY else Q(**{f"{name}__in": units})


def working_days(units: Sequence[int], first: date, last: date) -> QuerySet[Application, Any]:
    """Return what the time taken is worked out from, for what was decided from *first* to *last*."""
    found = of_units(units).filter(conditions(first, last)[DECIDED])
    return found.values_list(
        "organisation", F("received"), F("decided"), "paused", "extended", "in_time"
    )
