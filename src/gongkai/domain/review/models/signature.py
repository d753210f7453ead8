"""A signature, which stays as it was given."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from gongkai.foundation import clock


class Opinion(models.TextChoices):
    """What somebody says to a review."""

    AGREED = "agreed", "同意"
    RETURNED = "returned", "退回"


class Signature(models.Model):
    """What the holder of a post said to one exact content. Triggers refuse every change."""

    personal_data = True

    review = models.ForeignKey(
        "review.Review", verbose_name="审查", on_delete=models.PROTECT, related_name="signatures"
    )
    step = models.PositiveSmallIntegerField("环节")
    title = models.CharField("环节名称", max_length=255)
    opinion = models.CharField("意见类别", max_length=10, choices=Opinion)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name="签署人", on_delete=models.PROTECT, related_name="+"
    )
    authority = models.CharField("岗位", max_length=80)
    """Under what standing: ``office@12``."""
    as_deputy = models.BooleanField("代签", default=False)
    digest = models.CharField("内容摘要", max_length=80)
    comment = models.TextField("意见", blank=True)
    at = models.DateTimeField("时间", default=clock.now)

    class Meta:
        verbose_name = "签署"
        verbose_name_plural = "签署"
        ordering = ("review", "pk")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["review", "step"],
                condition=Q(opinion="agreed"),
                name="review_one_signature_a_step",
            ),
            models.UniqueConstraint(
                fields=["review", "by"],
                condition=Q(opinion="agreed"),
                name="review_one_step_a_person",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title} {self.get_opinion_display()}"
