"""The verbs."""

from gongkai.domain.remedies.actions.conclude import conclude
from gongkai.domain.remedies.actions.defend import defend
from gongkai.domain.remedies.actions.learn import learn
from gongkai.domain.remedies.actions.lodge import lodge
from gongkai.domain.remedies.actions.renew import renew

__all__ = ["conclude", "defend", "learn", "lodge", "renew"]
