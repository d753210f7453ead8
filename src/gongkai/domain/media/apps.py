"""The register of sites and accounts."""

from django.apps import AppConfig


class MediaConfig(AppConfig):
    """Sites, accounts, inspections."""

    name = "gongkai.domain.media"
    label = "media"
    verbose_name = "网站和新媒体名录"
