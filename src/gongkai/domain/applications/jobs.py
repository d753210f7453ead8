"""What is done without being asked: reminding of what is due."""

from gongkai.foundation.jobs import regularly


@regularly("applications.remind", minutes=60)
def remind_of_terms() -> None:
    """Tell whom it concerns what becomes due soon and what is late, each once."""
    from gongkai.domain.applications.actions.remind import remind  # noqa: PLC0415  # registered before models load

    remind()


@regularly("applications.several", minutes=720)
def look_for_several() -> None:
    """Propose to publish what several applicants have asked for (article 44)."""
    from gongkai.domain.applications.publication import look_for_several as look  # noqa: PLC0415  # registered before models load

    look()
