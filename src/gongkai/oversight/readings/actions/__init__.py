"""The verbs."""

from gongkai.oversight.readings.actions.correct import correct
from gongkai.oversight.readings.actions.decide import decide
from gongkai.oversight.readings.actions.describe import describe, discard
from gongkai.oversight.readings.actions.enter import enter_facts
from gongkai.oversight.readings.actions.read import check_again, read, read_again
from gongkai.oversight.readings.actions.receive import Received, receive

__all__ = [
    "Received",
    "check_again",
    "correct",
    "decide",
    "describe",
    "discard",
    "enter_facts",
    "read",
    "read_again",
    "receive",
]
