"""What goes out of the office in a case."""

from typing import ClassVar

from django.db import models

from gongkai.core.letters import templates
from gongkai.foundation import clock
from gongkai.foundation.sealing import SealedCharField, SealedJSONField
from gongkai.foundation.sealing.models import SealedModel


class LetterQuerySet(models.QuerySet["Letter"]):
    """Questions that can be asked of several letters at once."""

    def to_applicant(self) -> "LetterQuerySet":
        """Keep what has gone out to the applicant; what went to third parties and units is not theirs."""
        keys = [key for key, made in templates().items() if made.to == "applicant"]
        return self.filter(template__in=keys).exclude(issued=None)


class Letter(SealedModel):
    """A letter (文书). Its content is frozen when it is issued."""

    personal_data = True

    application = models.ForeignKey(
        "applications.Application",
        verbose_name="公开申请",
        on_delete=models.CASCADE,
        related_name="letters",
    )
    fact = models.ForeignKey(
        "applications.Fact",
        verbose_name="办理记录",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="letters",
    )
    template = models.CharField("文书", max_length=40)
    """Key in ``law/letters``."""
    title = models.CharField("标题", max_length=120)
    number = models.CharField("文号", max_length=60, blank=True)
    content = SealedJSONField("内容", default=dict, blank=True)
    """What was composed, as ``core/letters`` tells it."""
    digest = models.CharField("内容摘要", max_length=80, blank=True)
    issued = models.DateField("发出日期", null=True, blank=True)
    docx = models.ForeignKey(
        "sealing.SealedFile", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    pdf = models.ForeignKey(
        "sealing.SealedFile", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    delivery = models.CharField("送达方式", max_length=10, blank=True)
    tracking = SealedCharField("邮件号", max_length=40, blank=True)
    delivered = models.DateField("送达日期", null=True, blank=True)
    opened_at = models.DateTimeField("申请人打开的时间", null=True, blank=True)
    created = models.DateTimeField("起草时间", default=clock.now)

    objects = LetterQuerySet.as_manager()

    class Meta:
        verbose_name = "文书"
        verbose_name_plural = "文书"
        ordering = ("pk",)
        indexes: ClassVar = [
            models.Index(fields=["application", "id"], name="applications_letters")
        ]

    def __str__(self) -> str:
        return self.title
