"""Attachments."""

from django.apps import AppConfig


class AttachmentsConfig(AppConfig):
    """Files that people bring."""

    name = "gongkai.foundation.attachments"
    label = "attachments"
    verbose_name = "附件"
