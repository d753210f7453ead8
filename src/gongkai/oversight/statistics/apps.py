"""Statistics."""

from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class StatisticsConfig(AppConfig):
    """Indicators and figures."""

    name = "gongkai.oversight.statistics"
    label = "statistics"
    verbose_name = "统计"

    def ready(self) -> None:
        """Read every area's ``figures.py``, and hear what is shown."""
        autodiscover_modules("figures")
        from gongkai.oversight.statistics import tallying  # noqa: PLC0415  # needs models

        tallying.listen()
