"""Inspections and their result sheets, and the probes behind one of the criteria."""

from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse

from gongkai.core.inspection import Check, account_checks, conclusion, site_checks
from gongkai.core.inspection import State as MarkState
from gongkai.core.inspection.judging import STATES
from gongkai.foundation import clock


class Inspection(models.Model):
    """One look at a site or account, held against the criteria; what only people can tell they add."""

    personal_data = False

    class Conclusion(models.TextChoices):
        """What it comes to."""

        OPEN = "open", "待判断"
        PASSED = "passed", "合格"
        FAILED = "failed", "不合格"

    site = models.ForeignKey(
        "media.Site",
        verbose_name="网站",
        null=True,
        on_delete=models.CASCADE,
        related_name="inspections",
    )
    account = models.ForeignKey(
        "media.Account",
        verbose_name="账号",
        null=True,
        on_delete=models.CASCADE,
        related_name="inspections",
    )
    day = models.DateField("检查日期", default=clock.today)
    marks = models.JSONField("结果", default=list)
    """A list of marks, see :class:`gongkai.core.inspection.Mark`; a person's has ``note`` and ``by``."""
    columns = models.JSONField("栏目", default=list)
    """Name, address, newest day, problem of every column that was looked at."""
    conclusion = models.CharField("结论", max_length=8, choices=Conclusion, default=Conclusion.OPEN)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="检查人",
        null=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    made = models.DateTimeField("完成时间", default=clock.now)
    concluded = models.DateTimeField("定稿时间", null=True, blank=True)

    class Meta:
        verbose_name = "检查"
        verbose_name_plural = "检查"
        ordering = ("-pk",)
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(site=None, account__isnull=False) | Q(site__isnull=False, account=None),
                name="media_inspection_of_one",
            )
        ]

    def __str__(self) -> str:
        return f"{self.subject} {self.day:%Y-%m-%d} 检查结果单"

    def get_absolute_url(self) -> str:
        """Return its page at the desk."""
        return reverse("media:inspection", args=[self.pk])

    @property
    def subject(self) -> Any:
        """Return what was looked at."""
        return self.site or self.account

    @property
    def checks(self) -> dict[str, Check]:
        """Return the criteria that apply."""
        return dict(site_checks() if self.site_id else account_checks())

    @property
    def sheet(self) -> list[dict[str, Any]]:
        """Return the marks with their criteria and states in words."""
        known = self.checks
        return [
            {
                **mark,
                "check": known[mark["key"]],
                "words": STATES[MarkState(mark["state"])],
                "is_open": mark["state"] in {MarkState.OPEN, MarkState.UNKNOWN},
            }
            for mark in self.marks
            if mark["key"] in known
        ]

    @property
    def failed(self) -> list[dict[str, Any]]:
        """Return the marks that failed."""
        return [mark for mark in self.sheet if mark["state"] == MarkState.FAILED]

    def settle(self) -> None:
        """Work out the conclusion from the marks."""
        self.conclusion = self.Conclusion(conclusion(self.marks, self.checks).value)


class Probe(models.Model):
    """One attempt to reach a site."""

    personal_data = False

    site = models.ForeignKey(
        "media.Site", verbose_name="网站", on_delete=models.CASCADE, related_name="probes"
    )
    at = models.DateTimeField("时间", default=clock.now)
    reached = models.BooleanField("打得开")
    milliseconds = models.PositiveIntegerField("用时（毫秒）")
    problem = models.CharField("原因", max_length=200, blank=True)

    class Meta:
        verbose_name = "访问"
        verbose_name_plural = "访问"
        ordering = ("-at",)
        indexes: ClassVar = [models.Index(fields=["site", "at"], name="media_probes")]

    def __str__(self) -> str:
        return f"{self.site_id} {self.at:%Y-%m-%d %H:%M}"
