"""The verbs: what can be done to columns, standard directories and obligations.

Each takes its object and the facts by name, ``by`` last, asks whether the reader may, refuses with
an error of :mod:`~gongkai.domain.directory.errors`, and leaves a record in the trail.
"""

from gongkai.domain.directory.actions.set_up import set_up, set_up_all

__all__ = ["set_up", "set_up_all"]
