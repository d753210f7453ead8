"""What was found inside an attachment is covered or deleted there; the new file takes the place of the old one."""

from collections.abc import Iterable

from django.core.files.base import ContentFile
from django.db import transaction

from gongkai.core.extraction.guarding import Guard
from gongkai.core.titles import quoted
from gongkai.core.treating import treat_file
from gongkai.core.treating.paper import OnPage
from gongkai.domain.information.actions import save
from gongkai.domain.information.actions.saving import Attached, held
from gongkai.domain.information.lifecycle import must_be_editable
from gongkai.domain.information.models import Item
from gongkai.domain.information.screening.errors import GoneMeanwhile, NotHere, UnderWay
from gongkai.domain.information.screening.events import TREATED
from gongkai.domain.information.screening.findings import Finding, findings
from gongkai.domain.information.screening.models import Kept
from gongkai.foundation.attachments import receive
from gongkai.foundation.attachments.models import FileText, StoredFile
from gongkai.foundation.jobs.actions import start, under_way
from gongkai.foundation.jobs.models import Job
from gongkai.foundation.permissions import Reader
from gongkai.foundation.trail import record

ACT = "information.edit"
SECONDS = 120
"""Time for one file, or for a few pages of it."""
PAGES_AT_ONCE = 20
"""Pages of a PDF file that are made anew while somebody waits; of more they are made in the background."""


def treat_in_file(
    item: Item, finding: str, *, by: Reader, remove: bool = False, on_page: OnPage | None = None
) -> int:
    """Cover or delete everything that *finding* is about in its file; return how many places were changed.

    The file is made outside of any transaction, since that takes seconds. It comes in as a file that somebody
    uploads, and is looked at by the pre-check like one. Reasons for which other findings of the old file were kept
    go on where nothing new was found.

    Args:
        item: The item; its last revision is changed, as by anybody who edits it.
        finding: The key of the finding.
        by: Who does it.
        remove: Delete it instead of covering it.
        on_page: Told of each few pages of a PDF file.

    Raises:
        NotAllowed: The post does not allow it.
        NotEditable: It is being reviewed.
        GoneMeanwhile: There is no such finding any more.
        NotHere: It is not inside a file, or a program cannot do it.
        Unreadable: It would still be found, or the file cannot be read; nothing is changed then.
        NotTaken: The new file may not come in.
    """
    by.must(ACT, str(item.organisation.path))
    must_be_editable(item)
    found, before = _meant(item, finding)
    if not found.stored or not (found.can_remove if remove else found.can_mask):
        raise NotHere
    chosen = found.chosen_to_remove if remove else found.chosen_to_mask
    stored = StoredFile.objects.get(pk=found.stored)
    with stored.open_original() as stream:
        data = stream.read()
    with Guard(seconds=SECONDS) as guard:
        made = treat_file(data, stored.name, stored.kind, chosen, guard=guard, on_page=on_page)
        fresh = receive(ContentFile(made.data, name=stored.name), by, guard=guard)
    with transaction.atomic():
        row = held(item.pk)
        _meant(row, finding)
        content = row.get_latest_revision_as_object()
        files = [
            Attached(fresh if file.stored_id == stored.pk else file.stored, file.title)
            for file in content.files.all()
        ]
        save(row, by=by, values={}, files=files)
        record(
            TREATED,
            by=by,
            act=ACT,
            path=str(row.organisation.path),
            on=row,
            facts={
                "rule": found.rule,
                "place": found.place,
                "do": "remove" if remove else "mask",
                "count": made.count,
                "from": f"sha256:{stored.digest}",
                "to": f"sha256:{fresh.digest}",
                "carried": _carry(row, stored, fresh, before),
            },
        )
    return made.count


def pages_of(found: Finding) -> int:
    """Return how many pages would be made anew for *found*; 0 where none are."""
    if not found.stored or not found.is_on_paper:
        return 0
    digest = StoredFile.objects.filter(pk=found.stored).values("digest")
    pages = FileText.objects.filter(pk__in=digest).values_list("pages", flat=True).first()
    return len(pages or ())


def treat_in_background(item: Item, finding: str, *, by: Reader, remove: bool = False) -> Job:
    """Start :func:`treat_in_file` in the background; return the job that tells how far it is.

    Raises:
        NotAllowed: The post does not allow it.
        NotEditable: It is being reviewed.
        UnderWay: A file of this item is being worked on.
    """
    from gongkai.domain.information.screening.jobs import treat_pages  # noqa: PLC0415  # it calls this

    by.must(ACT, str(item.organisation.path))
    must_be_editable(item)
    with transaction.atomic():
        held(item.pk)
        if under_way(treat_pages, item=item.pk):
            raise UnderWay
        arguments = {"item": item.pk, "finding": finding, "remove": remove}
        title = f"处理{quoted(item.title[:40])}的附件"
        return start(treat_pages, by=by, arguments=arguments, title=title)


def _meant(item: Item, finding: str) -> tuple[Finding, tuple[Finding, ...]]:
    """Return the finding with that key, and all there are."""
    every = findings(item.get_latest_revision_as_object())
    found = next((one for one in every if one.key == finding and one.kept is None), None)
    if found is None:
        raise GoneMeanwhile
    return found, every


def _carry(
    item: Item, stored: StoredFile, fresh: StoredFile, before: Iterable[Finding]
) -> list[str]:
    """Let the reasons for findings of the old file hold for the new one where it has no more of them; return the rules."""

    def likeness(one: Finding) -> tuple[object, ...]:
        return one.rule, one.word, one.message if not one.shown else ""

    known = {
        likeness(one): one.kept
        for one in before
        if one.stored == stored.pk and one.kept is not None
    }
    carried = []
    for one in findings(item.get_latest_revision_as_object()):
        kept = known.get(likeness(one))
        if one.stored != fresh.pk or one.kept is not None or kept is None:
            continue
        if _told(fresh, one.rule) <= _told(stored, one.rule):
            Kept.objects.create(
                item_id=item.pk,
                rule=one.rule,
                finding=one.key,
                place=one.place[:300],
                reason=kept.reason,
                by_id=kept.by_id,
                at=kept.at,
            )
            carried.append(one.rule)
    return carried


def _told(stored: StoredFile, rule: str) -> set[str]:
    return {hit["text"] for hit in stored.screening.get("hits", ()) if hit["rule"] == rule}
