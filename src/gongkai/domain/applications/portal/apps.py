"""The public face of disclosure on request."""

from django.apps import AppConfig


class PortalApplicationsConfig(AppConfig):
    """Applying and following."""

    name = "gongkai.domain.applications.portal"
    label = "portal_applications"
    verbose_name = "网上申请公开"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Have applicants told of what happens, and old drafts taken away."""
        from gongkai.domain.applications.portal import jobs, telling  # noqa: F401, PLC0415  # registers
