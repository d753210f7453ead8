"""Sealing."""

from django.apps import AppConfig


class SealingConfig(AppConfig):
    """Encrypted values and files."""

    name = "gongkai.foundation.sealing"
    label = "sealing"
    verbose_name = "加密保存"

    def ready(self) -> None:
        """Register the regular work."""
        from gongkai.foundation.sealing import jobs  # noqa: F401, PLC0415  # registers
