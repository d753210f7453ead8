"""Permissions."""

from django.apps import AppConfig


class PermissionsConfig(AppConfig):
    """Roles, acts, readers."""

    name = "gongkai.foundation.permissions"
    label = "permissions"
    verbose_name = "岗位与权限"

    def ready(self) -> None:
        """Have the checks run."""
        from gongkai.foundation.permissions import checks  # noqa: F401, PLC0415  # registers
