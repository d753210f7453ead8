"""Search."""

from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class SearchConfig(AppConfig):
    """Search over everything public."""

    name = "gongkai.foundation.search"
    label = "search"
    verbose_name = "检索"

    def ready(self) -> None:
        """Read every app's ``searching.py``."""
        autodiscover_modules("searching")
