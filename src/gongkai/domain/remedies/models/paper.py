"""Files of a remedy."""

from typing import ClassVar

from django.conf import settings
from django.db import models

from gongkai.foundation import clock
from gongkai.foundation.sealing import SealedCharField
from gongkai.foundation.sealing.models import SealedModel


class PaperKind(models.TextChoices):
    """What a file is in the remedy."""

    NOTICE = "notice", "受理、应诉通知"
    CLAIM = "claim", "申请书、起诉状副本"
    DEFENCE = "defence", "答复书、答辩状"
    EVIDENCE = "evidence", "证据和依据"
    RESULT = "result", "决定书、裁判文书"
    OTHER = "other", "其他"


class Paper(SealedModel):
    """A file of a remedy: sealed, for it names whose claim it is."""

    personal_data = True

    remedy = models.ForeignKey(
        "remedies.Remedy",
        verbose_name="复议、诉讼或者举报投诉",
        on_delete=models.CASCADE,
        related_name="papers",
    )
    kind = models.CharField("类型", max_length=10, choices=PaperKind)
    title = SealedCharField("名称", max_length=200)
    sealed = models.ForeignKey(
        "sealing.SealedFile", verbose_name="文件", on_delete=models.PROTECT, related_name="+"
    )
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="放入的人",
        null=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    added_at = models.DateTimeField("放入时间", default=clock.now)

    class Meta:
        verbose_name = "复议、诉讼的材料"
        verbose_name_plural = "复议、诉讼的材料"
        ordering = ("pk",)
        indexes: ClassVar = []

    def __str__(self) -> str:
        return f"复议、诉讼的材料{self.pk or ''}"
