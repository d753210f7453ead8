"""What is to be decided."""

from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.models import DraftStateMixin, LockableMixin, RevisionMixin, WorkflowMixin

from gongkai.core import chain, codes
from gongkai.domain.review.models import Importance
from gongkai.foundation import clock


class DecisionStatus(models.TextChoices):
    """How the draft of a decision stands."""

    DRAFT = "draft", "拟办"
    REVIEW = "review", "审签中"
    RETURNED = "returned", "已退回"
    MADE = "made", "已作出"


class Decision(WorkflowMixin, DraftStateMixin, LockableMixin, RevisionMixin, ClusterableModel):
    """The outcome of an application, part by part, as it is put before those who sign."""

    personal_data = False
    wagtail_reference_index_ignore = True

    application = models.ForeignKey(
        "applications.Application",
        verbose_name="公开申请",
        on_delete=models.CASCADE,
        related_name="decisions",
    )
    round = models.PositiveSmallIntegerField("轮次", default=1)
    importance = models.CharField(
        "重要程度", max_length=12, choices=Importance, default=Importance.GENERAL
    )
    documents = models.JSONField("提供的材料", default=list, blank=True)
    """Keys of the documents of the case that go with it."""
    status = models.CharField(
        "状态", max_length=10, choices=DecisionStatus, default=DecisionStatus.DRAFT
    )
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="拟办人",
        null=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    created = models.DateTimeField("拟办时间", default=clock.now, editable=False)

    class Meta:
        verbose_name = "答复决定"
        verbose_name_plural = "答复决定"
        ordering = ("pk",)
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["application", "round"], name="applications_one_decision_a_round"
            )
        ]

    def __str__(self) -> str:
        return f"公开申请{self.application}的答复"

    def get_absolute_url(self) -> str:
        """Return the page of its application."""
        return f"/desk/applications/{self.application_id}/"

    def content(self) -> dict[str, Any]:
        """Return what is signed."""
        parts = sorted(self.parts.all(), key=lambda part: (part.sort_order or 0, part.pk or 0))
        return {
            "application": self.application_id,
            "round": self.round,
            "parts": [
                [part.matter, part.ground, list(part.exemptions), part.reasons] for part in parts
            ],
            "documents": list(self.documents),
        }

    def content_digest(self) -> str:
        """Return the digest of what is signed."""
        return chain.digest(self.content())

    @property
    def grounds(self) -> list[str]:
        """Return the outcome of each part."""
        parts = sorted(self.parts.all(), key=lambda part: (part.sort_order or 0, part.pk or 0))
        return [part.ground for part in parts]


class DecisionPart(models.Model):
    """One part of what was asked for, and what becomes of it."""

    decision = ParentalKey(
        Decision, verbose_name="答复决定", on_delete=models.CASCADE, related_name="parts"
    )
    sort_order = models.PositiveSmallIntegerField("次序", default=0)
    matter = models.TextField("申请内容")
    ground = models.CharField("处理依据", max_length=20)
    """Key in ``law/codes/grounds.yaml``."""
    exemptions = models.JSONField("不公开的依据", default=list, blank=True)
    """Grounds of what is withheld where the part is disclosed in part."""
    reasons = models.TextField("理由", blank=True)

    class Meta:
        verbose_name = "答复事项"
        verbose_name_plural = "答复事项"
        ordering = ("sort_order", "pk")

    def __str__(self) -> str:
        return codes.ground(self.ground).label
