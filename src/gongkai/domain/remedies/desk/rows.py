"""What the list, the panel, the page of a case and the file show of a remedy."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from gongkai.core import codes
from gongkai.core.codes import ground as ground_of
from gongkai.domain.applications.desk.signals import Signal, signal_of
from gongkai.domain.remedies.actions.conclude import COMPLAINT_OUTCOMES
from gongkai.domain.remedies.models import Kind, Remedy
from gongkai.domain.remedies.queries import AGAIN

TONES = {"upheld": "is-good", "corrected": "is-bad", "other": "is-plain", "pending": "is-plain"}
INSTANCES = ("一审", "二审", "再审")


@dataclass(frozen=True, slots=True)
class Row:
    """A remedy with what has to be done about it."""

    remedy: Remedy
    kind: str
    ground: str
    duty: str
    due: date | None
    signal: Signal


RULINGS = ("suit-dismissed", "suit-not-filed")
"""Results of a law suit that are a ruling, not a judgment."""


def outcome_words(remedy: Remedy) -> str:
    """Return what its result is called; empty where there is none."""
    if remedy.outcome and remedy.outcome == first_outcome(remedy):
        return upheld_words(remedy.outcome)
    known = codes.remedy_outcomes().get(remedy.outcome)
    return known.label if known else COMPLAINT_OUTCOMES.get(remedy.outcome, "")


def first_outcome(remedy: Remedy) -> str:
    """Return what the instance before *remedy* came to; empty where there was none."""
    before = remedy.follows if remedy.instance > 1 else None
    return before.outcome if before else ""


def upheld_words(outcome: str) -> str:
    """Return what it is called that an appeal left *outcome* standing, which counts as before."""
    what = "裁定" if outcome in RULINGS else "判决"
    return f"驳回上诉，维持原{what}（{codes.remedy_outcomes()[outcome].label}）"


def kind_words(remedy: Remedy) -> str:
    """Return its kind, and the instance of a law suit."""
    if remedy.kind != Kind.LITIGATION:
        return str(remedy.get_kind_display())
    place = min(remedy.instance, len(INSTANCES)) - 1
    return f"{remedy.get_kind_display()}（{INSTANCES[place]}）"


def is_to_renew(remedy: Remedy) -> bool:
    """Tell whether the agency has to decide again and has not begun."""
    is_owed = remedy.outcome in AGAIN and remedy.renewed_id is None
    return is_owed and remedy.against_id is not None and not remedy.is_appealed


def is_waiting(remedy: Remedy) -> bool:
    """Tell whether the agency has not answered the claim."""
    return remedy.kind != Kind.COMPLAINT and remedy.defended is None and remedy.decided is None


def row_of(remedy: Remedy, today: date) -> Row:
    """Return *remedy* with what is to be done about it on *today*."""
    if is_waiting(remedy):
        duty = "提出答复" if remedy.kind == Kind.RECONSIDERATION else "提交答辩"
        signal = (
            signal_of(remedy.defence_due, today)
            if remedy.defence_due
            else Signal("is-warn", "未登记收到副本的日期")
        )
        due = remedy.defence_due
    elif is_to_renew(remedy):
        duty, due, signal = "重新办理", None, Signal("is-bad", outcome_words(remedy))
    elif remedy.decided is None:
        is_late = remedy.decision_due is not None and remedy.decision_due < today
        words = "审理期限已过" if is_late else "等待结果"
        duty, due, signal = "", remedy.decision_due, Signal("is-plain", words)
    else:
        words = outcome_words(remedy)
        duty, due, signal = "", remedy.decided, Signal(TONES[remedy.column], words)  # type: ignore[arg-type]  # the tones of signals
    return Row(remedy, kind_words(remedy), ground_of(remedy.ground).label, duty, due, signal)


def rows_of(remedies: Sequence[Remedy], today: date) -> list[Row]:
    """Return several of them."""
    return [row_of(remedy, today) for remedy in remedies]
