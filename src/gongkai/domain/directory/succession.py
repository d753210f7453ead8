"""What becomes of obligations when a unit ends."""

from typing import Any

from gongkai.domain.directory.actions.lapse import hand_over
from gongkai.domain.organisations.events import ended
from gongkai.domain.organisations.models import Organisation
from gongkai.foundation.permissions import Reader


def register() -> None:
    """Listen."""
    ended.connect(_hand_over, dispatch_uid="directory-succession")


def _hand_over(organisation: Organisation, by: Reader | None, **_: Any) -> None:
    hand_over(organisation, by=by)
