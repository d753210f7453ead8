"""An error is allowed to stand."""

from django.db import transaction

from gongkai.foundation.permissions import Reader
from gongkai.foundation.trail import record
from gongkai.oversight.reports.actions.moving import held
from gongkai.oversight.reports.checking import check
from gongkai.oversight.reports.errors import Frozen, NoReason
from gongkai.oversight.reports.events import OVERRIDDEN
from gongkai.oversight.reports.models import Override, Report


def override(report: Report, finding: str, *, reason: str, by: Reader) -> Override | None:
    """Let the finding with the fingerprint *finding* stand for *reason*.

    Returns:
        The override; ``None`` where the finding is no longer there, so that nothing needs a reason.

    Raises:
        NoReason: No reason is given.
        Frozen: The report was published.
    """
    if not reason.strip():
        raise NoReason
    with transaction.atomic():
        fresh = held(report.pk)
        path = str(fresh.organisation.path)
        by.must("reports.override", path)
        if fresh.is_frozen:
            raise Frozen(day=fresh.issued_on)
        found = next((f for f in check(fresh).found if f.fingerprint == finding), None)
        if found is None:
            return None
        made, _ = Override.objects.update_or_create(
            report=fresh,
            finding=finding,
            defaults={
                "rule": found.rule,
                "message": found.message,
                "reason": reason.strip(),
                "by": by.user,  # type: ignore[misc]  # nobody passes must() without a user
            },
        )
        record(
            OVERRIDDEN,
            by=by,
            act="reports.override",
            path=path,
            on=fresh,
            facts={"rule": found.rule, "finding": finding},
            reason=reason,
        )
    return made
