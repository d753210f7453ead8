"""The verbs."""

from gongkai.domain.applications.actions.assign import assign, hand_over
from gongkai.domain.applications.actions.attach import attach
from gongkai.domain.applications.actions.bring_in import Case, bring_in
from gongkai.domain.applications.actions.decide import draft_decision, hand_in
from gongkai.domain.applications.actions.log import put_into_log, set_log, take_out_of_log
from gongkai.domain.applications.actions.open_letter import open_letter
from gongkai.domain.applications.actions.proceed import proceed
from gongkai.domain.applications.actions.publication import (
    accept_publication,
    decline_publication,
    suggest_publication,
)
from gongkai.domain.applications.actions.recall import recall
from gongkai.domain.applications.actions.recompute import recompute, recompute_open
from gongkai.domain.applications.actions.register import register
from gongkai.domain.applications.actions.remark import finish, remark
from gongkai.domain.applications.actions.renew_code import renew_code
from gongkai.domain.applications.actions.see import see_document, see_identity
from gongkai.domain.applications.actions.settle import settle
from gongkai.domain.applications.actions.strike import strike
from gongkai.domain.applications.actions.urge import urge
from gongkai.domain.applications.actions.word import drop_wording, keep_wording

__all__ = [
    "Case",
    "accept_publication",
    "assign",
    "attach",
    "bring_in",
    "decline_publication",
    "draft_decision",
    "drop_wording",
    "finish",
    "hand_in",
    "hand_over",
    "keep_wording",
    "open_letter",
    "proceed",
    "put_into_log",
    "recall",
    "recompute",
    "recompute_open",
    "register",
    "remark",
    "renew_code",
    "see_document",
    "see_identity",
    "set_log",
    "settle",
    "strike",
    "suggest_publication",
    "take_out_of_log",
    "urge",
]
