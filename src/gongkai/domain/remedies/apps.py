"""Remedies."""

from django.apps import AppConfig


class RemediesConfig(AppConfig):
    """Reconsiderations, law suits, complaints."""

    name = "gongkai.domain.remedies"
    label = "remedies"
    verbose_name = "复议、诉讼和举报投诉"
