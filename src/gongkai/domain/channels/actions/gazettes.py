"""An issue of a gazette is begun, filled, arranged, and appears."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Max

from gongkai.core.rendering import MissingGlyphs
from gongkai.core.rendering.gazette import pages_of, refuse_missing_in
from gongkai.domain.channels import errors, events
from gongkai.domain.channels.models import Gazette, GazetteEntry, Release, State
from gongkai.domain.channels.models.release import GAZETTE
from gongkai.domain.channels.printing import article, printed, shown
from gongkai.domain.channels.sections import rank, sections_of
from gongkai.domain.information.models import Item
from gongkai.domain.organisations.models import Organisation
from gongkai.foundation import clock
from gongkai.foundation.permissions import Reader, person
from gongkai.foundation.publicfiles import mapping, touch
from gongkai.foundation.trail import record

ACT = "channels.gazette"
FACTS = (
    "title",
    "year",
    "number",
    "total",
    "day",
    "print_run",
    "serial",
    "editor",
    "contact",
)
"""What is said of an issue as a whole."""


def compose(organisation: Organisation, *, by: Reader, **facts: Any) -> Gazette:
    """Begin an issue of the gazette of *organisation* with what :data:`FACTS` says of it.

    Raises:
        NotAllowed: The post does not allow it.
        NumberTaken: There is an issue of that number.
    """
    with transaction.atomic():
        path = str(organisation.path)
        by.must(ACT, path)
        gazette = Gazette(organisation=organisation, by=person(by))
        _put(gazette, facts)
        record(events.COMPOSED, by=by, act=ACT, path=path, on=gazette, facts=_number_of(gazette))
    return gazette


def revise(gazette: Gazette, *, by: Reader, **facts: Any) -> Gazette:
    """Change what is said of an issue that has not appeared.

    Raises:
        NotAllowed: The post does not allow it.
        Issued: It has appeared.
        NumberTaken: There is another issue of that number.
    """
    with transaction.atomic():
        row, path = _open(gazette, by)
        _put(row, facts)
        record(events.ARRANGED, by=by, act=ACT, path=path, on=row, facts=_number_of(row))
    return row


def include(gazette: Gazette, items: Iterable[Item], *, by: Reader) -> list[GazetteEntry]:
    """Take *items* into an issue, each at the end of the heading that it belongs under.

    Raises:
        NotAllowed: The post does not allow it.
        Issued: It has appeared.
        NotForGazette: One of them is not public.
    """
    with transaction.atomic():
        row, path = _open(gazette, by)
        there = set(row.entries.values_list("item", flat=True))
        wanted = [item for item in items if item.pk not in there]
        _must_be_public(wanted)
        headings = sections_of(row, wanted)
        last = row.entries.aggregate(last=Max("place"))["last"] or 0
        fresh = [
            GazetteEntry(gazette=row, item=item, section=headings[item.pk], place=last + number)
            for number, item in enumerate(wanted, 1)
        ]
        GazetteEntry.objects.bulk_create(fresh)
        _number(sorted(row.entries.order_by("place", "pk"), key=lambda entry: rank(entry.section)))
        _record_order(row, by, path)
    return fresh


def arrange(gazette: Gazette, order: Sequence[tuple[int, str]], *, by: Reader) -> None:
    """Put the entries of an issue into *order*: their keys, each with the heading that it stands under.

    Entries under one heading stand together, where the first of them stands; who is left out of *order* is
    taken out of the issue.

    Raises:
        NotAllowed: The post does not allow it.
        Issued: It has appeared.
        NoSuchEntry: Somebody else has changed it meanwhile.
    """
    with transaction.atomic():
        row, path = _open(gazette, by)
        known = {entry.pk: entry for entry in row.entries.all()}
        wanted = [key for key, _ in order]
        if len(set(wanted)) != len(wanted) or not set(wanted) <= set(known):
            raise errors.NoSuchEntry
        headings = list(dict.fromkeys(_heading(section) for _, section in order))
        for key, section in order:
            known[key].section = _heading(section)
        kept = [known[key] for key in wanted]
        _number(sorted(kept, key=lambda entry: headings.index(entry.section)))
        row.entries.exclude(pk__in=wanted).delete()
        _record_order(row, by, path)


def drop(gazette: Gazette, *, by: Reader) -> None:
    """Throw away an issue that has not appeared.

    Raises:
        NotAllowed: The post does not allow it.
        Issued: It has appeared.
    """
    with transaction.atomic():
        row, path = _open(gazette, by)
        record(events.DROPPED, by=by, act=ACT, path=path, on=row, facts=_number_of(row))
        row.delete()


def issue(gazette: Gazette, *, by: Reader) -> Gazette:
    """Let the issue appear: its pages are numbered, the public reads it, each item has its release.

    Raises:
        NotAllowed: The post does not allow it.
        Issued: It has appeared already.
        EmptyGazette: There is nothing in it.
        NotForGazette: Something in it is no longer public.
        Unprintable: A character would print as 〓.
        BeforePublication: Its day lies in the future.
    """
    with transaction.atomic():
        row, path = _open(gazette, by)
        documents = shown(row)
        if not documents:
            raise errors.EmptyGazette
        if row.day > clock.today():
            raise errors.NotYet(day=row.day)
        _must_be_public([document.entry.item for document in documents])
        for document in documents:
            try:
                refuse_missing_in(article(document))
            except MissingGlyphs as error:
                raise errors.Unprintable(
                    title=document.title, characters=error.facts["characters"]
                ) from None
        pages, row.pages = pages_of(printed(row))
        row.issued_at, row.by = clock.now(), person(by)
        row.save()
        entries = [document.entry for document in documents]
        for entry in entries:
            entry.page, entry.digest = pages[str(entry.pk)], entry.item.digest
        GazetteEntry.objects.bulk_update(entries, ["page", "digest"])
        _release(row, entries, by)
        maps = mapping.parts_of([row.organisation_id])
        touch([row.address, row.file_address, "/gazette/", *maps])
        record(
            events.ISSUED,
            by=by,
            act=ACT,
            path=path,
            on=row,
            after=[[entry.item_id, entry.page, entry.digest] for entry in entries],
            facts={**_number_of(row), "items": len(entries), "pages": row.pages},
        )
    return row


def _release(gazette: Gazette, entries: Sequence[GazetteEntry], by: Reader) -> None:
    """Note of each item that it was printed; what was planned is done, what another gazette printed stays."""
    known = Release.objects.select_for_update().filter(
        outlet=GAZETTE, item__in=[entry.item_id for entry in entries]
    )
    rows = {release.item_id: release for release in known}
    for entry in entries:
        release = rows.get(entry.item_id)
        if release is not None and release.state not in {State.PLANNED, State.GIVEN_UP}:
            continue
        release = release or Release(item=entry.item, outlet=GAZETTE)
        release.organisation = entry.item.organisation
        release.responsible, release.state = gazette.organisation, State.DONE
        release.on, release.due = release.on or gazette.day, None
        release.page = f"{gazette.year}年第{gazette.number}期第{entry.page}页"
        release.note, release.by, release.at = str(gazette), person(by), clock.now()
        release.save()


def _open(gazette: Gazette, by: Reader) -> tuple[Gazette, str]:
    """Return the issue, held, with the path of its publisher; it must not have appeared."""
    row = (
        Gazette.objects.select_for_update(of=("self",))
        .select_related("organisation")
        .get(pk=gazette.pk)
    )
    path = str(row.organisation.path)
    by.must(ACT, path)
    if row.is_issued:
        raise errors.Issued(gazette=row)
    return row, path


def _put(gazette: Gazette, facts: Mapping[str, Any]) -> None:
    unknown = set(facts) - set(FACTS)
    if unknown:
        raise TypeError(f"no such fact: {', '.join(sorted(unknown))}")
    for name, value in facts.items():
        setattr(gazette, name, value)
    try:
        with transaction.atomic():
            gazette.save()
    except IntegrityError:
        raise errors.NumberTaken(
            year=gazette.year, number=gazette.number, total=gazette.total
        ) from None


def _must_be_public(items: Sequence[Item]) -> None:
    public = set(
        Item.objects.public()
        .filter(pk__in=[item.pk for item in items])
        .values_list("pk", flat=True)
    )
    for item in items:
        if item.pk not in public:
            raise errors.NotForGazette(title=item.title)


def _heading(text: str) -> str:
    return " ".join(text.split())[:40] or "其他"


def _number(entries: Iterable[GazetteEntry]) -> None:
    """Give *entries* their places in this order."""
    rows = list(entries)
    for place, entry in enumerate(rows, 1):
        entry.place = place
    GazetteEntry.objects.bulk_update(rows, ["place", "section"])


def _record_order(gazette: Gazette, by: Reader, path: str) -> None:
    items = list(gazette.entries.order_by("place").values_list("item", flat=True))
    record(
        events.ARRANGED,
        by=by,
        act=ACT,
        path=path,
        on=gazette,
        after=items,
        facts={**_number_of(gazette), "items": len(items)},
    )


def _number_of(gazette: Gazette) -> dict[str, int]:
    return {"year": gazette.year, "number": gazette.number, "total": gazette.total}
