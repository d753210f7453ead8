"""Accounts of the public."""

from django.apps import AppConfig


class CitizensConfig(AppConfig):
    """Who may come back and find what they asked for."""

    name = "gongkai.foundation.citizens"
    label = "citizens"
    verbose_name = "公众账号"
