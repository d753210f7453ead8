"""The check before publication."""

from django.apps import AppConfig


class ScreeningConfig(AppConfig):
    """Findings and their answers."""

    name = "gongkai.domain.information.screening"
    label = "screening"
    verbose_name = "发布前预检"

    def ready(self) -> None:
        """Ask at submission."""
        from gongkai.domain.information.gates import gate  # noqa: PLC0415  # needs models
        from gongkai.domain.information.screening.gate import answered  # noqa: PLC0415

        gate(answered)
