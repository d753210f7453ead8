"""Keeping the numbers of visits few."""

from gongkai.foundation.jobs import regularly

A_DAY = 24 * 60


@regularly("visits.fold", minutes=A_DAY)
def fold_days() -> None:
    """Put the days that are long past together by month."""
    from gongkai.foundation.visits.writing import fold  # noqa: PLC0415  # needs models

    fold()
