"""Review before publication."""

from django.apps import AppConfig


class ReviewConfig(AppConfig):
    """Chains, reviews, signatures."""

    name = "gongkai.domain.review"
    label = "review"
    verbose_name = "保密审查"
