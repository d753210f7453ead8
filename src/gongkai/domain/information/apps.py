"""Information items."""

from django.apps import AppConfig


class InformationConfig(AppConfig):
    """Items, their files, their links."""

    name = "gongkai.domain.information"
    label = "information"
    verbose_name = "政府信息"

    def ready(self) -> None:
        """Have items reviewed, and act when a review ends."""
        from gongkai.domain.information import attaching, owed, reviewing  # noqa: PLC0415  # need models

        reviewing.register()
        attaching.register()
        owed.register()
