"""Public things as plain data, the same in the API, in dumps, and in exchange packages."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime, time
from typing import Any

from django.conf import settings
from django.db.models import F, Q
from django.utils import timezone

from gongkai.core.codes import genres, topic_title, validities
from gongkai.core.directories import fields
from gongkai.domain.directory.models import Column, Fulfilment, Obligation
from gongkai.domain.information.models import ChangeNote, Item
from gongkai.domain.information.pictures import is_name, placed
from gongkai.domain.information.portal.items import attachments
from gongkai.domain.information.searching import plain
from gongkai.domain.organisations.models import Guide, Organisation
from gongkai.oversight.reports.models import Report
from gongkai.oversight.reports.portal.queries import issued
from gongkai.site.api.models import Kind

Facts = dict[str, Any]
GUIDE = (
    "office", "address", "hours", "telephone", "fax", "postcode", "website", "email", "classification", "access",
)  # fmt: skip


def absolute(address: str) -> str:
    """Return the whole address that others keep."""
    return f"{settings.GONGKAI_PUBLIC_URL}{address}"


def items_shown() -> Any:
    """Return the query of public items with what their facts need; names instead of rows of other tables."""
    named = {"organisation_name": F("organisation__name"), "column_title": F("column__title")}
    return Item.objects.public().with_amended().annotate(**named)


def items(rows: Sequence[Item], *, full: bool = False) -> list[Facts]:
    """Return the facts of public items; three queries more where *full*."""
    told = [_item(row) for row in rows]
    if full:
        keys = [row.pk for row in rows]
        files, notes = attachments(keys), defaultdict(list)
        for note in ChangeNote.objects.filter(item__in=keys).order_by("pk"):
            notes[note.item_id].append(note)
        for facts, row in zip(told, rows, strict=True):
            facts |= {
                "body": placed(row.body, absolute(row.folder)),
                "text": plain(row.body),
                "files": [
                    {
                        "title": "正文里的图片" if is_name(each.title) else each.title,
                        "url": absolute(each.href),
                        "sha256": each.digest.removeprefix("sha256:"),
                    }
                    for each in files.get(row.pk, ())
                ],
                "change_notes": [
                    {"kind": each.get_kind_display(), "reason": each.reason, "at": each.at}
                    for each in notes[row.pk]
                ],
            }
    return told


def _item(row: Any) -> Facts:
    validity = row.validity()
    genre = genres().get(row.genre)
    topic = topic_title(row.topic)
    published = datetime.combine(row.published_on, time()) if row.published_on else None
    return {
        "key": row.pk,
        "url": absolute(row.address),
        "title": row.title,
        "index_number": row.index_number or "",
        "document_number": row.document_number,
        "organisation": {"key": row.organisation_id, "name": row.organisation_name},
        "column": {"key": row.column_id, "name": row.column_title} if row.column_id else None,
        "topic": {"key": row.topic, "label": topic} if topic else None,
        "genre": {"key": row.genre, "label": genre.label} if genre else None,
        "kind": row.kind,
        "registration_number": row.registration_number or "",
        "validity": (
            {"key": validity.value, "label": validities()[validity.value].label}
            if validity
            else None
        ),
        "made_on": row.made_on,
        "published_on": row.published_on,
        "effective_on": row.effective_on,
        "expires_on": row.expires_on,
        "summary": row.summary,
        "keywords": row.keywords.split(),
        "source": row.source,
        "changed": row.last_published_at or (published and timezone.make_aware(published)),
    }


def organisations(rows: Sequence[Organisation]) -> list[Facts]:
    """Return the facts of organisations, two queries more."""
    guides = {guide.organisation_id: guide for guide in Guide.objects.filter(organisation__in=rows)}
    above = dict(
        Organisation.objects.filter(path__in={row.parent_path for row in rows if row.parent_path})
        .order_by()
        .values_list("path", "pk")
    )
    return [
        {
            "key": row.pk,
            "name": row.name,
            "short": row.short,
            "code": row.code,
            "division": row.division,
            "kind": row.kind,
            "level": row.level,
            "parent": above.get(row.parent_path),
            "founded": row.founded,
            "closed": row.closed,
            "url": absolute(f"/organisations/{row.pk}/"),
            "guide": _guide(guides.get(row.pk)),
        }
        for row in rows
    ]


def _guide(guide: Guide | None) -> dict[str, str]:
    return {name: value for name in GUIDE if guide and (value := getattr(guide, name))}


def columns_shown() -> Any:
    """Return the query of open columns that hold something."""
    return (
        Column.objects.open()
        .filter(depth__gte=Column.SECTION_DEPTH)
        .order_by("pk")
        .select_related("organisation")
    )


def columns(rows: Sequence[Column]) -> list[Facts]:
    """Return the facts of columns."""
    return [
        {
            "key": row.pk,
            "title": row.title,
            "organisation": {"key": row.organisation_id, "name": row.organisation.name},
            "preset": row.key,
            "basis": row.basis,
            "url": absolute(row.get_absolute_url()),
        }
        for row in rows
    ]


def obligations_shown() -> Any:
    """Return the query of what units owe the public; neither how late they are nor what was waived."""
    return Obligation.objects.filter(waived=False).select_related("entry", "listing", "unit")


def obligations(rows: Sequence[Obligation]) -> list[Facts]:
    """Return the public part of obligations, one query more: public items only."""
    kept: dict[int, list[int]] = defaultdict(list)
    confirmed = Fulfilment.objects.filter(
        Q(status=Fulfilment.Status.CONFIRMED) & Q(item__live=True), obligation__in=rows
    )
    for obligation, item in confirmed.order_by("item").values_list("obligation", "item"):
        kept[obligation].append(item)
    known = fields()
    return [
        {
            "key": row.pk,
            "organisation": {"key": row.unit_id, "name": row.unit.name},
            "field": known[row.field].title if row.field in known else "",
            "matter": [t for t in (row.entry.first, row.entry.second, row.entry.third) if t],
            "content": row.entry.content,
            "basis": row.listing.basis,
            "deadline": row.listing.deadline,
            "period": row.period_title,
            "due": row.due,
            # a withdrawn item takes its day with it
            "done": row.done if kept[row.pk] else None,
            "items": kept[row.pk],
        }
        for row in rows
    ]


def reports(rows: Sequence[Report]) -> list[Facts]:
    """Return the facts of issued reports."""
    return [
        {
            "key": row.pk,
            "title": row.title,
            "organisation": {"key": row.organisation_id, "name": row.organisation.name},
            "year": row.year,
            "published_on": row.issued_on,
            "url": absolute(f"/reports/{row.organisation_id}/{row.year}/"),
            "data": absolute(f"/reports/{row.organisation_id}/{row.year}/report.json"),
        }
        for row in rows
    ]


def of_kind(kind: str, keys: Iterable[int]) -> dict[int, Facts]:
    """Return the facts of those of *keys* that are public now; a constant number of queries."""
    wanted = list(keys)
    match kind:
        case Kind.ITEM:
            told = items(list(items_shown().filter(pk__in=wanted)), full=True)
        case Kind.ORGANISATION:
            told = organisations(list(Organisation.objects.filter(pk__in=wanted)))
        case Kind.COLUMN:
            told = columns(list(columns_shown().filter(pk__in=wanted)))
        case Kind.REPORT:
            told = reports(list(issued().filter(pk__in=wanted)))
        case _:
            told = []
    return {facts["key"]: facts for facts in told}
