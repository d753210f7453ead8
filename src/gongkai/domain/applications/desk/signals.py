"""How near a day is: a colour and always the words for it."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

from gongkai.core.reminders import reminder
from gongkai.core.workdays import OutsideCalendar, calendar
from gongkai.domain.applications.models import Application

Tone = Literal["is-bad", "is-warn", "is-good", "is-plain"]
TONES: dict[str, str] = {
    "unconfirmed": "is-warn",
    "registered": "is-warn",
    "processing": "",
    "supplementing": "is-plain",
    "explaining": "is-plain",
    "charged": "is-plain",
    "decided": "is-warn",
    "closed": "is-good",
    "archived": "is-plain",
}


@dataclass(frozen=True, slots=True)
class Signal:
    """A colour with its words; ``left`` is the number of working days, negative once it is late."""

    tone: Tone
    words: str
    left: int | None = None


def signal_of(due: date | None, today: date) -> Signal:
    """Return how near *due* is on *today*."""
    if due is None:
        return Signal("is-plain", "没有期限")
    try:
        left = calendar().between(today, due)
    except OutsideCalendar:
        left = (due - today).days
    if due < today:
        # a weekend may lie between: late it is all the same
        late = max(-left, 1)
        return Signal("is-bad", f"逾期 {late} 个工作日", -late)
    if due == today:
        return Signal("is-bad", "今天到期", 0)
    is_soon = due - today <= reminder("application-due").span
    return Signal("is-warn" if is_soon else "is-good", f"还剩 {left} 个工作日", left)


def case_signal(application: Application, today: date) -> Signal:
    """Return how near the last day for a reply is, in the words of the state where the clock stands still."""
    if application.decided and application.round == 1:
        words = "按期答复" if application.in_time else "逾期答复"
        return Signal("is-good" if application.in_time else "is-bad", words)
    if not application.is_open:
        return Signal("is-plain", application.state_facts.label)
    if application.due is None:
        words = "尚未收到" if application.received is None else "停止计时"
        return Signal("is-plain", words)
    return signal_of(application.due, today)


def state_tone(state: str) -> str:
    """Return the colour of a state."""
    return TONES.get(state, "is-plain")
