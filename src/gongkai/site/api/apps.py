"""Open data."""

from django.apps import AppConfig


class ApiConfig(AppConfig):
    """What is public, for machines."""

    name = "gongkai.site.api"
    label = "api"
    verbose_name = "开放数据"

    def ready(self) -> None:
        """Keep the journal, and the dumps as files."""
        from gongkai.site.api import dumps, journal  # noqa: PLC0415  # needs models

        journal.listen()
        dumps.listen()
