"""The statutory clock: from a fact to the day by which something is due, with every step.

>>> from datetime import date
>>> str(due("application.reply", date(2024, 9, 27)))
'2024年10月30日'
"""

from gongkai.core.deadlines.clock import Clock, reply
from gongkai.core.deadlines.counting import due
from gongkai.core.deadlines.deadline import Deadline, Step
from gongkai.core.deadlines.events import (
    Consultation,
    Delay,
    Event,
    Extension,
    FeeNotice,
    Supplement,
    Whom,
)
from gongkai.core.deadlines.limits import Counts, Lapse, Limit, UnknownLimit, limit_of, limits
from gongkai.core.deadlines.receipt import Channel, Receipt, channels, receive

__all__ = [
    "Channel",
    "Clock",
    "Consultation",
    "Counts",
    "Deadline",
    "Delay",
    "Event",
    "Extension",
    "FeeNotice",
    "Lapse",
    "Limit",
    "Receipt",
    "Step",
    "Supplement",
    "UnknownLimit",
    "Whom",
    "channels",
    "due",
    "limit_of",
    "limits",
    "receive",
    "reply",
]
