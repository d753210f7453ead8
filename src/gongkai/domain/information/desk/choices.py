"""What can be chosen on forms, from the code lists of the law."""

from collections.abc import Iterable
from typing import Any

from gongkai.core import codes
from gongkai.domain.directory.models import Column
from gongkai.domain.organisations.models import Organisation

Choices = list[tuple[str, Any]]
INDENT = "\u3000"
"""A full-width space, which a select box does not swallow."""


def topics(empty: str = "") -> Choices:
    """Return the subjects, each class as a group of its parts."""
    found: Choices = [("", empty)]
    groups: dict[str, list[tuple[str, str]]] = {}
    for key, topic in codes.topics().items():
        if topic.parent:
            groups[topic.parent].append((key, topic.label))
        else:
            groups[key] = [(key, topic.label)]
    known = codes.topics()
    for key, parts in groups.items():
        found.append((known[key].label, parts))
    return found


def genres(empty: str = "") -> Choices:
    """Return the kinds of official document."""
    return [("", empty), *((key, genre.label) for key, genre in codes.genres().items())]


def grounds(empty: str = "") -> Choices:
    """Return the reasons to withhold, each with its article."""
    return [
        ("", empty),
        *((key, f"{e.label}（{e.reference}）") for key, e in codes.exemptions().items()),
    ]


def columns(organisation: Organisation | int) -> Iterable[Column]:
    """Return the columns of *organisation* that may hold items, in the order of the tree."""
    found: Iterable[Column] = (
        Column.objects.of(organisation)
        .open()
        .filter(kind__in=(*Column.HOLD_ITEMS, "group"))
        .order_by("path")
    )
    return found


def column_choices(organisation: Organisation | int, empty: str = "") -> Choices:
    """Return the columns of *organisation* as a form shows them: groups as headings of what lies below."""
    found: Choices = [("", empty)]
    group: list[tuple[str, str]] | None = None
    for column in columns(organisation):
        depth = column.depth - Column.SECTION_DEPTH
        if depth <= 0 and not column.holds_items:
            group = []
            found.append((str(column), group))
        elif column.holds_items:
            told = (str(column.pk), f"{INDENT * max(0, depth - 1)}{column}")
            (found if group is None or depth <= 0 else group).append(told)
        elif group is not None:
            group = []
            found.append((str(column), group))
    return [choice for choice in found if choice[1] != []]
