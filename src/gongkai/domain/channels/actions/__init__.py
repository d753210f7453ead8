"""The verbs of channels."""

from gongkai.domain.channels.actions.gazettes import (
    arrange,
    compose,
    drop,
    include,
    issue,
    revise,
)
from gongkai.domain.channels.actions.give_up import give_up
from gongkai.domain.channels.actions.plan import plan
from gongkai.domain.channels.actions.release import Evidence, release
from gongkai.domain.channels.actions.release_many import release_many
from gongkai.domain.channels.actions.show import show
from gongkai.domain.channels.actions.take_down import take_down
from gongkai.domain.channels.actions.write import write

__all__ = [
    "Evidence",
    "arrange",
    "compose",
    "drop",
    "give_up",
    "include",
    "issue",
    "plan",
    "release",
    "release_many",
    "revise",
    "show",
    "take_down",
    "write",
]
