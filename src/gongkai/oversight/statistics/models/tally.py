"""What a unit made public in a year, added up, so that the dashboard of a province need not count a million rows."""

import secrets
from typing import ClassVar

from django.db import models


def fresh_mark() -> int:
    """Return a number that no earlier change had."""
    return secrets.randbits(62)


class TallyMark(models.Model):
    """Which state of a unit's items tallies have to be of; another one with every change that is shown."""

    personal_data = False

    organisation = models.OneToOneField(
        "organisations.Organisation",
        verbose_name="单位",
        on_delete=models.CASCADE,
        related_name="+",
        primary_key=True,
    )
    mark = models.BigIntegerField("标记", default=fresh_mark)

    class Meta:
        verbose_name = "合计标记"
        verbose_name_plural = "合计标记"

    def __str__(self) -> str:
        return str(self.mark)


class YearTally(models.Model):
    """How much a unit made public in a year, by month and in each month by column, topic and genre.

    It counts only while its mark is the unit's; with another one it is made anew when somebody looks.
    """

    personal_data = False

    organisation = models.ForeignKey(
        "organisations.Organisation",
        verbose_name="单位",
        on_delete=models.CASCADE,
        related_name="+",
    )
    year = models.PositiveSmallIntegerField("年份")
    mark = models.BigIntegerField("标记", default=0)
    """Of the unit when it was counted; 0 where nothing had ever been shown."""
    counts = models.JSONField("合计", default=dict)

    class Meta:
        verbose_name = "年度合计"
        verbose_name_plural = "年度合计"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["organisation", "year"], name="statistics_one_tally")
        ]

    def __str__(self) -> str:
        return f"{self.organisation_id} {self.year}"
