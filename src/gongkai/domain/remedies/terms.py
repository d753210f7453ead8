"""The days that a remedy runs by: ``law/deadlines/reconsideration.yaml`` and ``litigation.yaml``."""

from datetime import date

from gongkai.core.deadlines import Deadline, due
from gongkai.core.deadlines.limits import limit_of
from gongkai.domain.remedies.models import Kind, Remedy


def defence(remedy: Remedy) -> Deadline | None:
    """Return by when the agency must answer, from the day it was sent the claim."""
    if remedy.notified is None:
        return None
    summary = "-summary" if remedy.is_summary else ""
    keys = {
        Kind.RECONSIDERATION: f"reconsideration.defence{summary}",
        Kind.LITIGATION: "litigation.defence",
    }
    return _limit(keys.get(Kind(remedy.kind)), remedy.notified)


def decision(remedy: Remedy) -> Deadline | None:
    """Return by when the body that hears it must decide."""
    summary = "-summary" if remedy.is_summary else ""
    if remedy.kind == Kind.RECONSIDERATION:
        return _limit(f"reconsideration.decision{summary}", remedy.filed)
    if remedy.kind == Kind.LITIGATION:
        first = remedy.instance == 1
        return _limit(
            f"litigation.first-instance{summary}" if first else "litigation.second-instance",
            remedy.filed,
        )
    return None


def next_step(remedy: Remedy) -> Deadline | None:
    """Return until when the result may be taken further, from the day that it was received."""
    if remedy.received is None:
        return None
    if remedy.kind == Kind.RECONSIDERATION:
        return _limit("litigation.after-reconsideration", remedy.received)
    if remedy.kind == Kind.LITIGATION and remedy.instance == 1:
        ruling = remedy.outcome in {"suit-dismissed", "suit-not-filed"}
        return _limit(f"litigation.appeal-{'ruling' if ruling else 'judgment'}", remedy.received)
    return None


def _limit(key: str | None, start: date) -> Deadline | None:
    if key is None or limit_of(key).values.get(start) is None:
        return None
    return due(key, start)


def settle(remedy: Remedy) -> None:
    """Bring the days of *remedy* up to date, without saving."""
    for name, deadline in (
        ("defence_due", defence(remedy)),
        ("decision_due", decision(remedy)),
        ("appeal_due", next_step(remedy)),
    ):
        setattr(remedy, name, deadline.day if deadline else None)
