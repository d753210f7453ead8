"""Work of the channels that the clock does."""

from gongkai.foundation.jobs import regularly


@regularly("channels.hand-over", minutes=60)
def hand_over_what_is_left() -> None:
    """Have somebody do what a unit that is no more had still to do."""
    from gongkai.domain.channels.actions.hand_over import keep_up  # noqa: PLC0415  # registered before models load

    keep_up()
