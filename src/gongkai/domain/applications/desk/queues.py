"""The queues of the desk: what is late, due today, due this week, later, and what others owe."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Count, Q, QuerySet

from gongkai.domain.applications.models import Term
from gongkai.foundation.permissions import Reader

INSIDE, OUTSIDE = ("office", "unit"), ("applicant", "party")
ALL, CASES = "", "cases"
"""Everything one has to do; and the cases themselves, whatever is owed in them."""


@dataclass(frozen=True, slots=True)
class Queue:
    """A queue of terms."""

    key: str
    title: str
    tone: str = ""


QUEUES = (
    Queue(ALL, "要办的"),
    Queue("late", "已逾期", "is-bad"),
    Queue("today", "今天到期", "is-bad"),
    Queue("week", "本周到期", "is-warn"),
    Queue("later", "以后到期"),
    Queue("undated", "没有期限"),
    Queue("waiting", "等待对方"),
)


def own_units(reader: Reader) -> list[int]:
    """Return the units in which the reader holds a post today."""
    return sorted({standing.unit for standing in reader.standings})


def conditions(reader: Reader, today: date) -> Mapping[str, Q]:
    """Return what each queue asks of a term.

    What a unit owes is work for the unit, and something to wait for in the eyes of everybody else. A reply for
    which no day runs waits for whatever has stopped the clock, which is owed by somebody else.
    """
    ours = Q(who="office") | Q(who="unit", organisation__in=own_units(reader))
    ours &= ~Q(duty="reply", due=None)
    end = today + timedelta(days=6 - today.weekday())
    return {
        ALL: ours,
        "late": ours & Q(due__lt=today),
        "today": ours & Q(due=today),
        "week": ours & Q(due__gt=today, due__lte=end),
        "later": ours & Q(due__gt=end) & Q(due__gt=today),
        "undated": ours & Q(due=None),
        "waiting": Q(who__in=OUTSIDE) | Q(who="unit") & ~Q(organisation__in=own_units(reader)),
    }


def in_queue(terms: QuerySet[Term], key: str, reader: Reader, today: date) -> QuerySet[Term]:
    """Keep those of *terms* that stand in the queue *key*."""
    return terms.filter(conditions(reader, today)[key])


def counts(terms: QuerySet[Term], reader: Reader, today: date) -> dict[str, int]:
    """Return how many stand in each queue, in one query."""
    asked: dict[str, Any] = {
        f"n_{key}": Count("pk", filter=condition)
        for key, condition in conditions(reader, today).items()
    }
    found = terms.order_by().aggregate(**asked)
    return {key: found[f"n_{key}"] for key in conditions(reader, today)}
