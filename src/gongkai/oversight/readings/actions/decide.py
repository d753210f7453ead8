"""Accept a finding, dismiss it, or open it again."""

from django.db import transaction

from gongkai.foundation.permissions import Reader
from gongkai.foundation.trail import record
from gongkai.oversight.readings import errors, policies
from gongkai.oversight.readings.events import ACCEPTED, DISMISSED, REOPENED
from gongkai.oversight.readings.models import Decision, Finding
from gongkai.oversight.readings.standing import count_findings

EVENTS = {
    Finding.State.ACCEPTED: ACCEPTED,
    Finding.State.DISMISSED: DISMISSED,
    Finding.State.OPEN: REOPENED,
}


def decide(finding: Finding, state: str, *, by: Reader, reason: str = "") -> Decision:
    """Decide on *finding*.

    Args:
        finding: The finding.
        state: ``accepted`` (it is wrong indeed), ``dismissed`` (it is not) or ``open`` (again).
        by: Who decides.
        reason: Why; a dismissal needs one.

    Raises:
        ReasonMissing: A dismissal without a reason.
    """
    reading = finding.reading
    policies.must(by, policies.JUDGE, reading)
    state = Finding.State(state)
    reason = reason.strip()[:500]
    if state == Finding.State.DISMISSED and not reason:
        raise errors.ReasonMissing
    with transaction.atomic():
        decision = Decision.objects.create(
            reading=reading,
            mark=finding.mark,
            rule=finding.rule,
            message=finding.message,
            state=state,
            reason=reason,
            by=by.user,
        )
        before, finding.state = finding.state, state
        finding.save(update_fields=["state"])
        count_findings(reading)
        record(
            EVENTS[state],
            by=by,
            act=policies.JUDGE,
            path=str(reading.organisation.path),
            on=reading,
            facts={"rule": finding.rule, "mark": finding.mark},
            before=before,
            after=decision.content(),
            reason=reason,
        )
    return decision
