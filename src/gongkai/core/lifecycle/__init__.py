"""The course of an application: from facts with dates to its state, its duties and what may follow.

The table stands in ``law/lifecycle``: states, acts with the states they start from and lead to, the duties
(terms) of each state, and the outcomes that need something to have happened first. :func:`follow` walks
through the facts of one application by that table and by the clock of :mod:`gongkai.core.deadlines`. A
``lifecycle.Round`` ends with a decision; a ruling may begin another one.

    >>> from datetime import date
    >>> course = follow([Fact("receive", date(2024, 9, 27)), Fact("accept", date(2024, 9, 29))])
    >>> course.state, str(course.due.day)
    ('processing', '2024-10-30')
"""

from gongkai.core.lifecycle.course import Course, Round, Term
from gongkai.core.lifecycle.errors import FactRefused
from gongkai.core.lifecycle.facts import Fact
from gongkai.core.lifecycle.following import follow
from gongkai.core.lifecycle.table import (
    Act,
    Condition,
    Duty,
    Occasion,
    State,
    Weight,
    acts,
    conditions,
    duties,
    occasions,
    states,
    weights,
)

__all__ = [
    "Act",
    "Condition",
    "Course",
    "Duty",
    "Fact",
    "FactRefused",
    "Occasion",
    "Round",
    "State",
    "Term",
    "Weight",
    "acts",
    "conditions",
    "duties",
    "follow",
    "occasions",
    "states",
    "weights",
]
