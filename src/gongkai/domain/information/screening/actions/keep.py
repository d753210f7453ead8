"""A finding is allowed to stand."""

from django.db import transaction

from gongkai.core.screening import Treatment
from gongkai.domain.information.actions.saving import held
from gongkai.domain.information.lifecycle import must_be_editable
from gongkai.domain.information.models import Item
from gongkai.domain.information.screening.errors import GoneMeanwhile, NoReason, NotKeepable
from gongkai.domain.information.screening.events import KEPT
from gongkai.domain.information.screening.findings import findings
from gongkai.domain.information.screening.models import Kept
from gongkai.foundation.permissions import Reader
from gongkai.foundation.trail import record


def keep(item: Item, finding: str, *, reason: str, by: Reader) -> Kept:
    """Let the finding with the key *finding* stand for *reason*.

    The trail gets rule, place and fingerprint; what was found stays out of it.

    Raises:
        NoReason: No reason is given.
        NotAllowed: The post does not allow it; of what blocks, only those who answer for secrecy may decide.
        NotEditable: It is being reviewed.
        GoneMeanwhile: There is no such finding any more.
        NotKeepable: The rule knows no exception.
    """
    if not reason.strip():
        raise NoReason
    with transaction.atomic():
        row = held(item.pk)
        path = str(row.organisation.path)
        must_be_editable(row)
        content = row.get_latest_revision_as_object()
        found = next((one for one in findings(content) if one.key == finding), None)
        if found is None:
            raise GoneMeanwhile
        act = "screening.allow" if found.blocks else "screening.keep"
        by.must(act, path)
        if Treatment.KEEP not in found.treatments:
            raise NotKeepable(title=found.title)
        made, _ = Kept.objects.update_or_create(
            item_id=row.pk,
            finding=finding,
            defaults={
                "rule": found.rule,
                "place": found.place[:300],
                "reason": reason.strip(),
                "by": by.user,  # type: ignore[misc]  # nobody passes must() without a user
            },
        )
        record(
            KEPT,
            by=by,
            act=act,
            path=path,
            on=row,
            facts={"rule": found.rule, "place": found.place, "finding": finding},
            reason=reason,
        )
    return made
