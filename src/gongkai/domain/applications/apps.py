"""Disclosure on request."""

from django.apps import AppConfig


class ApplicationsConfig(AppConfig):
    """Applications, what happened to them, and what is owed."""

    name = "gongkai.domain.applications"
    label = "applications"
    verbose_name = "依申请公开"

    def ready(self) -> None:
        """Have decisions reviewed and documents redacted, and act when that ends."""
        from gongkai.domain.applications import (  # noqa: PLC0415  # need models
            publication,
            redacting,
            reviewing,
        )
        from gongkai.domain.applications.actions import log  # noqa: PLC0415  # needs models

        reviewing.register()
        redacting.register()
        publication.register()
        log.register()
