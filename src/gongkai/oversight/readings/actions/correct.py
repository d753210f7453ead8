"""Correct a cell."""

from decimal import Decimal, InvalidOperation

from django.db import transaction

from gongkai.core.forms import Place, State
from gongkai.foundation.permissions import NotThere, Reader
from gongkai.foundation.trail import record
from gongkai.oversight.readings import errors, policies, standing
from gongkai.oversight.readings.actions.read import write_findings
from gongkai.oversight.readings.contract import cell_at, label_of
from gongkai.oversight.readings.events import CORRECTED
from gongkai.oversight.readings.models import Correction, Reading

DIGITS = 18
KINDS = {"count": "不小于零的整数", "signed": "整数（可以是负数）", "money": "不小于零的数"}


def correct(reading: Reading, place: Place, *, value: str, by: Reader, reason: str) -> Correction:
    """Write down that *place* really holds *value*, and check the report again.

    Args:
        reading: The report.
        place: A cell of its form, or a local one that was read.
        value: A decimal number; empty for a cell that is blank in the report.
        by: Who corrects.
        reason: Why, such as where in the original it stands.

    Raises:
        NotANumber: *value* is none.
        NotACount: It is not what the form allows in that cell.
        NothingChanged: It is what already stands there.
        ReasonMissing: There is no reason.
    """
    policies.must(by, policies.JUDGE, reading)
    now = standing.current(reading)
    was = cell_at(now, place)
    if was is None and (now.form is None or place not in now.form):
        raise NotThere(what="这一格")
    if not (reason := reason.strip()[:500]):
        raise errors.ReasonMissing
    number = _number(value)
    if number is not None and now.form is not None and place in now.form:
        _refuse_kind(number, now.form.kind(place), value)
    old_state = was.cell.state if was else State.BLANK
    old_value = was.cell.value if was else None
    if old_state is not State.UNREADABLE and old_value == number:
        raise errors.NothingChanged
    with transaction.atomic():
        correction = Correction.objects.create(
            reading=reading,
            **place._asdict(),
            label=label_of(now, place)[:300],
            old_state=str(old_state),
            old_value="" if old_value is None else f"{old_value:f}",
            new_value="" if number is None else f"{number:f}",
            reason=reason,
            by=by.user,
        )
        write_findings(reading)
        record(
            CORRECTED,
            by=by,
            act=policies.JUDGE,
            path=str(reading.organisation.path),
            on=reading,
            facts={"cell": str(place)},
            before={"state": correction.old_state, "value": correction.old_value},
            after={"value": correction.new_value},
            reason=reason,
        )
    return correction


def _number(value: str) -> Decimal | None:
    spelled = value.strip().replace(",", "").replace("，", "")
    if not spelled:
        return None
    try:
        number = Decimal(spelled)
    except InvalidOperation:
        raise errors.NotANumber(value=value[:40]) from None
    if not number.is_finite() or len(f"{number:f}") > DIGITS:
        raise errors.NotANumber(value=value[:40])
    return number


def _refuse_kind(number: Decimal, kind: str, value: str) -> None:
    whole = number == number.to_integral_value()
    fits = {"count": whole and number >= 0, "signed": whole, "money": number >= 0}[kind]
    if not fits:
        raise errors.NotACount(what=KINDS[kind], value=value[:40])
