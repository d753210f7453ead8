"""Redaction."""

from django.apps import AppConfig


class RedactionConfig(AppConfig):
    """Documents with marks, and what goes out of them."""

    name = "gongkai.domain.redaction"
    label = "redaction"
    verbose_name = "区分处理"
