"""Challenge."""

from django.apps import AppConfig


class ChallengeConfig(AppConfig):
    """Limits and challenges."""

    name = "gongkai.foundation.challenge"
    label = "challenge"
    verbose_name = "防滥用"
