"""The verbs of information."""

from gongkai.domain.information.actions.arrange import arrange
from gongkai.domain.information.actions.discard import discard
from gongkai.domain.information.actions.draft import draft
from gongkai.domain.information.actions.expire import expire_due, publish_due, turn_day
from gongkai.domain.information.actions.link import link, unlink
from gongkai.domain.information.actions.publish import publish_revision
from gongkai.domain.information.actions.publish_many import Reviewed, publish_many
from gongkai.domain.information.actions.recall import recall
from gongkai.domain.information.actions.save import save
from gongkai.domain.information.actions.saving import ARRANGED, Attached, mark_of
from gongkai.domain.information.actions.set_index_rule import set_index_rule
from gongkai.domain.information.actions.submit import submit
from gongkai.domain.information.actions.withdraw import withdraw

__all__ = [
    "ARRANGED",
    "Attached",
    "Reviewed",
    "arrange",
    "discard",
    "draft",
    "expire_due",
    "link",
    "mark_of",
    "publish_due",
    "publish_many",
    "publish_revision",
    "recall",
    "save",
    "set_index_rule",
    "submit",
    "turn_day",
    "unlink",
    "withdraw",
]
