"""One unit's annual report."""

from datetime import date
from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.urls import reverse

from gongkai.core.forms import Form, form
from gongkai.foundation import clock


class Status(models.TextChoices):
    """How far a report has come."""

    FILLING = "filling", "填报"
    CONFIRMED = "confirmed", "确认"
    REVIEWED = "reviewed", "审核"
    APPROVED = "approved", "批准"
    ISSUED = "issued", "发布"
    CORRECTING = "correcting", "更正中"
    """Only inside the transaction that writes a correction."""


STATUS_IN_WORDS = {
    Status.FILLING: "填报中",
    Status.CONFIRMED: "已确认",
    Status.REVIEWED: "已审核",
    Status.APPROVED: "已批准",
    Status.ISSUED: "已发布",
}
"""What a list says of a report; the bare words of the states name the stages."""

FINISHED = (Status.CONFIRMED, Status.REVIEWED, Status.APPROVED, Status.ISSUED)
"""States in which a unit stands by its figures, so that they may be rolled up."""


class Tier(models.TextChoices):
    """Where a unit stands seen from the one that rolls it up."""

    SAME = "same", "本级"
    LOWER = "lower", "下级"


class ReportQuerySet(models.QuerySet["Report"]):
    """Questions that can be asked of several reports at once."""

    def issued(self) -> "ReportQuerySet":
        """Keep those that were published."""
        return self.filter(status=Status.ISSUED)

    def finished(self) -> "ReportQuerySet":
        """Keep those whose unit stands by its figures."""
        return self.filter(status__in=FINISHED)

    def overdue(self, day: date | None = None) -> "ReportQuerySet":
        """Keep those not published though their day has passed."""
        return self.exclude(status=Status.ISSUED).filter(due__lt=day or clock.today())


class Report(models.Model):
    """The annual report of a unit for a year."""

    personal_data = False

    round = models.ForeignKey(
        "reports.Round", verbose_name="轮次", on_delete=models.PROTECT, related_name="reports"
    )
    organisation = models.ForeignKey(
        "organisations.Organisation",
        verbose_name="单位",
        on_delete=models.PROTECT,
        related_name="annual_reports",
    )
    year = models.PositiveSmallIntegerField("年度")
    form = models.CharField("报告格式", max_length=40)
    status = models.CharField("状态", max_length=12, choices=Status, default=Status.FILLING)
    above = models.ForeignKey(
        "self",
        verbose_name="汇总到",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="units",
    )
    """The report into which this one is rolled up, fixed when the round was opened."""
    tier = models.CharField("层级", max_length=6, choices=Tier, default=Tier.SAME)
    due = models.DateField("法定公布日期", null=True, blank=True)
    due_reference = models.CharField("依据", max_length=80, blank=True)
    """Key of the article, such as ``regulations-2019/50``."""
    rolled_at = models.DateTimeField("汇总时间", null=True, blank=True)
    rolled_units = models.PositiveIntegerField("已汇总单位数", default=0)
    filled = models.PositiveSmallIntegerField("已填格数", default=0)
    errors = models.PositiveSmallIntegerField("错误数", default=0)
    """Broken relations of the form itself, kept by every change of a cell."""
    warnings = models.PositiveSmallIntegerField("疑点数", default=0)
    issued_on = models.DateField("公布日期", null=True, blank=True)
    touched = models.DateTimeField("最近填报", null=True, blank=True)

    objects = ReportQuerySet.as_manager()

    class Meta:
        verbose_name = "年度报告"
        verbose_name_plural = "年度报告"
        ordering = ("-year", "organisation__path")
        indexes: ClassVar = [
            models.Index(fields=["round", "status"], name="reports_of_round"),
            models.Index(fields=["above", "status"], name="reports_units"),
            models.Index(fields=["status", "year"], name="reports_by_year"),
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["organisation", "year"], name="reports_one_a_year"),
            models.CheckConstraint(
                condition=~Q(status="issued") | Q(issued_on__isnull=False),
                name="reports_issued_on_a_day",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """Return its page at the desk."""
        return reverse("reports:report", args=[self.pk])

    @property
    def title(self) -> str:
        """Return the title that is printed."""
        return f"{self.agency}{self.year}年政府信息公开工作年度报告"

    @property
    def agency(self) -> str:
        """Return the full name of the unit."""
        return str(self.organisation.name)

    @property
    def form_facts(self) -> Form:
        """Return the form."""
        return form(self.form)

    @property
    def tier_facts(self) -> Tier:
        """Return where it stands seen from the report above."""
        return Tier(self.tier)

    @property
    def is_frozen(self) -> bool:
        """Tell whether it was published, so that nothing in it may change any more."""
        return self.status == Status.ISSUED

    @property
    def status_in_words(self) -> str:
        """Return how far it has come, such as 已确认."""
        status = Status(self.status)
        return STATUS_IN_WORDS.get(status, str(status.label))

    @property
    def days_left(self) -> int | None:
        """Return the days until it has to be public; ``None`` once it is, or without such a day."""
        if self.due is None or self.issued_on is not None:
            return None
        return (self.due - clock.today()).days

    @property
    def days_late(self) -> int:
        """Return by how many days it was, or is, published late; 0 when in time."""
        if self.due is None:
            return 0
        return max(0, ((self.issued_on or clock.today()) - self.due).days)
