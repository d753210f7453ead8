"""Items that are there already: by document number, by title and day, by nearly the same text."""

import hashlib
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from django.db.models import Q

from gongkai.core import fingerprints
from gongkai.domain.information.importing.models import Fingerprint
from gongkai.domain.information.models import Item
from gongkai.domain.information.models.item import Status

Why = Literal["number", "title", "text"]
NEAR = 10
"""Bits in which fingerprints may differ for the texts to be compared at all."""
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
        return f"{words}：《{self.item.title}》"


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
    prints = {c.key: fingerprints.fingerprint(text_of(c.body)) for c in candidates}
    rows = _near_rows(candidates, prints)
    numbers = {number_of(c.number) for c in candidates if c.number}
    units = {c.organisation for c in candidates}
    told = Q(pk__in=[row.item_id for row in rows])
    if numbers:
        told |= Q(organisation__in=units, document_number__in=_spellings(candidates))
    # bodies are fetched below for those few whose fingerprints are near
    found = Item.objects.filter(told).exclude(status=Status.WITHDRAWN)
    items = {item.pk: item for item in found.defer("body", "summary") if item.pk != but}
    bodies = _bodies(candidates, prints, rows, items)
    by_unit: dict[int, list[Fingerprint]] = {}
    for row in rows:
        by_unit.setdefault(row.organisation_id, []).append(row)
    return {
        candidate.key: answer
        for candidate in candidates
        if (answer := _judge(candidate, prints[candidate.key], by_unit, items, bodies))
    }


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
        text = fingerprints.fingerprint(text_of(item.body))
        parts = fingerprints.bands(text) if text is not None else (None,) * len(fingerprints.STARTS)
        rows.append(
            Fingerprint(
                item_id=item.pk,
                organisation_id=item.organisation_id,
                title=title_print(item.title),
                text=text,
                **{f"band_{n}": part for n, part in enumerate(parts, start=1)},
            )
        )
    Fingerprint.objects.bulk_create(
        rows,
        batch_size=500,
        update_conflicts=True,
        unique_fields=["item"],
        update_fields=[
            "organisation",
            "title",
            "text",
            *(f"band_{n}" for n in range(1, len(fingerprints.STARTS) + 1)),
        ],
    )


def _spellings(candidates: Sequence[Candidate]) -> set[str]:
    """Return the numbers as they may stand in the database: as given, and with the right brackets."""
    given = {c.number.strip() for c in candidates if c.number}
    return given | {number_of(number) for number in given}


def _near_rows(
    candidates: Sequence[Candidate], prints: Mapping[int, int | None]
) -> list[Fingerprint]:
    """Return the fingerprints that share a title or a part with any of the candidates."""
    rows: dict[int, Fingerprint] = {}
    by_unit: dict[int, list[Candidate]] = {}
    for candidate in candidates:
        by_unit.setdefault(candidate.organisation, []).append(candidate)
    for unit, those in by_unit.items():
        told = Q(title__in={title_print(c.title) for c in those if c.title})
        parts = [fingerprints.bands(p) for c in those if (p := prints[c.key]) is not None]
        for n in range(len(fingerprints.STARTS)):
            if parts:
                told |= Q(
                    **{f"band_{n + 1}__in": {part[n] for part in parts}, "text__isnull": False}
                )
        for row in Fingerprint.objects.filter(told, organisation=unit):
            rows[row.item_id] = row
    return list(rows.values())


def _bodies(
    candidates: Sequence[Candidate],
    prints: Mapping[int, int | None],
    rows: Sequence[Fingerprint],
    items: Mapping[int, Item],
) -> dict[int, str]:
    wanted = [p for c in candidates if (p := prints[c.key]) is not None]
    near = [
        row.item_id
        for row in rows
        if row.item_id in items
        and row.text is not None
        and any(fingerprints.distance(row.text, p) <= NEAR for p in wanted)
    ]
    return dict(Item.objects.filter(pk__in=near).values_list("pk", "body"))


def _judge(
    candidate: Candidate,
    printed: int | None,
    by_unit: Mapping[int, Sequence[Fingerprint]],
    items: Mapping[int, Item],
    bodies: Mapping[int, str],
) -> list[Alike]:
    found: dict[int, Alike] = {}
    number = number_of(candidate.number)
    if number:
        for item in items.values():
            same = number_of(item.document_number) == number
            if same and item.organisation_id == candidate.organisation:
                found[item.pk] = Alike(item, "number")
    titled = title_print(candidate.title)
    for row in by_unit.get(candidate.organisation, ()):
        there = items.get(row.item_id)
        if there is None or there.pk in found:
            continue
        days = {there.made_on, there.published_on}
        if row.title == titled and (candidate.day is None or candidate.day in days):
            found[there.pk] = Alike(there, "title")
        elif (
            printed is not None
            and row.text is not None
            and there.pk in bodies
            and fingerprints.distance(row.text, printed) <= NEAR
        ):
            part = fingerprints.share(text_of(candidate.body), text_of(bodies[there.pk]))
            if part >= SAME:
                found[there.pk] = Alike(there, "text", part)
    order = list(WORDS)
    return sorted(found.values(), key=lambda a: (order.index(a.why), -(a.share or 1), a.item.pk))
