"""What was found is covered, corrected or deleted in the draft."""

from collections.abc import Sequence

from django.db import transaction

from gongkai.core.extraction.document import Span
from gongkai.core.screening.fragment import Fragment
from gongkai.domain.information.actions import ARRANGED, arrange, save
from gongkai.domain.information.models import Item
from gongkai.domain.information.screening.errors import GoneMeanwhile, NotHere
from gongkai.domain.information.screening.findings import Finding, findings
from gongkai.foundation.permissions import Reader


def treat(
    item: Item, finding: str, *, by: Reader, remove: bool = False, alike: bool = False
) -> int:
    """Put what is proposed in the place of a finding, or nothing; return how many places were changed.

    Args:
        item: The item; its last revision is changed, as by anybody who edits it.
        finding: The key of the finding.
        by: Who does it.
        remove: Delete it instead of covering it.
        alike: Do the same to all findings of the rule in the item's texts.

    Raises:
        NotAllowed: The post does not allow it.
        NotEditable: It is being reviewed.
        GoneMeanwhile: There is no such finding any more.
        NotHere: It is inside a file.
    """
    with transaction.atomic():
        row = Item.objects.select_for_update(of=("self",)).get(pk=item.pk)
        content = row.get_latest_revision_as_object()
        found = findings(content)
        meant = [one for one in found if one.key == finding]
        if not meant:
            raise GoneMeanwhile
        if alike:
            meant += [one for one in found if one.rule == meant[0].rule and one not in meant]
        chosen = [one for one in meant if one.can_remove] if remove else _proposed(meant)
        chosen = [one for one in chosen if one.field and one.kept is None]
        if not chosen:
            raise NotHere
        values = {
            field: _changed(content, field, [one for one in chosen if one.field == field], remove)
            for field in {one.field for one in chosen}
        }
        arranged = {name: values.pop(name) for name in ARRANGED if row.live and name in values}
        if values:
            save(row, by=by, values=values)
        if arranged:
            arrange([row], by=by, values=arranged)
    return len(chosen)


def _proposed(meant: Sequence[Finding]) -> list[Finding]:
    return [one for one in meant if one.can_mask]


def _changed(content: Item, field: str, chosen: Sequence[Finding], remove: bool) -> str:  # noqa: FBT001  # handed on
    written = str(getattr(content, field) or "")
    changes: list[tuple[Span, str]] = []
    for one in sorted(chosen, key=lambda one: one.span or Span(0, 0)):
        # two rules may look at the same words; the first answer stands
        if one.span and (not changes or changes[-1][0].end <= one.span.start):
            changes.append((one.span, "" if remove else one.proposal or ""))
    if field == "body":
        return Fragment(written).replaced(changes)
    for span, words in reversed(changes):
        written = written[: span.start] + words + written[span.end :]
    return written
