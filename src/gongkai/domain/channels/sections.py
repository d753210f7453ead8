"""The headings of a gazette, as data, and which of them an item belongs under."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import yaml

from gongkai.domain.channels.models import Gazette
from gongkai.domain.information.models import Item, Link, Relation


@dataclass(frozen=True, slots=True)
class Section:
    """A heading, and what it takes."""

    title: str
    kinds: tuple[str, ...] = ()
    own: bool = False
    interprets: bool = False
    numbered: bool = False

    def takes(self, item: Item, *, own: bool, interprets: bool) -> bool:
        """Tell whether *item* belongs under it."""
        return (
            (not self.kinds or item.kind in self.kinds)
            and (not self.own or own)
            and (not self.interprets or interprets)
            and (not self.numbered or bool(item.document_number))
        )


@cache
def sections() -> tuple[Section, ...]:
    """Return them in order."""
    raw = yaml.safe_load(Path(__file__).with_name("sections.yaml").read_text(encoding="utf-8"))
    return tuple(Section(**{**facts, "kinds": tuple(facts.get("kinds", ()))}) for facts in raw)


def sections_of(gazette: Gazette, items: Iterable[Item]) -> Mapping[int, str]:
    """Return under which heading of *gazette* each of *items* belongs, by its key; one query."""
    wanted = list(items)
    interpreting = set(
        Link.objects.filter(
            source__in=[item.pk for item in wanted], relation=Relation.INTERPRETS
        ).values_list("source", flat=True)
    )
    found = {}
    for item in wanted:
        own, interprets = item.organisation_id == gazette.organisation_id, item.pk in interpreting
        takers = (s for s in sections() if s.takes(item, own=own, interprets=interprets))
        found[item.pk] = next(takers, sections()[-1]).title
    return found


def rank(title: str) -> int:
    """Return the place of a heading among the others; one of somebody's own comes last."""
    titles = [section.title for section in sections()]
    return titles.index(title) if title in titles else len(titles)
