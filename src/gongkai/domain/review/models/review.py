"""A review of one exact content."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from gongkai.domain.review.models.importance import Importance
from gongkai.foundation import clock


class ReviewStatus(models.TextChoices):
    """How a review stands."""

    OPEN = "open", "审查中"
    COMPLETE = "complete", "已通过"
    RETURNED = "returned", "已退回"
    RECALLED = "recalled", "已撤回"


class ReviewQuerySet(models.QuerySet["Review"]):
    """Questions that can be asked of several reviews at once."""

    def open(self) -> "ReviewQuerySet":
        """Keep those that wait for a signature."""
        return self.filter(status=ReviewStatus.OPEN)

    def of(self, subject: models.Model) -> "ReviewQuerySet":
        """Keep those of *subject*."""
        return self.filter(subject_type=subject._meta.label_lower, subject_id=subject.pk)


class Review(models.Model):
    """Somebody asks all who have to sign whether one exact content may be published.

    ``digest`` is of the content, ``files`` are the digests of the files that go with it. Triggers keep
    what was asked as it was, and complete a review only when every step of its chain is signed for
    that digest.
    """

    personal_data = False

    subject_type = models.CharField("对象类型", max_length=60)
    """``app.model`` in lower case."""
    subject_id = models.BigIntegerField("对象")
    organisation = models.ForeignKey(
        "organisations.Organisation",
        verbose_name="发布机构",
        on_delete=models.PROTECT,
        related_name="reviews",
    )
    title = models.CharField("标题", max_length=300)
    importance = models.CharField("重要程度", max_length=12, choices=Importance)
    chain = models.ForeignKey(
        "review.Chain", verbose_name="审批流程", on_delete=models.PROTECT, related_name="reviews"
    )
    steps_needed = models.PositiveSmallIntegerField("环节数")
    step = models.PositiveSmallIntegerField("当前环节", default=1)
    """The step that has to sign next, from 1."""
    revision = models.ForeignKey(
        "wagtailcore.Revision",
        verbose_name="版本",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    workflow_state = models.ForeignKey(
        "wagtailcore.WorkflowState",
        verbose_name="流程状态",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    digest = models.CharField("内容摘要", max_length=80)
    status = models.CharField(
        "状态", max_length=10, choices=ReviewStatus, default=ReviewStatus.OPEN
    )
    opened_at = models.DateTimeField("送审时间", default=clock.now)
    opened_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name="送审人", on_delete=models.PROTECT, related_name="+"
    )
    due = models.DateField("本环节期限", null=True, blank=True)
    closed_at = models.DateTimeField("办结时间", null=True, blank=True)
    evidence = models.CharField("依据", max_length=300, blank=True)
    """For a review that was done elsewhere and is only noted here: where its papers are."""

    objects = ReviewQuerySet.as_manager()

    class Meta:
        verbose_name = "审查"
        verbose_name_plural = "审查"
        ordering = ("-pk",)
        indexes: ClassVar = [
            models.Index(fields=["subject_type", "subject_id"], name="review_of_subject"),
            models.Index(fields=["chain", "step"], condition=Q(status="open"), name="review_open"),
            models.Index(fields=["organisation", "status"], name="review_of_unit"),
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["subject_type", "subject_id"],
                condition=Q(status="open"),
                name="review_one_open_a_subject",
            )
        ]

    def __str__(self) -> str:
        return self.title


class ReviewFile(models.Model):
    """A file that was reviewed with the content, told by the digest of its bytes."""

    personal_data = False

    review = models.ForeignKey(
        Review, verbose_name="审查", on_delete=models.PROTECT, related_name="files"
    )
    digest = models.CharField("摘要", max_length=80)
    name = models.CharField("名称", max_length=255)

    class Meta:
        verbose_name = "送审附件"
        verbose_name_plural = "送审附件"
        ordering = ("review", "pk")
        indexes: ClassVar = [models.Index(fields=["review", "digest"], name="review_file_digest")]

    def __str__(self) -> str:
        return self.name
