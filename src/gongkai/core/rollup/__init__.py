"""Adding up the filled forms of many units: sums, who gave what, and who is missing.

    >>> total = roll_up(form("format-2021"), units, expected={"县人民政府", "县教育局", "县水务局"})
    >>> total.sum(place), total.missing
    (Decimal('19'), ('县水务局',))

The order in which units come does not matter, and sums of sums are the sum of all: :meth:`RollUp.merged` of two
roll-ups is the roll-up of both.
"""

from gongkai.core.rollup.residual import Residual, residuals
from gongkai.core.rollup.rollup import Duplicate, RollUp, Share, Unit, WrongForm, roll_up

__all__ = [
    "Duplicate",
    "Residual",
    "RollUp",
    "Share",
    "Unit",
    "WrongForm",
    "residuals",
    "roll_up",
]
