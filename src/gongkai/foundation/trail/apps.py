"""The trail."""

from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class TrailConfig(AppConfig):
    """The append-only record."""

    name = "gongkai.foundation.trail"
    label = "trail"
    verbose_name = "留痕"

    def ready(self) -> None:
        """Read every app's ``events.py``."""
        autodiscover_modules("events")
