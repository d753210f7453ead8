"""What the list is asked for: filters in the address, as conditions on terms and on cases."""

import re
import unicodedata
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Q, QuerySet

from gongkai.core import codes
from gongkai.core.deadlines import receipt
from gongkai.core.lifecycle import duties, states
from gongkai.domain.applications.desk import queues
from gongkai.domain.applications.models import Application, Term
from gongkai.domain.organisations.models import Organisation
from gongkai.foundation.accounts.models import User
from gongkai.foundation.permissions import Reader

LONGEST = 100
ME = "me"
_NUMBER = re.compile(r"[0-9A-Za-z-]{8,40}")


@dataclass(frozen=True, slots=True)
class Asked:
    """The filters of a request; what makes no sense is left out.

    Attributes:
        when: The queue, or ``cases`` for the cases themselves.
        unit: Whose desk.
        person: Who is to do it; ``me`` in the address for oneself.
        text: A number or words of the matter; asks for cases.
    """

    when: str = ""
    unit: Organisation | None = None
    person: User | None = None
    state: str = ""
    duty: str = ""
    kind: str = ""
    channel: str = ""
    text: str = ""
    query: Mapping[str, str] = field(default_factory=dict)

    @property
    def is_cases(self) -> bool:
        """Tell whether cases are asked for, not what is due."""
        return self.when == queues.CASES or bool(self.text)

    @property
    def narrowed(self) -> int:
        """Return how many filters are set."""
        names = ("unit", "person", "state", "duty", "kind", "channel")
        return sum(bool(self.query.get(name)) for name in names)


def asked_of(reader: Reader, query: Mapping[str, str]) -> Asked:
    """Read the filters; a query for the unit and one for the person, where they are asked for."""

    def one_of(name: str, known: Collection[str]) -> str:
        value = str(query.get(name, ""))
        return value if value in known else ""

    known_queues = [queue.key for queue in queues.QUEUES] + [queues.CASES]
    unit = _unit(str(query.get("unit", "")))
    asked_person = str(query.get("person", ""))
    person = _person(reader, asked_person)
    values = {
        "when": one_of("when", known_queues),
        "state": one_of("state", states().keys()),
        "duty": one_of("duty", duties().keys()),
        "kind": one_of("kind", codes.applicants().keys()),
        "channel": one_of("channel", receipt.channels().keys()),
        "text": str(query.get("q", "")).strip()[:LONGEST],
    }
    told = {**values, "q": values["text"]}
    del told["text"]
    told["unit"] = str(unit.pk) if unit else ""
    told["person"] = asked_person if person else ""
    return Asked(unit=unit, person=person, query=told, **values)


def _unit(key: str) -> Organisation | None:
    if not (key.isascii() and key.isdigit() and len(key) < 10):
        return None
    found: Organisation | None = Organisation.objects.filter(pk=key).first()
    return found


def _person(reader: Reader, key: str) -> User | None:
    if key == ME:
        return reader.user
    if not (key.isascii() and key.isdigit() and len(key) < 10):
        return None
    return User.objects.filter(pk=key).first()


def numbered(rows: QuerySet[Application], text: str) -> Application | None:
    """Return the one of *rows* whose number *text* is, typed in any width; nothing for part of a number."""
    number = unicodedata.normalize("NFKC", text).strip()
    if not _NUMBER.fullmatch(number):
        return None
    return rows.filter(number=number).only("pk", "number").first()


def terms(rows: QuerySet[Term], asked: Asked) -> QuerySet[Term]:
    """Keep the terms that *asked* wants, of any queue."""
    if asked.unit:
        rows = rows.filter(organisation=asked.unit)
    if asked.person:
        rows = rows.filter(person=asked.person)
    if asked.duty:
        rows = rows.filter(duty=asked.duty)
    names = ("state", "kind", "channel")
    return rows.filter(**{f"application__{n}": v for n in names if (v := getattr(asked, n))})


def cases(rows: QuerySet[Application], asked: Asked) -> QuerySet[Application]:
    """Keep the cases that *asked* wants."""
    if asked.unit:
        rows = rows.filter(Q(organisation=asked.unit) | Q(unit=asked.unit))
    if asked.person:
        rows = rows.filter(handler=asked.person)
    names = ("state", "kind", "channel")
    rows = rows.filter(**{n: v for n in names if (v := getattr(asked, n))})
    if asked.duty:
        running: Any = Term.objects.running().filter(duty=asked.duty)
        rows = rows.filter(pk__in=running.values("application"))
    if asked.text:
        text = asked.text
        is_number = text[:4].isdigit() and "-" in text
        rows = (
            rows.filter(number__startswith=text)
            if is_number
            else rows.filter(matter__icontains=text)
        )
    return rows
