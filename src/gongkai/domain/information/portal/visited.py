"""The pages of the disclosure section whose visits are counted, and whom they count for."""

import re
from collections.abc import Collection, Mapping, Sequence
from typing import Final

from gongkai.domain.directory.models import Column
from gongkai.domain.information.models import Item
from gongkai.domain.organisations.models import Organisation
from gongkai.domain.organisations.queries import top
from gongkai.foundation.visits import VisitSource, register
from gongkai.foundation.visits.registry import Place

ITEM, COLUMN, ORGANISATION, FRONT = "item", "column", "organisation", "front"
IN_COLUMN: Final = "column.all"
"""A column's own pages, and those of the items that stood in it when they were opened."""
OF_ORGANISATION: Final = "organisation.all"
"""Everything of an organisation: its home, its columns, its items, its reports."""

Pages = Mapping[int, Sequence[Place]]


def items(keys: Collection[int]) -> Pages:
    """Return which of *keys* are public items; a read item counts for its column and its organisation."""
    rows = Item.objects.public().filter(pk__in=keys).order_by()
    return {
        key: [(OF_ORGANISATION, unit), *([(IN_COLUMN, column)] if column else [])]
        for key, unit, column in rows.values_list("pk", "organisation", "column")
    }


def columns(keys: Collection[int]) -> Pages:
    """Return which of *keys* are columns with a page."""
    rows = Column.objects.filter(pk__in=keys, live=True, organisation__isnull=False).order_by()
    return {
        key: [(IN_COLUMN, key), (OF_ORGANISATION, unit)]
        for key, unit in rows.values_list("pk", "organisation")
    }


def organisations(keys: Collection[int]) -> Pages:
    """Return which of *keys* are organisations in being."""
    rows = Organisation.objects.in_being().filter(pk__in=keys).order_by()
    return {key: [(OF_ORGANISATION, key)] for key in rows.values_list("pk", flat=True)}


def front(keys: Collection[int]) -> Pages:
    """Return the front page, which is the first organisation's."""
    first = top()
    return {key: [(OF_ORGANISATION, first.pk)] if first else [] for key in keys if key == 0}


register(VisitSource(ITEM, re.compile(r"/items/[0-9]+/([0-9]+)/"), items))
register(VisitSource(COLUMN, re.compile(r"/columns/([0-9]+)/(?:[0-9]+/)?"), columns))
register(
    VisitSource(ORGANISATION, re.compile(r"/organisations/([0-9]+)/(?:[a-z]+/)?"), organisations)
)
register(VisitSource(FRONT, re.compile(r"/"), front))
