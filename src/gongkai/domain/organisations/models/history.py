"""What an organisation was called, and what befell it."""

from typing import ClassVar

from django.db import models

from gongkai.domain.organisations.kinds import change_choices
from gongkai.foundation import clock


class Name(models.Model):
    """A name and the day from which it is valid."""

    personal_data = False

    organisation = models.ForeignKey(
        "organisations.Organisation",
        verbose_name="机构",
        on_delete=models.CASCADE,
        related_name="names",
    )
    name = models.CharField("名称", max_length=120)
    short = models.CharField("简称", max_length=40, blank=True)
    since = models.DateField("启用日期", null=True, blank=True)
    """Nothing means since ever."""

    class Meta:
        verbose_name = "名称"
        verbose_name_plural = "名称"
        ordering = ("organisation", models.F("since").asc(nulls_first=True))
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["organisation", "since"], name="one_name_from_a_day")
        ]

    def __str__(self) -> str:
        return self.name


class Change(models.Model):
    """A fact of history: founded, renamed, merged, split, moved, closed."""

    personal_data = False

    organisation = models.ForeignKey(
        "organisations.Organisation",
        verbose_name="机构",
        on_delete=models.CASCADE,
        related_name="changes",
    )
    kind = models.CharField("变更", max_length=20, choices=change_choices)
    day = models.DateField("生效日期")
    other = models.ForeignKey(
        "organisations.Organisation",
        verbose_name="有关机构",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    """What it was merged into, split from, or moved under."""
    before = models.CharField("原为", max_length=120, blank=True)
    after = models.CharField("改为", max_length=120, blank=True)
    ground = models.CharField("依据", max_length=200, blank=True)
    """The document that decided it, with its number."""
    recorded = models.DateTimeField("登记时间", default=clock.now)

    class Meta:
        verbose_name = "沿革"
        verbose_name_plural = "沿革"
        ordering = ("organisation", "day", "pk")

    def __str__(self) -> str:
        return f"{self.day} {self.get_kind_display()}"
