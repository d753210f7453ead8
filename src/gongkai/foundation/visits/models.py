"""What remains of visits: a number per page and day."""

from typing import ClassVar

from django.db import models


class VisitCount(models.Model):
    """How often something was visited on a day; after a while, in a month, which stands as its first day."""

    personal_data = False

    kind = models.CharField("类别", max_length=20)
    key = models.BigIntegerField("编号")
    day = models.DateField("日期")
    count = models.PositiveIntegerField("次数")

    class Meta:
        verbose_name = "访问次数"
        verbose_name_plural = "访问次数"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["kind", "key", "day"], name="visits_one_count_a_day")
        ]
        indexes: ClassVar = [
            # what was read most in a month, without reading a row
            models.Index(fields=["kind", "day", "key", "count"], name="visits_often")
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.key} {self.day}：{self.count}"
