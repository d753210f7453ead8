"""The verbs."""

from gongkai.domain.applications.actions.decide import draft_decision, hand_in
from gongkai.domain.applications.actions.proceed import proceed
from gongkai.domain.applications.actions.register import register
from gongkai.domain.applications.actions.settle import recompute, settle
from gongkai.domain.applications.actions.strike import strike

__all__ = [
    "draft_decision",
    "hand_in",
    "proceed",
    "recompute",
    "register",
    "settle",
    "strike",
]
