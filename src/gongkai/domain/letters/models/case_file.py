"""A case put together."""

from typing import ClassVar

from django.conf import settings
from django.db import models

from gongkai.foundation import clock
from gongkai.foundation.sealing import SealedJSONField
from gongkai.foundation.sealing.models import SealedModel


class CaseFile(SealedModel):
    """A case file (卷宗) as it was assembled on a day; one made later stands beside it."""

    personal_data = True

    application = models.ForeignKey(
        "applications.Application",
        verbose_name="公开申请",
        on_delete=models.CASCADE,
        related_name="case_files",
    )
    made = models.DateField("编成日期", default=clock.today)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="编卷人",
        null=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    pdf = models.ForeignKey(
        "sealing.SealedFile", verbose_name="案卷", on_delete=models.PROTECT, related_name="+"
    )
    manifest = SealedJSONField("清单", default=dict)
    digest = models.CharField("清单的摘要", max_length=64)
    pieces = models.PositiveIntegerField("件数", default=0)
    pages = models.PositiveIntegerField("页数", default=0)
    retention = models.CharField("保管期限", max_length=12)
    """Key in ``law/letters/retention.yaml``."""
    until = models.DateField("保管到", null=True, blank=True)

    class Meta:
        verbose_name = "申请案卷"
        verbose_name_plural = "申请案卷"
        ordering = ("-pk",)
        indexes: ClassVar = [models.Index(fields=["until"], name="letters_kept_until")]

    def __str__(self) -> str:
        return f"公开申请{self.application_id}的案卷"
