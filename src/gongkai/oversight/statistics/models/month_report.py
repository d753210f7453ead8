"""The monthly series (月报) as it was exported."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.urls import reverse

from gongkai.foundation import clock


class MonthReport(models.Model):
    """A workbook for whoever asked for it, with the units that they could see; swept away after a while."""

    personal_data = False

    organisation = models.ForeignKey(
        "organisations.Organisation",
        verbose_name="单位",
        on_delete=models.CASCADE,
        related_name="+",
    )
    year = models.PositiveSmallIntegerField("年份")
    file = models.FileField("文件", upload_to="statistics/monthly/")
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="导出人",
        null=True,
        on_delete=models.CASCADE,
        related_name="+",
    )
    made = models.DateTimeField("导出时间", default=clock.now)

    class Meta:
        verbose_name = "月报"
        verbose_name_plural = "月报"
        ordering = ("-pk",)
        indexes: ClassVar = [models.Index(fields=["made"], name="statistics_reports_made")]

    def __str__(self) -> str:
        return f"{self.organisation}{self.year}年主动公开月报"

    def get_absolute_url(self) -> str:
        """Return where it is taken from."""
        return reverse("statistics:month-report", args=[self.pk])
