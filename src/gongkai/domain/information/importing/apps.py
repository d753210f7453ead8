"""Bulk import."""

from django.apps import AppConfig


class ImportingConfig(AppConfig):
    """Many items at once."""

    name = "gongkai.domain.information.importing"
    label = "importing"
    verbose_name = "批量导入"

    def ready(self) -> None:
        """Keep fingerprints of items as they are written."""
        from gongkai.domain.information.importing import listeners  # noqa: PLC0415  # needs models

        listeners.register()
