"""Annual reports."""

from django.apps import AppConfig


class ReportsConfig(AppConfig):
    """The report office."""

    name = "gongkai.oversight.reports"
    label = "reports"
    verbose_name = "年度报告"
