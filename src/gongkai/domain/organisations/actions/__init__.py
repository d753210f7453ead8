"""The verbs: what can be done to organisations and their people.

Each takes its object and the facts by name, ``by`` last, asks whether the reader may, refuses with
an error of :mod:`~gongkai.domain.organisations.errors`, and leaves a record in the trail.
"""

from gongkai.domain.organisations.actions.amend import amend, amend_guide
from gongkai.domain.organisations.actions.appoint import appoint, relieve
from gongkai.domain.organisations.actions.bring_in import bring_in
from gongkai.domain.organisations.actions.found import found
from gongkai.domain.organisations.actions.people import engage, restore, set_password, suspend
from gongkai.domain.organisations.actions.reform import close, merge, move, rename

__all__ = [
    "amend",
    "amend_guide",
    "appoint",
    "bring_in",
    "close",
    "engage",
    "found",
    "merge",
    "move",
    "relieve",
    "rename",
    "restore",
    "set_password",
    "suspend",
]
