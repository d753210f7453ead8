"""A new version of an organisation's standard directory."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.db.models import Max

from gongkai.core.directories import Line
from gongkai.domain.directory import events
from gongkai.domain.directory.actions.columns import tell_of
from gongkai.domain.directory.actions.lapse import lapse
from gongkai.domain.directory.errors import NotAfterLast, NothingToAdopt
from gongkai.domain.directory.models import Assignment, Column, Entry, Listing, StandardDirectory
from gongkai.domain.directory.planting import home
from gongkai.domain.organisations.models import Organisation
from gongkai.foundation.permissions import Reader
from gongkai.foundation.trail import record

ACT = "directory.adopt"
AT_ONCE = 500
LINKED = "standard-directory"
"""The key of the column that leads to the directory."""


@dataclass(frozen=True, slots=True)
class Difference:
    """What a new version changes.

    Attributes:
        fresh: Lines that the version before did not have.
        kept: Lines whose entry it had.
        gone: Entries that are no longer listed.
    """

    fresh: int
    kept: int
    gone: int


def identity_of(line: Line) -> str:
    """Return the digest by which a new version finds the entry of *line* again."""
    return hashlib.sha256("\x1f".join(line.identity).encode()).hexdigest()


def compare(organisation: Organisation, lines: Sequence[Line]) -> Difference:
    """Return what *lines* would change in the directory of *organisation*."""
    last = StandardDirectory.objects.filter(organisation=organisation).first()
    before = (
        set(Listing.objects.filter(directory=last).values_list("entry__identity", flat=True))
        if last
        else set()
    )
    now = {identity_of(line) for line in lines if not line.errors}
    return Difference(len(now - before), len(now & before), len(before - now))


def adopt(  # noqa: PLR0913  # the facts of an act, all by name
    organisation: Organisation,
    *,
    lines: Sequence[Line],
    effective_from: date,
    title: str,
    source: str = "",
    by: Reader | None,
) -> StandardDirectory:
    """Take the sound ones of *lines* as a new version of the directory of *organisation*.

    An entry keeps its identity, and with it what was assigned and fulfilled, where field, matter and
    content are the same as before.

    Raises:
        NothingToAdopt: No line is sound.
        NotAfterLast: A later version is there already.
    """
    if by is not None:
        by.must(ACT, str(organisation.path))
    sound = [line for line in lines if not line.errors]
    if not sound:
        raise NothingToAdopt
    with transaction.atomic():
        last = (
            StandardDirectory.objects.select_for_update().filter(organisation=organisation).first()
        )
        if last and last.effective_from >= effective_from:
            raise NotAfterLast(day=effective_from, last=last.effective_from)
        number = (
            StandardDirectory.objects.filter(organisation=organisation).aggregate(n=Max("version"))[
                "n"
            ]
            or 0
        ) + 1
        fresh = StandardDirectory.objects.create(
            organisation=organisation,
            version=number,
            title=title,
            effective_from=effective_from,
            source=source[:200],
        )
        if last:
            last.effective_until = effective_from
            last.save(update_fields=["effective_until"])
        entries = _entries(organisation, sound)
        Listing.objects.bulk_create(
            [
                _listing(fresh, entries[identity_of(line)], order, line)
                for order, line in enumerate(sound, start=1)
            ],
            batch_size=AT_ONCE,
        )
        if last:
            _pass_on(last, fresh)
        _link(organisation, fresh)
        lapse(fresh, by=by)
        events.directory_adopted.send(StandardDirectory, directory=fresh)
        record(
            events.ADOPTED,
            by=by,
            act=ACT,
            path=str(organisation.path),
            on=fresh,
            facts={"version": number, "entries": len(sound), "refused": len(lines) - len(sound)},
        )
    return fresh


def _link(organisation: Organisation, directory: StandardDirectory) -> None:
    """Have the organisation's section lead to the newest version."""
    columns = Column.objects.filter(organisation=organisation)
    column = columns.filter(key=LINKED).first()
    parent = columns.filter(key="statutory", live=True).first()
    if column is None and parent is None:
        return
    home()
    if column is None:
        column = Column(
            organisation=organisation,
            key=LINKED,
            slug=LINKED,
            title="基层政务公开标准目录",
            kind="link",
            section="statutory",
            link=directory.get_absolute_url(),
        )
        Column.objects.get(pk=parent.pk).add_child(instance=column)
    else:
        column.link = directory.get_absolute_url()
        column.save()
    tell_of([column], organisation)


def _entries(organisation: Organisation, lines: Sequence[Line]) -> dict[str, Entry]:
    wanted = {identity_of(line): line for line in lines}
    known = {entry.identity: entry for entry in Entry.objects.filter(organisation=organisation)}
    fresh = [
        Entry(
            organisation=organisation,
            field=line.field,
            first=line.facts["first"],
            second=line.facts.get("second", ""),
            third=line.facts.get("third", ""),
            content=line.facts["content"],
            identity=identity,
        )
        for identity, line in wanted.items()
        if identity not in known
    ]
    made = Entry.objects.bulk_create(fresh, batch_size=AT_ONCE)
    return known | {entry.identity: entry for entry in made}


def _pass_on(last: StandardDirectory, fresh: StandardDirectory) -> None:
    """Let a matter whose content alone is worded anew be owed by the units that were chosen by hand for it."""
    before, after = _by_matter(last, fresh), _by_matter(fresh, last)
    heirs = {
        old[0]: after[matter][0]
        for matter, old in before.items()
        if len(old) == 1 and len(after.get(matter, ())) == 1
    }
    Assignment.objects.bulk_create(
        Assignment(
            entry_id=heirs[row.entry_id],
            unit_id=row.unit_id,
            column_id=row.column_id,
            by_hand=True,
        )
        for row in Assignment.objects.filter(entry__in=heirs, by_hand=True)
    )


def _by_matter(
    directory: StandardDirectory, other: StandardDirectory
) -> dict[tuple[str, ...], list[int]]:
    """Return the entries that *directory* lists and *other* does not, by field and matter."""
    rows = (
        Entry.objects.filter(listings__directory=directory)
        .exclude(listings__directory=other)
        .values_list("pk", "field", "first", "second", "third")
    )
    found: dict[tuple[str, ...], list[int]] = {}
    for key, *matter in rows:
        found.setdefault(tuple(matter), []).append(key)
    return found


def _listing(directory: StandardDirectory, entry: Entry, order: int, line: Line) -> Listing:
    facts = line.facts
    return Listing(
        directory=directory,
        entry=entry,
        order=order,
        number=facts.get("number", ""),
        basis=facts.get("basis", ""),
        deadline=facts.get("deadline", ""),
        limit_kind=line.limit.kind,
        body=facts.get("body", ""),
        channels=list(line.channels.chosen),
        other_channels=list(line.channels.unknown),
        everybody=line.everybody,
        group=line.group[:200],
        on_request=line.on_request,
        city=line.levels.city,
        county=line.levels.county,
        township=line.levels.township,
        extra=line.extra,
    )
