"""The shell around everything."""

from django.apps import AppConfig


class SiteConfig(AppConfig):
    """The app that holds the shells of portal and desk, the URLs and the management commands."""

    name = "gongkai.site"
    label = "shell"
    verbose_name = "平台"
