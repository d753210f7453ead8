"""What the list is asked for: filters in the address, as conditions on remedies."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import Case, Count, F, IntegerField, Q, QuerySet, Value, When

from gongkai.core import codes
from gongkai.domain.organisations.models import Organisation
from gongkai.domain.remedies.models import Kind, Remedy
from gongkai.domain.remedies.queries import TO_RENEW, WAITING

COLUMNS: Mapping[str, str] = {
    "upheld": "结果维持",
    "corrected": "结果纠正",
    "other": "其他结果",
    "pending": "尚未审结",
}
"""The columns of the statutory table."""


@dataclass(frozen=True, slots=True)
class Queue:
    """A queue of remedies."""

    key: str
    title: str
    tone: str = ""


ALL = ""
QUEUES = (
    Queue(ALL, "全部"),
    Queue("late", "逾期未答复", "is-bad"),
    Queue("defend", "等我方答复、答辩", "is-warn"),
    Queue("renew", "应当重新办理", "is-warn"),
    Queue("pending", "等待结果"),
    Queue("concluded", "已有结果"),
)


def conditions(today: date) -> Mapping[str, Q]:
    """Return what each queue asks of a remedy."""
    return {
        ALL: Q(pk__isnull=False),
        "late": WAITING & Q(defence_due__lt=today),
        "defend": WAITING,
        "renew": TO_RENEW,
        "pending": Q(decided=None) & ~WAITING,
        "concluded": Q(decided__isnull=False),
    }


@dataclass(frozen=True, slots=True)
class Asked:
    """The filters of a request; what makes no sense is left out."""

    when: str = ""
    kind: str = ""
    column: str = ""
    ground: str = ""
    unit: Organisation | None = None
    text: str = ""
    query: Mapping[str, str] = field(default_factory=dict)

    @property
    def narrowed(self) -> int:
        """Return how many filters are set besides the queue."""
        return sum(bool(self.query.get(name)) for name in ("kind", "column", "ground", "unit", "q"))

    def keep(self, rows: QuerySet[Remedy]) -> QuerySet[Remedy]:
        """Keep what is asked for, of any queue."""
        if self.kind:
            rows = rows.filter(kind=self.kind)
        if self.ground:
            rows = rows.filter(ground=self.ground)
        if self.unit:
            rows = rows.filter(organisation=self.unit)
        if self.column:
            rows = rows.filter(_in_column(self.column))
        if self.text:
            rows = rows.filter(
                Q(number__icontains=self.text) | Q(application__number__startswith=self.text)
            )
        return rows


def _in_column(column: str) -> Q:
    if column == "pending":
        return Q(decided=None)
    keys = [k for k, o in codes.remedy_outcomes().items() if o.column == column]
    return Q(outcome__in=keys)


def asked_of(query: Mapping[str, str]) -> Asked:
    """Read the filters; a query for the unit where it is asked for."""

    def one_of(name: str, known: Collection[str]) -> str:
        value = str(query.get(name, ""))
        return value if value in known else ""

    key = str(query.get("unit", ""))
    is_key = key.isascii() and key.isdigit() and len(key) < 10
    unit = Organisation.objects.filter(pk=key).first() if is_key else None
    values: dict[str, Any] = {
        "when": one_of("when", [queue.key for queue in QUEUES]),
        "kind": one_of("kind", Kind.values),
        "column": one_of("column", COLUMNS),
        "ground": one_of("ground", codes.grounds()),
        "text": str(query.get("q", "")).strip()[:60],
    }
    told = {**values, "q": values["text"], "unit": str(unit.pk) if unit else ""}
    return Asked(unit=unit, query=told, **values)


def in_order(rows: QuerySet[Remedy]) -> QuerySet[Remedy]:
    """Put what waits for an answer first, then what must be decided again, then what is pending."""
    urgency = Case(
        When(WAITING, then=Value(0)),
        When(TO_RENEW, then=Value(1)),
        When(decided=None, then=Value(2)),
        default=Value(3),
        output_field=IntegerField(),
    )
    return rows.annotate(urgency=urgency).order_by(
        "urgency",
        Case(When(WAITING, then=F("defence_due"))).asc(nulls_last=True),
        "-filed",
        "-pk",
    )


def counts(rows: QuerySet[Remedy], today: date) -> dict[str, int]:
    """Return how many stand in each queue, in one query."""
    asked = {f"n_{key}": Count("pk", filter=q) for key, q in conditions(today).items()}
    found = rows.order_by().aggregate(**asked)
    return {key: found[f"n_{key}"] for key in conditions(today)}
