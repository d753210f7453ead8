"""The verbs: what can be done to columns, standard directories and obligations.

Each takes its object and the facts by name, ``by`` last, asks whether the reader may, refuses with
an error of :mod:`~gongkai.domain.directory.errors`, and leaves a record in the trail.
"""

from gongkai.domain.directory.actions.adopt import adopt, compare
from gongkai.domain.directory.actions.assign import assign, assign_named, unassign
from gongkai.domain.directory.actions.close import close, merge, reopen
from gongkai.domain.directory.actions.columns import add, amend, move, step
from gongkai.domain.directory.actions.fulfil import (
    confirm,
    decline,
    link,
    reckon,
    reckon_items,
    revoke,
)
from gongkai.domain.directory.actions.generate import generate
from gongkai.domain.directory.actions.lapse import hand_over, lapse
from gongkai.domain.directory.actions.occasion import open_occasion
from gongkai.domain.directory.actions.propose import propose
from gongkai.domain.directory.actions.set_up import set_up, set_up_all, set_up_focus
from gongkai.domain.directory.actions.subscribe import subscribe
from gongkai.domain.directory.actions.waive import restore, waive

__all__ = [
    "add",
    "adopt",
    "amend",
    "assign",
    "assign_named",
    "close",
    "compare",
    "confirm",
    "decline",
    "generate",
    "hand_over",
    "lapse",
    "link",
    "merge",
    "move",
    "open_occasion",
    "propose",
    "reckon",
    "reckon_items",
    "reopen",
    "restore",
    "revoke",
    "set_up",
    "set_up_all",
    "set_up_focus",
    "step",
    "subscribe",
    "unassign",
    "waive",
]
