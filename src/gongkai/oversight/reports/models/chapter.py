"""A chapter of the narrative."""

from typing import ClassVar

from django.conf import settings
from django.db import models

from gongkai.foundation import clock


class Chapter(models.Model):
    """The text under one required heading, with live figures in it: ``{{收到申请数}}``."""

    personal_data = False

    report = models.ForeignKey(
        "reports.Report", verbose_name="报告", on_delete=models.PROTECT, related_name="chapters"
    )
    heading = models.CharField("标题", max_length=40)
    """Key of the heading in the form."""
    text = models.TextField("正文", blank=True)
    version = models.PositiveIntegerField("版本", default=1)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="撰写人",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    at = models.DateTimeField("时间", default=clock.now)

    class Meta:
        verbose_name = "正文章节"
        verbose_name_plural = "正文章节"
        ordering = ("report", "pk")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["report", "heading"], name="reports_one_chapter_a_heading"
            )
        ]

    def __str__(self) -> str:
        return f"{self.report_id} {self.heading}"
