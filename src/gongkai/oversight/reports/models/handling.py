"""What happened to a report: its changes of state, and the rules that were allowed to stand."""

from typing import ClassVar

from django.conf import settings
from django.db import models

from gongkai.foundation import clock
from gongkai.oversight.reports.models.report import Status


class Verb(models.TextChoices):
    """The verbs that move a report."""

    OPENED = "opened", "布置"
    CONFIRMED = "confirmed", "确认"
    REVIEWED = "reviewed", "审核"
    APPROVED = "approved", "批准"
    RETURNED = "returned", "退回"
    ISSUED = "issued", "发布"
    CORRECTED = "corrected", "更正"
    ROLLED = "rolled", "汇总"
    URGED = "urged", "催报"


class Handling(models.Model):
    """Somebody moved a report on, or back, and may have said why."""

    personal_data = False

    report = models.ForeignKey(
        "reports.Report", verbose_name="报告", on_delete=models.PROTECT, related_name="handlings"
    )
    verb = models.CharField("动作", max_length=12, choices=Verb)
    before = models.CharField("原状态", max_length=12, choices=Status, blank=True)
    after = models.CharField("新状态", max_length=12, choices=Status, blank=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="经办",
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    at = models.DateTimeField("时间", default=clock.now)
    comment = models.TextField("意见", blank=True)

    class Meta:
        verbose_name = "办理过程"
        verbose_name_plural = "办理过程"
        ordering = ("report", "pk")

    def __str__(self) -> str:
        return f"{self.get_verb_display()} {self.at:%Y-%m-%d}"


class Override(models.Model):
    """A broken rule that somebody lets stand, for a reason that the next reader can judge.

    It holds only as long as the finding stays what it was: ``finding`` is its fingerprint.
    """

    personal_data = False

    report = models.ForeignKey(
        "reports.Report", verbose_name="报告", on_delete=models.PROTECT, related_name="overrides"
    )
    rule = models.CharField("规则", max_length=80)
    finding = models.CharField("问题摘要", max_length=80)
    message = models.TextField("问题")
    reason = models.TextField("理由")
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name="经办", on_delete=models.PROTECT, related_name="+"
    )
    at = models.DateTimeField("时间", default=clock.now)

    class Meta:
        verbose_name = "保留说明"
        verbose_name_plural = "保留说明"
        ordering = ("report", "pk")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["report", "finding"], name="reports_one_reason_a_finding"
            )
        ]

    def __str__(self) -> str:
        return f"{self.rule}：{self.reason}"
