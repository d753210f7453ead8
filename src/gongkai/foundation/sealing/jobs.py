"""What is done every so often."""

from gongkai.foundation.jobs import regularly
from gongkai.foundation.sealing.sweeping import sweep


@regularly("sealing.sweep", minutes=6 * 60)
def sweep_sealed_files() -> None:
    """Take away sealed files that nothing refers to."""
    sweep()
