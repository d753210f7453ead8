"""The verbs of the register."""

from gongkai.domain.media.actions.alter import close, merge, move, rename
from gongkai.domain.media.actions.inspect import ask, conclude, inspect_account, inspect_site, judge
from gongkai.domain.media.actions.open import (
    amend_account,
    amend_site,
    open_account,
    open_site,
    set_columns,
)

__all__ = [
    "amend_account",
    "amend_site",
    "ask",
    "close",
    "conclude",
    "inspect_account",
    "inspect_site",
    "judge",
    "merge",
    "move",
    "open_account",
    "open_site",
    "rename",
    "set_columns",
]
