"""Accounts."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """Users and how they sign in."""

    name = "gongkai.foundation.accounts"
    label = "accounts"
    verbose_name = "账号"

    def ready(self) -> None:
        """Have sign-ins written into the trail."""
        from gongkai.foundation.accounts import listeners  # noqa: F401, PLC0415  # connects
