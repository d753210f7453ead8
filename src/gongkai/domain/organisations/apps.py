"""Organisations."""

from django.apps import AppConfig

from gongkai.foundation.permissions import register_keys, register_source


class OrganisationsConfig(AppConfig):
    """Organisations, their history, their people."""

    name = "gongkai.domain.organisations"
    label = "organisations"
    verbose_name = "机构与人员"

    def ready(self) -> None:
        """Hand posts and tree down to permissions."""
        from gongkai.domain.organisations import queries  # noqa: PLC0415  # needs models

        register_source(queries.standings)
        register_keys(queries.keys)
