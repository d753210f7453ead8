"""The public face of information items."""

from django.apps import AppConfig


class PortalInformationConfig(AppConfig):
    """The disclosure section on the portal."""

    name = "gongkai.domain.information.portal"
    label = "portal_information"
    verbose_name = "政府信息公开专栏"
    default_auto_field = "django.db.models.BigAutoField"
