"""An organisation's section as a reader sees it: parts in the prescribed order, columns below them."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from functools import cached_property

from gongkai.domain.directory.models import Column
from gongkai.domain.directory.models.column import TOP
from gongkai.domain.information.portal import addresses
from gongkai.domain.information.portal.links import APPLY
from gongkai.domain.organisations.models import Organisation

FOCUS = "focus"
STEP = Column.steplen


@dataclass(frozen=True, slots=True)
class Place:
    """An open column, as little of it as pages show: a city has tens of thousands."""

    pk: int
    title: str
    kind: str
    section: str
    path: str
    link: str
    note: str
    organisation: int

    @property
    def is_part(self) -> bool:
        """Tell whether it is a part of the section."""
        return len(self.path) == Column.SECTION_DEPTH * STEP

    @property
    def above(self) -> str:
        """Return the path of the column above."""
        return self.path[:-STEP]

    @property
    def holds_items(self) -> bool:
        """Tell whether items stand in it."""
        return self.kind in Column.HOLD_ITEMS

    @property
    def is_plain(self) -> bool:
        """Tell whether its newest page is a list like its others; a document is shown whole, applying is explained."""
        return self.holds_items and self.kind != "document" and self.section != APPLY

    @property
    def href(self) -> str:
        """Return where it leads."""
        if self.kind == "link":
            return self.link
        if self.is_part and not self.holds_items and self.section:
            return addresses.part(self.organisation, self.section)
        return addresses.column(self.pk)


@dataclass
class Section:
    """The open columns of one organisation, in the order of the tree."""

    organisation: Organisation
    places: list[Place]

    @cached_property
    def by_path(self) -> dict[str, Place]:
        """The columns by their path."""
        return {place.path: place for place in self.places}

    @cached_property
    def by_key(self) -> dict[int, Place]:
        """The columns by their key."""
        return {place.pk: place for place in self.places}

    @cached_property
    def parts(self) -> list[Place]:
        """The parts in their order."""
        return [place for place in self.places if place.is_part]

    @cached_property
    def focus(self) -> list[Place]:
        """The columns of the key fields, wherever they stand."""
        here = [p for p in self.places if p.section == FOCUS and not p.is_part]
        return [p for p in here if p.kind != "group"]

    @cached_property
    def is_closed(self) -> bool:
        """Tell whether the organisation is no more."""
        return not self.organisation.is_in_being() and self.organisation.closed is not None

    @property
    def successor_home(self) -> str:
        """The address of the section of whoever has taken over, empty where nobody has."""
        key = self.organisation.successor_id
        return addresses.organisation(key) if key else ""

    @property
    def home(self) -> str:
        """The address of the section."""
        return addresses.organisation(self.organisation.pk)

    def part(self, key: str) -> Place | None:
        """Return the part *key*."""
        return next((p for p in self.parts if p.section == key), None)

    def below(self, place: Place) -> list[Place]:
        """Return the columns right below *place*."""
        return [p for p in self.places if p.above == place.path]

    def leaves(self, place: Place) -> list[Place]:
        """Return the columns below *place* that hold something themselves."""
        return [p for p in self.places if p.path.startswith(place.path) and p.kind != "group"]

    def chain(self, place: Place) -> list[Place]:
        """Return *place* and what is above it, from the part down."""
        ends = range(Column.SECTION_DEPTH * STEP, len(place.path) + 1, STEP)
        return [self.by_path[place.path[:end]] for end in ends if place.path[:end] in self.by_path]

    def side(self, place: Place) -> list[tuple[str, list[Place]]]:
        """Return what stands at the left of a page of *place*: headings of its part, columns below each."""
        part = next(iter(self.chain(place)), place)
        below = self.below(part)
        groups = [(p.title, self.below(p)) for p in below if p.kind == "group"]
        plain = [p for p in below if p.kind != "group"]
        return [(part.title, plain), *groups] if plain else groups


_known: ContextVar[dict[int, Section] | None] = ContextVar("sections known", default=None)


@contextmanager
def remembering(known: dict[int, Section]) -> Iterator[None]:
    """Have sections asked for once while many pages are written; those of *known* are not asked for."""
    before = _known.set(known)
    try:
        yield
    finally:
        _known.reset(before)


def section_of(organisation: Organisation) -> Section:
    """Return the section of *organisation*, one query."""
    known = _known.get()
    if known is None:
        return sections_of([organisation])[organisation.pk]
    if organisation.pk not in known:
        known |= sections_of([organisation])
    return known[organisation.pk]


def sections_of(organisations: Iterable[Organisation]) -> dict[int, Section]:
    """Return the sections of several organisations by key, one query."""
    found = {o.pk: Section(o, []) for o in organisations}
    rows = (
        Column.objects.filter(organisation__in=found, live=True).exclude(key=TOP).order_by("path")
    )
    fields = ("pk", "title", "kind", "section", "path", "link", "note", "organisation_id")
    for row in rows.values_list(*fields):
        found[row[-1]].places.append(Place(*row))
    return found
