"""Remedies."""

from django.apps import AppConfig


class RemediesConfig(AppConfig):
    """Reconsiderations, law suits, complaints."""

    name = "gongkai.domain.remedies"
    label = "remedies"
    verbose_name = "复议、诉讼和举报投诉"

    def ready(self) -> None:
        """Take part in what lower areas tell of."""
        from gongkai.domain.remedies import forgetting  # noqa: PLC0415  # models are not there before

        forgetting.connect()
