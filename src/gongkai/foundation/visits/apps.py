"""Visits."""

from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class VisitsConfig(AppConfig):
    """How often public pages are opened."""

    name = "gongkai.foundation.visits"
    label = "visits"
    verbose_name = "访问统计"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Read every app's ``visited.py``."""
        autodiscover_modules("visited")
