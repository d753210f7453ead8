"""The reading room."""

from django.apps import AppConfig


class ReadingsConfig(AppConfig):
    """Published reports, read and judged."""

    name = "gongkai.oversight.readings"
    label = "readings"
    verbose_name = "年报审校"
