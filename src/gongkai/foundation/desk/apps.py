"""The desk."""

from django.apps import AppConfig


class DeskConfig(AppConfig):
    """What back-office screens share."""

    name = "gongkai.foundation.desk"
    label = "desk"
    verbose_name = "后台"
