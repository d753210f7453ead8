"""A template in an office's own words."""

from typing import ClassVar

from django.conf import settings
from django.db import models

from gongkai.foundation import clock


class Adaptation(models.Model):
    """One version of a template as an organisation words it; the last version is used. Never changed."""

    personal_data = False

    organisation = models.ForeignKey(
        "organisations.Organisation",
        verbose_name="机关",
        on_delete=models.CASCADE,
        related_name="letter_adaptations",
    )
    template = models.CharField("文书", max_length=40)
    """Key in ``law/letters/templates``."""
    version = models.PositiveIntegerField("版次")
    title = models.CharField("标题", max_length=60, blank=True)
    body = models.TextField("正文", max_length=8000, blank=True)
    """The paragraphs, a line each; empty to go back to the wording of the law data."""
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="改写人",
        null=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    at = models.DateTimeField("改写时间", default=clock.now)

    class Meta:
        verbose_name = "改写的文书模板"
        verbose_name_plural = "改写的文书模板"
        ordering = ("-version",)
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["organisation", "template", "version"], name="letters_version_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.title or self.template} 第{self.version}版"
