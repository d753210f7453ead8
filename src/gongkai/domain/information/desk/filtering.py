"""What a list of items is asked for: the filters of the desk, as a filter and as words."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import Q, Value
from django.db.models.functions import StrIndex
from django.db.models.lookups import GreaterThan

from gongkai.core import codes
from gongkai.domain.directory.models import Column
from gongkai.domain.information.models import Item, Kind, Publicity, Status, Validity
from gongkai.domain.information.models.item import ItemQuerySet
from gongkai.domain.organisations.models import Organisation
from gongkai.domain.organisations.policies import visible_to as organisations_visible_to
from gongkai.foundation import clock
from gongkai.foundation.keys import key_of
from gongkai.foundation.permissions import Reader

FIRST_YEAR = 2003
LONGEST = 100


@dataclass(frozen=True, slots=True)
class Asked:
    """The filters of a request; what makes no sense is left out."""

    organisation: Organisation | None = None
    column: Column | None = None
    status: str = ""
    topic: str = ""
    genre: str = ""
    publicity: str = ""
    kind: str = ""
    validity: str = ""
    year: int | None = None
    text: str = ""
    query: Mapping[str, str] = field(default_factory=dict)

    @property
    def order(self) -> str:
        """Return the date by which the list goes: that of publication where a year is asked for."""
        return "published_on" if self.year else ""

    @property
    def is_narrow(self) -> bool:
        """Tell whether any filter but the stage is set."""
        return any(value for name, value in self.query.items() if name != "status")

    @property
    def opened(self) -> int:
        """Return how many of the filters behind 更多条件 are set."""
        names = ("topic", "genre", "publicity", "kind", "validity", "year", "column")
        return sum(bool(self.query.get(name)) for name in names)


def asked_of(reader: Reader, query: Mapping[str, str]) -> Asked:
    """Read the filters; one query for each of organisation and column, if they are asked for."""

    def one_of(name: str, known: Any) -> str:
        value = str(query.get(name, ""))
        return value if value in known else ""

    year = query.get("year", "")
    organisation = _found(organisations_visible_to(reader), query.get("organisation", ""))
    column = _found(Column.objects.select_related("organisation"), query.get("column", ""))
    known = codes.topics()
    asked = {
        "status": one_of("status", Status.values),
        "topic": one_of("topic", known),
        "genre": one_of("genre", codes.genres()),
        "publicity": one_of("publicity", Publicity.values),
        "kind": one_of("kind", [Kind.RULE, Kind.NORMATIVE]),
        "validity": one_of("validity", Validity.values),
        "text": str(query.get("q", "")).strip()[:LONGEST],
    }
    told = {**asked, "q": asked["text"], "year": year if year.isdecimal() else ""}
    del told["text"]
    told["organisation"] = str(organisation.pk) if organisation else ""
    told["column"] = str(column.pk) if column else ""
    return Asked(
        organisation=organisation,
        column=column,
        year=int(year) if year.isdecimal() and FIRST_YEAR <= int(year) < 2200 else None,  # a year
        query=told,
        **asked,
    )


def _found(rows: Any, key: str) -> Any:
    return rows.filter(pk=key_of(key)).first() if key else None


def filtered(items: ItemQuerySet, asked: Asked, day: date | None = None) -> ItemQuerySet:
    """Keep what *asked* wants, unordered."""
    if asked.organisation:
        items = items.filter(organisation__path__startswith=asked.organisation.path)
    if asked.column:
        items = items.filter(column=asked.column)
    if asked.status:
        # the second condition is true anyway; it lets an index of what is not public serve
        items = items.filter(status=asked.status, live=asked.status == Status.PUBLIC)
    items = items.filter(**{n: v for n in ("genre", "publicity") if (v := getattr(asked, n))})
    if asked.publicity not in {"", Publicity.OPEN}:
        items = items.filter(live=False)
    if asked.kind:
        items = only_documents(items).filter(kind=asked.kind)
    if asked.topic:
        items = items.filter(topic__in=_with_parts(asked.topic))
    if asked.validity:
        items = with_validity(items, asked.validity, day or clock.today())
    if asked.year:
        items = items.filter(
            published_on__gte=date(asked.year, 1, 1), published_on__lte=date(asked.year, 12, 31)
        )
    return matching(items, asked.text) if asked.text else items


def _with_parts(topic: str) -> list[str]:
    return [topic, *(key for key, facts in codes.topics().items() if facts.parent == topic)]


def only_documents(items: ItemQuerySet) -> ItemQuerySet:
    """Keep documents. They are few, and an index of their own has all that they are looked for by."""
    return items.documents()


def with_validity(items: ItemQuerySet, validity: str, day: date) -> ItemQuerySet:
    """Keep the documents whose validity on *day* is *validity*."""
    documents = only_documents(items)
    match validity:
        case Validity.REPEALED:
            return documents.filter(repealed_on__lte=day)
        case Validity.EXPIRED:
            return documents.filter(
                Q(repealed_on=None) | Q(repealed_on__gt=day), expires_on__lte=day
            )
        case Validity.PENDING:
            return documents.filter(effective_on__gt=day)
    amended: Any = documents.valid_on(day).with_amended(day)
    found: ItemQuerySet = amended.filter(is_amended=validity == Validity.AMENDED)
    return found


def matching(items: ItemQuerySet, text: str) -> ItemQuerySet:
    """Keep those with *text* in the title, or exactly as one of their numbers."""
    numbers = {text, text.translate(str.maketrans("[]【】", "〔〕〔〕"))}
    keys = keys_of(numbers)
    condition = _in_title(text)
    return items.filter(condition | Q(pk__in=keys) if keys else condition)


def _in_title(text: str) -> Q:
    """Return the condition that *text* stands in the title; of letters, SQLite takes capital ones for small ones.

    All titles are read for it. Without letters it is a comparison of bytes, which takes SQLite three quarters of the time.
    """
    if any(character.isascii() and character.isalpha() for character in text):
        return Q(title__contains=text)
    return Q(GreaterThan(StrIndex("title", Value(text)), 0))


def keys_of(numbers: Iterable[str]) -> list[int]:
    """Return the items that have one of *numbers* as index, document or registration number.

    One question for each, unordered: an index answers it, as it would not answer all three at once.
    """
    numbers = list(numbers)
    found: list[int] = []
    for name in ("index_number", "document_number", "registration_number"):
        rows = Item.objects.filter(**{f"{name}__in": numbers}).exclude(**{name: ""}).order_by()
        found += rows.values_list("pk", flat=True)[:LONGEST]
    return found
