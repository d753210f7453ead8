"""Notices."""

from django.apps import AppConfig


class NoticesConfig(AppConfig):
    """Notices."""

    name = "gongkai.foundation.notices"
    label = "notices"
    verbose_name = "提醒"
