"""The verbs."""

from gongkai.domain.remedies.actions.conclude import conclude
from gongkai.domain.remedies.actions.defend import defend
from gongkai.domain.remedies.actions.file import file_paper, see_paper
from gongkai.domain.remedies.actions.learn import learn
from gongkai.domain.remedies.actions.lodge import lodge
from gongkai.domain.remedies.actions.remind import remind
from gongkai.domain.remedies.actions.renew import renew
from gongkai.domain.remedies.actions.see import see_claimant

__all__ = [
    "conclude",
    "defend",
    "file_paper",
    "learn",
    "lodge",
    "remind",
    "renew",
    "see_claimant",
    "see_paper",
]
