"""Public pages as files."""

from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class PublicFilesConfig(AppConfig):
    """The folder that the public reads."""

    name = "gongkai.foundation.publicfiles"
    label = "publicfiles"
    verbose_name = "公开页面文件"

    def ready(self) -> None:
        """Read every app's ``public_pages.py``."""
        autodiscover_modules("public_pages")
