"""Whose opinion is asked."""

from django.db import models

from gongkai.core.deadlines.events import Whom
from gongkai.foundation.sealing import SealedCharField
from gongkai.foundation.sealing.models import SealedModel


class Party(SealedModel):
    """A third party whose rights are at stake, or another agency that made the information."""

    personal_data = True

    application = models.ForeignKey(
        "applications.Application",
        verbose_name="公开申请",
        on_delete=models.CASCADE,
        related_name="parties",
    )
    whom = models.CharField(
        "类型", max_length=12, choices=[(whom.value, whom.chinese) for whom in Whom]
    )
    name = SealedCharField("名称", max_length=100)
    address = SealedCharField("通信地址", max_length=200, blank=True)
    telephone = SealedCharField("联系电话", max_length=40, blank=True)

    class Meta:
        verbose_name = "被征求意见的人"
        verbose_name_plural = "被征求意见的人"
        ordering = ("pk",)

    def __str__(self) -> str:
        return f"{self.get_whom_display()}{self.pk or ''}"
