"""The verbs of channels."""

from gongkai.domain.channels.actions.give_up import give_up
from gongkai.domain.channels.actions.plan import plan
from gongkai.domain.channels.actions.release import Evidence, release
from gongkai.domain.channels.actions.release_many import release_many
from gongkai.domain.channels.actions.take_down import take_down
from gongkai.domain.channels.actions.write import write

__all__ = ["Evidence", "give_up", "plan", "release", "release_many", "take_down", "write"]
