"""The verbs, a file each."""

from gongkai.oversight.statistics.actions.declare import declare
from gongkai.oversight.statistics.actions.withdraw import withdraw

__all__ = ["declare", "withdraw"]
