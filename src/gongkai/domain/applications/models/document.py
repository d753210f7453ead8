"""Files of a case."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from gongkai.foundation import clock
from gongkai.foundation.sealing import SealedCharField
from gongkai.foundation.sealing.models import SealedModel


class DocumentKind(models.TextChoices):
    """What a file is in the case."""

    REQUEST = "request", "申请材料"
    SUPPLEMENT = "supplement", "补正材料"
    SOURCE = "source", "查到的信息"
    REDACTED = "redacted", "区分处理后的信息"
    OPINION = "opinion", "征求意见材料"
    REPORT = "report", "承办单位回复"
    PROOF = "proof", "送达证明"
    OTHER = "other", "其他"


class Audience(models.TextChoices):
    """Who may have it."""

    OFFICE = "office", "机关内部"
    APPLICANT = "applicant", "申请人"
    PARTY = "party", "第三方"


class Document(SealedModel):
    """A file of an application: sealed where it came from outside, otherwise an examined attachment."""

    personal_data = True

    application = models.ForeignKey(
        "applications.Application",
        verbose_name="公开申请",
        on_delete=models.CASCADE,
        related_name="documents",
    )
    kind = models.CharField("类型", max_length=12, choices=DocumentKind)
    audience = models.CharField("给谁看", max_length=10, choices=Audience, default=Audience.OFFICE)
    title = SealedCharField("名称", max_length=200)
    sealed = models.ForeignKey(
        "sealing.SealedFile",
        verbose_name="加密文件",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    stored = models.ForeignKey(
        "attachments.StoredFile",
        verbose_name="附件",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    fact = models.ForeignKey(
        "applications.Fact",
        verbose_name="办理记录",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="documents",
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
        verbose_name = "案卷材料"
        verbose_name_plural = "案卷材料"
        ordering = ("pk",)
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(sealed=None) ^ Q(stored=None), name="applications_one_file"
            )
        ]

    def __str__(self) -> str:
        return f"案卷材料{self.pk or ''}"
