"""What is done without being asked: reminding of answers to claims."""

from gongkai.foundation.jobs import regularly


@regularly("remedies.remind", minutes=60)
def remind_of_answers() -> None:
    """Tell whom it concerns which answers become due soon and which are late, each once."""
    from gongkai.domain.remedies.actions.remind import remind  # noqa: PLC0415  # registered before models load

    remind()
