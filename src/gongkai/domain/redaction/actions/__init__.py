"""The verbs."""

from gongkai.domain.redaction.actions.begin import begin
from gongkai.domain.redaction.actions.build import reopen, start_building
from gongkai.domain.redaction.actions.forget import forget
from gongkai.domain.redaction.actions.mark import add_mark, decide, decide_many
from gongkai.domain.redaction.actions.release import discard, release

__all__ = [
    "add_mark",
    "begin",
    "decide",
    "decide_many",
    "discard",
    "forget",
    "release",
    "reopen",
    "start_building",
]
