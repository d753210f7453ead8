"""Letters and case files."""

from django.apps import AppConfig


class LettersConfig(AppConfig):
    """Letters, their templates and the case file."""

    name = "gongkai.domain.letters"
    label = "letters"
    verbose_name = "文书与案卷"
