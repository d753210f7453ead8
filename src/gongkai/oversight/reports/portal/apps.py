"""Public reports."""

from django.apps import AppConfig


class PortalReportsConfig(AppConfig):
    """The public face of annual reports."""

    name = "gongkai.oversight.reports.portal"
    label = "portal_reports"
    verbose_name = "政府信息公开年报"
