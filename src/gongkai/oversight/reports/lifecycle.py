"""What may follow what: the states of a report, pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from gongkai.oversight.reports.errors import Frozen, NotNow
from gongkai.oversight.reports.models import Report, Status


@dataclass(frozen=True, slots=True)
class Move:
    """A verb that changes the state.

    Attributes:
        act: The act in ``acts.yaml`` that it takes.
        title: What stands on the button.
    """

    act: str
    title: str
    before: tuple[Status, ...]
    after: Status


MOVES: Mapping[str, Move] = MappingProxyType(
    {
        "confirm": Move("reports.confirm", "确认", (Status.FILLING,), Status.CONFIRMED),
        "review": Move("reports.review", "审核通过", (Status.CONFIRMED,), Status.REVIEWED),
        "approve": Move("reports.approve", "批准", (Status.REVIEWED,), Status.APPROVED),
        "issue": Move("reports.issue", "发布", (Status.APPROVED,), Status.ISSUED),
        "return": Move(
            "reports.return",
            "退回",
            (Status.CONFIRMED, Status.REVIEWED, Status.APPROVED),
            Status.FILLING,
        ),
    }
)


def must_allow(report: Report, verb: str) -> Move:
    """Return the move *verb*, or say why it is not possible now.

    Raises:
        Frozen: The report was published.
        NotNow: It is at another stage.
    """
    move = MOVES[verb]
    if report.status not in move.before:
        if report.is_frozen:
            raise Frozen(day=report.issued_on)
        raise NotNow(status=report.get_status_display(), verb=move.title)
    return move


def must_be_open(report: Report, verb: str) -> None:
    """Refuse unless figures and text may be changed.

    Raises:
        Frozen: The report was published.
        NotNow: It was confirmed and waits for somebody else.
    """
    if report.is_frozen:
        raise Frozen(day=report.issued_on)
    if report.status != Status.FILLING:
        raise NotNow(status=report.get_status_display(), verb=verb)
