"""Charts."""

from django.apps import AppConfig


class ChartsConfig(AppConfig):
    """Charts as data, on portal and desk."""

    name = "gongkai.foundation.charts"
    label = "charts"
    verbose_name = "图表"
