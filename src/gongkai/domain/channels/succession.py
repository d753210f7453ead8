"""What becomes of releases when a unit ends."""

from typing import Any

from gongkai.domain.channels.actions.hand_over import hand_over
from gongkai.domain.organisations.events import ended
from gongkai.domain.organisations.models import Organisation
from gongkai.foundation.permissions import Reader


def listen() -> None:
    """Hear of units that end."""
    ended.connect(_hand_over, dispatch_uid="channels-succession")


def _hand_over(organisation: Organisation, by: Reader | None, **_: Any) -> None:
    hand_over(organisation, by=by)
