"""What was asked for is proposed to be published of the office's own accord (article 44)."""

from typing import ClassVar

from django.conf import settings
from django.db import models

from gongkai.foundation import clock
from gongkai.foundation.sealing import SealedTextField
from gongkai.foundation.sealing.models import SealedModel


class Verdict(models.TextChoices):
    """What the office says to it."""

    OPEN = "open", "待研究"
    ACCEPTED = "accepted", "已采纳"
    DECLINED = "declined", "不采纳"


class PublicationProposal(SealedModel):
    """A case whose information might be published. What is published is an item like any other."""

    personal_data = True

    application = models.OneToOneField(
        "applications.Application",
        verbose_name="公开申请",
        on_delete=models.CASCADE,
        related_name="publication",
    )
    organisation = models.ForeignKey(
        "organisations.Organisation",
        verbose_name="受理机关",
        on_delete=models.PROTECT,
        related_name="+",
    )
    released = models.BooleanField("答复提供了信息", default=False)
    people = models.PositiveSmallIntegerField("要过相同信息的申请人", default=1)
    suggested_at = models.DateTimeField("申请人建议的时间", null=True, blank=True)
    suggestion = SealedTextField("申请人的理由", blank=True)
    verdict = models.CharField("结果", max_length=10, choices=Verdict, default=Verdict.OPEN)
    reason = SealedTextField("不采纳的理由", blank=True)
    item = models.ForeignKey(
        "information.Item",
        verbose_name="拟公开的信息",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="谁决定的",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    decided_at = models.DateTimeField("决定的时间", null=True, blank=True)
    created = models.DateTimeField("提出时间", default=clock.now, editable=False)

    class Meta:
        verbose_name = "转主动公开"
        verbose_name_plural = "转主动公开"
        ordering = ("-pk",)
        indexes: ClassVar = [
            models.Index(
                fields=["organisation", "verdict", "-id"], name="applications_publication"
            ),
            models.Index(fields=["verdict", "-id"], name="applications_verdicts"),
            models.Index(fields=["item"], name="applications_published"),
        ]

    def __str__(self) -> str:
        return f"转主动公开{self.pk or ''}"

    @property
    def is_waiting(self) -> bool:
        """Tell whether somebody has to decide: nobody has, or the draft was thrown away."""
        return self.verdict == Verdict.OPEN or (
            self.verdict == Verdict.ACCEPTED and self.item_id is None
        )

    @property
    def why(self) -> list[str]:
        """Return what speaks for it."""
        told = ["答复提供了信息"] if self.released else []
        if self.people > 1:
            told.append(f"{self.people} 个申请人要过相同的信息")
        if self.suggested_at:
            told.append("申请人建议")
        return told
