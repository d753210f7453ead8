"""Items that are there already: by document number, by title and day, by nearly the same text."""

import hashlib
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from django.db.models import Q

from gongkai.core import fingerprints
from gongkai.core.titles import quoted
from gongkai.domain.information.importing.models import Fingerprint
from gongkai.domain.information.models import Item
from gongkai.domain.information.models.item import Status

Why = Literal["number", "title", "text"]
BANDS = tuple(f"band_{n}" for n in range(1, fingerprints.COUNT + 1))
MOST = 5
"""Items that each candidate is compared with, those that share most of its bands first."""
SAME = 0.8
"""Share of common pieces from which two texts count as nearly the same."""
_TAGS = re.compile(r"<[^>]+>")
_BRACKETS = str.maketrans("[]【】（）()［］〈〉<>", "〔〕〔〕〔〕〔〕〔〕〔〕〔〕")
WORDS: Mapping[Why, str] = {
    "number": "文号相同",
    "title": "标题和日期相同",
    "text": "正文几乎相同",
}


@dataclass(frozen=True, slots=True)
class Candidate:
    """What is about to be entered.

    Attributes:
        key: Anything by which the caller knows it again.
    """

    key: int
    organisation: int
    title: str
    number: str = ""
    day: date | None = None
    body: str = ""


@dataclass(frozen=True, slots=True)
class Alike:
    """An item that is there already, and in what it is the same.

    Attributes:
        share: How much of the text is the same, from 0 to 1, where that was compared.
    """

    item: Item
    why: Why
    share: float | None = None

    def __str__(self) -> str:
        words = WORDS[self.why]
        if self.share is not None:
            words = f"{words}（相同 {self.share:.0%}）"
        return f"{words}：{quoted(self.item.title)}"


def alike(candidate: Candidate, *, but: int | None = None) -> list[Alike]:
    """Return the items that *candidate* seems to be, the surest first; for the entry screen.

    Args:
        candidate: What is being entered.
        but: Key of the item that is being edited.
    """
    return all_alike([candidate], but=but).get(candidate.key, [])


def all_alike(candidates: Sequence[Candidate], *, but: int | None = None) -> dict[int, list[Alike]]:
    """Return the same for many at once, with a constant number of queries.

    Looked for within the candidate's own organisation: what another agency passed on is no duplicate.
    """
    known = _Known(candidates)
    chosen = {c.key: known.rows_like(c) for c in candidates}
    keys = {row for rows in chosen.values() for row in rows}
    told = Q(pk__in=keys)
    if numbers := _spellings(candidates):
        told |= Q(
            organisation__in={c.organisation for c in candidates}, document_number__in=numbers
        )
    found = Item.objects.filter(told).exclude(status=Status.WITHDRAWN).defer("body", "summary")
    items = {item.pk: item for item in found if item.pk != but}
    near = {key for c in candidates for key in known.near.get(c.key, ())} & items.keys()
    bodies = dict(Item.objects.filter(pk__in=near).values_list("pk", "body"))
    by_number: dict[tuple[int, str], list[Item]] = {}
    for item in items.values():
        mark = (item.organisation_id, number_of(item.document_number))
        by_number.setdefault(mark, []).append(item)
    answers = {}
    for candidate in candidates:
        same = by_number.get((candidate.organisation, number_of(candidate.number)), [])
        listed = [items[key] for key in chosen[candidate.key] if key in items]
        if answer := _judge(candidate, same if candidate.number else [], listed, bodies):
            answers[candidate.key] = answer
    return answers


class _Known:
    """The fingerprints that share a title or a band with any of the candidates, fetched unit by unit."""

    def __init__(self, candidates: Sequence[Candidate]) -> None:
        self.bands = {c.key: fingerprints.bands(text_of(c.body)) for c in candidates}
        self.near: dict[int, list[int]] = {}
        self._by_title: dict[tuple[int, int], list[int]] = {}
        self._by_band: dict[tuple[int, int, int], list[int]] = {}
        by_unit: dict[int, list[Candidate]] = {}
        for candidate in candidates:
            by_unit.setdefault(candidate.organisation, []).append(candidate)
        for unit, those in by_unit.items():
            self._fetch(unit, those)

    def _fetch(self, unit: int, candidates: Sequence[Candidate]) -> None:
        told = Q(title__in={title_print(c.title) for c in candidates if c.title})
        wanted = [b for c in candidates if (b := self.bands[c.key]) is not None]
        for place, name in enumerate(BANDS):
            if wanted:
                told |= Q(**{f"{name}__in": {bands[place] for bands in wanted}})
        rows = Fingerprint.objects.filter(told, organisation=unit)
        for key, title, *bands in rows.values_list("item", "title", *BANDS):
            self._by_title.setdefault((unit, title), []).append(key)
            for place, band in enumerate(bands):
                if band is not None:
                    self._by_band.setdefault((unit, place, band), []).append(key)

    def rows_like(self, candidate: Candidate) -> list[int]:
        """Return the keys of items with its title, and of those that share most of its bands."""
        unit = candidate.organisation
        titled = self._by_title.get((unit, title_print(candidate.title)), [])[:MOST]
        shared: Counter[int] = Counter()
        for place, band in enumerate(self.bands[candidate.key] or ()):
            shared.update(self._by_band.get((unit, place, band), ()))
        self.near[candidate.key] = [key for key, _ in shared.most_common(MOST)]
        return list(dict.fromkeys([*titled, *self.near[candidate.key]]))


def title_print(title: str) -> int:
    """Return the fingerprint of a title: signs, spaces and brackets do not count."""
    digest = hashlib.blake2b(fingerprints.plain(title).encode(), digest_size=8).digest()
    return int.from_bytes(digest, "little", signed=True)


def text_of(body: str) -> str:
    """Return the text of HTML, roughly."""
    return _TAGS.sub(" ", body) if "<" in body else body


def number_of(number: str) -> str:
    """Return a document number as it is compared: 〔〕 for any bracket, no spaces."""
    return "".join(number.split()).translate(_BRACKETS)


def write(items: Iterable[Item]) -> None:
    """Write the fingerprints of *items*, new or changed."""
    rows = []
    for item in items:
        bands = fingerprints.bands(text_of(item.body)) or (None,) * fingerprints.COUNT
        rows.append(
            Fingerprint(
                item_id=item.pk,
                organisation_id=item.organisation_id,
                title=title_print(item.title),
                **dict(zip(BANDS, bands, strict=True)),
            )
        )
    Fingerprint.objects.bulk_create(
        rows,
        batch_size=500,
        update_conflicts=True,
        unique_fields=["item"],
        update_fields=["organisation", "title", *BANDS],
    )


def _spellings(candidates: Sequence[Candidate]) -> set[str]:
    """Return the numbers as they may stand in the database: as given, and with the right brackets."""
    given = {c.number.strip() for c in candidates if c.number}
    return given | {number_of(number) for number in given}


def _judge(
    candidate: Candidate,
    numbered: Sequence[Item],
    listed: Sequence[Item],
    bodies: Mapping[int, str],
) -> list[Alike]:
    found = {item.pk: Alike(item, "number") for item in numbered}
    titled, text = title_print(candidate.title), text_of(candidate.body)
    for item in listed:
        if item.pk in found:
            continue
        days = {item.made_on, item.published_on}
        if title_print(item.title) == titled and (candidate.day is None or candidate.day in days):
            found[item.pk] = Alike(item, "title")
        elif item.pk in bodies:
            part = fingerprints.share(text, text_of(bodies[item.pk]))
            if part >= SAME:
                found[item.pk] = Alike(item, "text", part)
    order = list(WORDS)
    return sorted(found.values(), key=lambda a: (order.index(a.why), -(a.share or 1), a.item.pk))
