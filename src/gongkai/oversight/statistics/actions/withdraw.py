"""A declaration is taken back, and stays in the history."""

from gongkai.foundation.permissions import Reader
from gongkai.oversight.statistics.actions.declare import say
from gongkai.oversight.statistics.errors import NoGround, NothingToWithdraw
from gongkai.oversight.statistics.events import WITHDRAWN
from gongkai.oversight.statistics.models import Declaration


def withdraw(declaration: Declaration, *, ground: str, by: Reader) -> Declaration:
    """Withdraw *declaration*, which must be the current one.

    Raises:
        NoGround: Nothing says why.
        NothingToWithdraw: It was withdrawn before.
        ChangedMeanwhile: Somebody declared since.
    """
    if not ground.strip():
        raise NoGround
    if declaration.value is None:
        raise NothingToWithdraw
    fresh = Declaration(
        organisation=declaration.organisation,
        indicator=declaration.indicator,
        year=declaration.year,
        month=declaration.month,
        value=None,
        unit=declaration.unit,
        ground=ground.strip(),
    )
    return say(fresh, by=by, after=declaration.pk, event=WITHDRAWN)
