"""What happens to items at its hour."""

from gongkai.domain.information.actions import expire_due, publish_due, turn_day
from gongkai.foundation.jobs import regularly


@regularly("information.hour", minutes=1)
def do_what_has_its_hour() -> None:
    """Publish what was signed and waited, take offline what was to be public for a time only."""
    publish_due()
    expire_due()


@regularly("information.day", minutes=60)
def do_what_the_day_brings() -> None:
    """Bring to the public pages what changes with the date."""
    turn_day()
