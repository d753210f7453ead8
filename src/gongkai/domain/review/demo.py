"""The demo city's chains: who signs what, in the city and in its counties."""

from pathlib import Path

from gongkai.domain.organisations.models import Organisation
from gongkai.domain.review.actions import SigningStep, set_chain
from gongkai.domain.review.models import Chain, Importance
from gongkai.foundation.accounts.models import User
from gongkai.foundation.permissions import Reader

ORDER = 40


def load(folder: Path) -> str | None:  # noqa: ARG001  # every loader takes it
    """Enter the chains that are not there yet."""
    made = 0
    for username in ("gongkai", "shiqiao-gkb", "linjiang-gkb", "qingling-gkb"):
        office = User.objects.filter(username=username).first()
        if office is None:
            continue
        by = Reader.of(office)
        unit = Organisation.objects.get(pk=by.standings[0].unit)
        if Chain.objects.active().filter(organisation=unit).exists():
            continue
        steps = _steps(unit, is_city=username == "gongkai")
        for importance, count in zip(Importance, (2, 3, 4), strict=True):
            set_chain(unit, importance, steps[:count], by=by)
            made += 1
    return f"审批流程：新增 {made} 个。" if made else None


def _steps(unit: Organisation, *, is_city: bool) -> list[SigningStep]:
    """Return the steps from the office to the first leader; a county asks the city's leaders no question."""
    people = {u.username: u for u in User.objects.filter(username__in=["lingdao", "shizhang"])}
    first = [
        SigningStep("单位负责人", "head", due_days=2),
        SigningStep("政府办公室主任", "office", unit, due_days=2),
    ]
    if not is_city:
        return [
            *first,
            SigningStep("保密审查员", "secrecy", unit.get_parent(), due_days=2),
            SigningStep(
                "分管领导", "leader", unit.get_parent(), due_days=3, signers=[people["lingdao"]]
            ),
        ]
    return [
        *first,
        SigningStep("分管领导", "leader", unit, due_days=3, signers=[people["lingdao"]]),
        SigningStep("主要领导", "leader", unit, due_days=3, signers=[people["shizhang"]]),
    ]
