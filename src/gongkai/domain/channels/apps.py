"""Channels."""

from django.apps import AppConfig


class ChannelsConfig(AppConfig):
    """Releases, gazettes, screens."""

    name = "gongkai.domain.channels"
    label = "channels"
    verbose_name = "公开渠道"

    def ready(self) -> None:
        """Hear what happens to items and units."""
        from gongkai.domain.channels import retiring, succession  # noqa: PLC0415  # needs models

        retiring.listen()
        succession.listen()
