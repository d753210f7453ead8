"""A round of annual reports."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.urls import reverse

from gongkai.core.forms import Form, form
from gongkai.foundation import clock


class Round(models.Model):
    """The reports of a year that one organisation asks of itself and the units below it."""

    personal_data = False

    organisation = models.ForeignKey(
        "organisations.Organisation",
        verbose_name="牵头单位",
        on_delete=models.PROTECT,
        related_name="rounds",
    )
    year = models.PositiveSmallIntegerField("年度")
    form = models.CharField("报告格式", max_length=40)
    """Key in ``law/forms``."""
    collect_by = models.DateField("内部报送日期", null=True, blank=True)
    """The day by which the office wants confirmed figures; the statute's days stand on the reports."""
    note = models.TextField("填报要求", blank=True)
    opened = models.DateTimeField("布置时间", default=clock.now)
    opened_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name="布置人", on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        verbose_name = "年报轮次"
        verbose_name_plural = "年报轮次"
        ordering = ("-year", "organisation")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["organisation", "year"], name="reports_one_round_a_year"
            )
        ]

    def __str__(self) -> str:
        return f"{self.organisation}{self.year}年度轮次"

    def get_absolute_url(self) -> str:
        """Return its page at the desk."""
        return reverse("reports:round", args=[self.pk])

    @property
    def form_facts(self) -> Form:
        """Return the form."""
        return form(self.form)
