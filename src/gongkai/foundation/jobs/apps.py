"""Jobs."""

from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class JobsConfig(AppConfig):
    """Long work in the background."""

    name = "gongkai.foundation.jobs"
    label = "jobs"
    verbose_name = "后台任务"

    def ready(self) -> None:
        """Read every app's ``jobs.py``."""
        autodiscover_modules("jobs")
