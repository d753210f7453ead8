"""A document on its way to somebody who may not see all of it."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse

from gongkai.foundation import clock
from gongkai.foundation.sealing import SealedCharField, SealedJSONField
from gongkai.foundation.sealing.models import SealedModel


class RedactedFor(models.TextChoices):
    """Whom a version is for; each is covered and given out by itself."""

    APPLICANT = "applicant", "申请人"
    PARTY = "party", "第三方"
    PUBLIC = "public", "社会公众"


class Stage(models.TextChoices):
    """How far it is."""

    PREPARING = "preparing", "正在打开"
    MARKING = "marking", "正在遮盖"
    BUILDING = "building", "正在生成"
    BUILT = "built", "待定稿"
    RELEASED = "released", "已定稿"
    FAILED = "failed", "打不开"
    DISCARDED = "discarded", "已放弃"


class Redaction(SealedModel):
    """One source document redacted for one audience."""

    personal_data = True

    organisation = models.ForeignKey(
        "organisations.Organisation",
        verbose_name="单位",
        on_delete=models.PROTECT,
        related_name="+",
    )
    subject_type = models.CharField("所属业务", max_length=60)
    """``app.model`` of what it belongs to."""
    subject_id = models.BigIntegerField("所属业务的编号")
    audience = models.CharField("给谁看", max_length=10, choices=RedactedFor)
    title = SealedCharField("名称", max_length=200)
    source = models.ForeignKey(
        "attachments.StoredFile",
        verbose_name="原文件",
        on_delete=models.PROTECT,
        related_name="+",
    )
    source_digest = models.CharField("原文件的 SHA-256", max_length=64)
    working = models.ForeignKey(
        "sealing.SealedFile",
        verbose_name="工作副本",
        null=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    """What is worked on where that is not the source itself."""
    form = models.CharField("形式", max_length=8, default="pages")
    """``pages`` or ``text``."""
    stage = models.CharField("状态", max_length=10, choices=Stage, default=Stage.PREPARING)
    page_count = models.PositiveIntegerField("页数", default=0)
    notes = models.JSONField("说明", default=list)
    """Sentences about what became of the source; they name nobody."""
    job = models.ForeignKey(
        "jobs.Job", null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    verification = models.JSONField("检查结果", default=dict, blank=True)
    """What the verifier said, without a hidden word."""
    remainders = SealedJSONField("没有遮盖的相同文字", default=list, blank=True)
    marks_digest = models.CharField("遮盖的摘要", max_length=64, blank=True)
    output = models.ForeignKey(
        "attachments.StoredFile",
        verbose_name="遮盖后的文件",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    output_digest = models.CharField("遮盖后的 SHA-256", max_length=64, blank=True)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    made_at = models.DateTimeField("开始时间", default=clock.now)
    released_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    released_at = models.DateTimeField("定稿时间", null=True, blank=True)

    class Meta:
        verbose_name = "区分处理"
        verbose_name_plural = "区分处理"
        ordering = ("-pk",)
        indexes: ClassVar = [
            models.Index(fields=["subject_type", "subject_id"], name="redaction_subject"),
            models.Index(fields=["organisation", "-id"], name="redaction_of_unit"),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=~Q(stage="released") | (Q(output__isnull=False) & ~Q(output_digest="")),
                name="redaction_released_file",
            )
        ]

    def __str__(self) -> str:
        return f"区分处理{self.pk or ''}"

    def get_absolute_url(self) -> str:
        """Return its page at the desk."""
        return reverse("redaction:redaction", args=[self.pk])

    @property
    def is_text(self) -> bool:
        """Tell whether it is a plain text."""
        return self.form == "text"

    @property
    def is_open(self) -> bool:
        """Tell whether marks may change."""
        return self.stage == Stage.MARKING
