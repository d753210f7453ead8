"""How the demo county keeps its obligations: most in time, some late, a few not at all."""

import hashlib
import html
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, TypeAlias

from wagtail.models.pages import Page

from gongkai.core.directories.matching import Candidate, fit
from gongkai.domain.directory import actions as directory
from gongkai.domain.directory.actions.propose import duty_of
from gongkai.domain.directory.events import columns_changed
from gongkai.domain.directory.models import Column, Fulfilment, Obligation
from gongkai.domain.information.actions import Reviewed
from gongkai.domain.organisations.models import Organisation
from gongkai.foundation import clock
from gongkai.foundation.permissions import Reader

if TYPE_CHECKING:
    from gongkai.domain.information.demo import City

Names: TypeAlias = Mapping[str, Mapping[str, str]]
"""What items are called, by field and matter of the first level."""
COUNTY = "1141982173190840XE"
PARTS = 100
KEPT, LATE = 94, 8
"""Of a hundred groups that are due so many are published, and of those so many late."""
UNDATED = 66
WAITING = 4
"""So many of a hundred wait for a person to confirm them."""
KEPT_OPEN = ("system", "notices", "policy-normative")
"""Columns that stay open though nothing is in them yet."""


def fulfil(city: "City", topics: Mapping[str, str], names: Names) -> int:
    """Publish what the county's units owe until today, called by *names*; return how many items that made."""
    county = Organisation.objects.filter(code=COUNTY).first()
    if county is None or Fulfilment.objects.exists():
        return 0
    made = 0
    clerks = {unit.pk: name for name, unit in city.units.items()}
    for unit in Organisation.objects.below(county).in_being():
        if unit.pk in clerks:
            made += _unit(city, unit, clerks[unit.pk], topics, names)
    return made


def tidy() -> int:
    """Close what stands empty in most units, as an office does before an inspection; return how many.

    The governments and every sixth unit are left as they are, so that there is something to find.
    """
    units = Organisation.objects.in_being().exclude(kind="government", level="prefecture")
    keys = list(units.exclude(kind="government", level="county").values_list("pk", flat=True))
    tidied = [key for place, key in enumerate(keys) if place % 6]
    empty = (
        Column.objects.open()
        .filter(organisation__in=tidied, kind="list", items=None)
        .exclude(key__in=KEPT_OPEN)
    )
    found = dict(empty.values_list("pk", "organisation"))
    Column.objects.filter(pk__in=list(found)).update(closed=clock.today())
    Page.objects.filter(pk__in=list(found)).update(live=False)
    columns_changed.send(Column, columns=set(found), organisations=set(found.values()))
    return len(found)


def _unit(
    city: "City", unit: Organisation, clerk: str, topics: Mapping[str, str], names: Names
) -> int:
    today = clock.today()
    owed = Obligation.objects.owed().filter(unit=unit, year=today.year)
    groups: dict[tuple[str, str, str], list[Obligation]] = defaultdict(list)
    for row in owed.select_related("entry", "column").order_by("pk"):
        groups[row.field, row.entry.first, row.period].append(row)
    column = city.column(unit, "s20-15")
    things, meant = [], []
    for rows in groups.values():
        day, lot = _day(rows[0], today)
        if day is None:
            continue
        name = names[rows[0].field][rows[0].entry.first]
        values = _values(unit, name, rows, rows[0].column or column, day)
        values["topic"] = topics.get(rows[0].field, "")
        things.append(Reviewed(values))
        meant.append((rows, lot))
    if not things:
        return 0
    with clock.moved_to(today):
        items = city.note(unit, things)
    fresh, sure = [], []
    for item, (rows, lot) in zip(items, meant, strict=True):
        seen = Candidate(unit.pk, item.column_id, item.title, item.published_on or today)
        for row in rows:
            found = fit(seen, duty_of(row))
            said = "；".join(found.reasons) if found else "人工关联"
            fresh.append(Fulfilment(obligation=row, item=item, score=found.score, reasons=said))
            if lot >= WAITING or not found:
                sure.append(fresh[-1])
    Fulfilment.objects.bulk_create(fresh, batch_size=500)
    directory.confirm(sure, by=Reader.of(city.people[clerk]))
    return len(items)


def _day(row: Obligation, today: date) -> tuple[date | None, int]:
    """Return the day on which it was published, if it was, and the group's lot of a hundred."""
    seed = hashlib.sha256(f"{row.unit_id} {row.entry.first} {row.period}".encode()).digest()
    lot, days = seed[0] * PARTS // 256, seed[1]
    if row.due is None:
        first = date(today.year, 1, 8)
        day = first + timedelta(days=days * max((today - first).days - 1, 0) // 256)
        return (day if lot < UNDATED else None), lot + WAITING
    if row.due >= today or lot >= KEPT:
        return None, lot
    late = seed[2] * PARTS // 256 < LATE
    day = row.due + timedelta(days=3 + days % 9) if late else row.due - timedelta(days=days % 14)
    return min(day, today), lot


def _values(
    unit: Organisation, name: str, rows: Sequence[Obligation], column: Any, day: date
) -> dict[str, Any]:
    first = rows[0]
    return {
        "title": _title(unit, name, first),
        "body": _body(unit, rows),
        "summary": f"{first.get_field_display()}领域{first.entry.first}，{first.period_title}。",
        "column": column,
        "keywords": f"{first.get_field_display()} {first.entry.first}",
        "made_on": day,
        "formed_on": day,
        "published_on": day,
        "source": str(unit.name),
    }


def _title(unit: Organisation, name: str, owed: Obligation) -> str:
    told = name.format(last=owed.year - 1)
    if told != name:
        return f"{unit}{told}"
    if owed.period == str(owed.year):
        return f"{unit}{told}（{owed.period_title}）"
    return f"{unit}{owed.period_title}{told}"


def _body(unit: Organisation, rows: Iterable[Obligation]) -> str:
    lines = [f"<p>按照基层政务公开标准目录，现将{html.escape(unit.name)}下列信息予以公开。</p>"]
    told = dict.fromkeys((row.entry.second, row.entry.content) for row in rows)
    body = "".join(
        f"<tr><td>{html.escape(second)}</td><td>{html.escape(content)}</td></tr>"
        for second, content in told
    )
    head = '<tr><th scope="col">事项</th><th scope="col">公开内容</th></tr>'
    lines.append(f"<table><thead>{head}</thead><tbody>{body}</tbody></table>")
    lines.append("<p>对公开内容有疑问的，可以按公开指南写明的方式联系本机关。</p>")
    return "".join(lines)
