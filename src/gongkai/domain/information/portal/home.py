"""What stands on the home of the city and of each organisation."""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from django.db.models import Count
from wagtail import hooks

from gongkai.domain.directory.models import Column
from gongkai.domain.information.models import Item
from gongkai.domain.information.portal import lists
from gongkai.domain.information.portal.sections import Section, section_of
from gongkai.domain.organisations.models import Guide, Organisation
from gongkai.domain.organisations.queries import top

FEW = 4
"""Lines of a column among others."""
LATEST = 10
GOVERNMENT = "government"


def facts_of(section: Section) -> dict[str, Any]:
    """Return what the home of an organisation shows."""
    unit = section.organisation
    mine = Item.objects.filter(organisation=unit)
    policy = section.part("policy")
    lines = lists.newest_by_column(section.leaves(policy), FEW) if policy else {}
    return {
        "latest": lists.latest(mine, LATEST),
        "policies": [(p, lines[p.pk]) for p in section.leaves(policy) if lines.get(p.pk)]
        if policy
        else [],
        "statutory": section.below(statutory) if (statutory := section.part("statutory")) else [],
        "outline": [(part, section.below(part)) for part in section.parts],
        "focus": section.focus,
        "counts": _counts(section),
        "guide": Guide.objects.filter(organisation=unit).first(),
        "guide_part": section.part("guide"),
        "years": reports_of(unit)[:6],
        "below": _below(unit),
    }


def city() -> dict[str, Any] | None:
    """Return what the home of the whole portal shows, ``None`` before any organisation has columns."""
    first = top()
    if (
        first is None
        or not Column.objects.filter(live=True, depth__gte=Column.SECTION_DEPTH).exists()
    ):
        return None
    section = section_of(first)
    return facts_of(section) | {
        "section": section,
        "latest": lists.latest(Item.objects.all(), LATEST, named=True),
    }


def organisations() -> list[tuple[str, list[Organisation]]]:
    """Return every organisation in being that has columns: each government with what belongs to it.

    A government that has nothing below it stands among what belongs to the one above.
    """
    units = list(
        Organisation.objects.in_being().filter(columns__live=True).distinct().order_by("path")
    )
    parents = {path for unit in units for path in unit.ancestor_paths}
    groups: list[tuple[str, list[Organisation]]] = []
    by_path: dict[str, list[Organisation]] = {}
    for unit in units:
        above = next((path for path in reversed(unit.ancestor_paths) if path in by_path), "")
        if above and not (unit.kind == GOVERNMENT and unit.path in parents):
            by_path[above].append(unit)
            continue
        groups.append((unit.name, [unit]))
        if unit.kind == GOVERNMENT:
            by_path[str(unit.path)] = groups[-1][1]
    return groups


def reports_of(unit: Organisation) -> list[dict[str, Any]]:
    """Return the annual reports that *unit* has issued, newest first, as whoever keeps them says."""
    return [report for ask in hooks.get_hooks("register_annual_reports") for report in ask(unit.pk)]


def _counts(section: Section) -> dict[int, int]:
    """Return how many public items each column has; the index of columns answers it."""
    keys = [place.pk for place in section.places if place.holds_items]
    rows = Item.objects.public().filter(column__in=keys).order_by().values("column")
    return {row["column"]: row["count"] for row in rows.annotate(count=Count("*"))}


def _below(unit: Organisation) -> list[tuple[str, Iterable[Organisation]]]:
    """Return the organisations right below *unit*, governments apart from departments."""
    found = Organisation.objects.in_being().filter(
        path__startswith=unit.path, depth=unit.depth + 1, columns__live=True
    )
    kinds: dict[bool, list[Organisation]] = defaultdict(list)
    for each in found.distinct().order_by("path"):
        kinds[each.kind == GOVERNMENT].append(each)
    heads = ((False, "部门和单位"), (True, "下级政府"))
    return [(head, kinds[key]) for key, head in heads if kinds[key]]
