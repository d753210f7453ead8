"""What waits to be put into the index, and what people searched for."""

from typing import ClassVar

from django.db import models

from gongkai.foundation import clock


class Pending(models.Model):
    """A key whose public state may have changed."""

    personal_data = False

    kind = models.CharField(max_length=20)
    key = models.CharField(max_length=80)
    drained = models.BooleanField(default=False)
    """It is in the index, but a new one that is being built may have missed it."""

    class Meta:
        verbose_name = "待更新索引"
        verbose_name_plural = "待更新索引"
        indexes: ClassVar = [models.Index(fields=["drained", "id"], name="search_pending_order")]

    def __str__(self) -> str:
        return f"{self.kind}:{self.key}"


class CountedQuery(models.Model):
    """How often a query was typed on a day; by whom is not known.

    Only queries that several people typed get here (``counting.py``).
    """

    personal_data = False

    text = models.CharField("检索词", max_length=40)
    day = models.DateField("日期", default=clock.today)
    count = models.PositiveIntegerField("次数")
    results = models.PositiveIntegerField("结果数")
    """Of the last time."""

    class Meta:
        verbose_name = "检索词"
        verbose_name_plural = "检索词"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["text", "day"], name="search_one_count_a_day")
        ]
        indexes: ClassVar = [models.Index(fields=["day", "-count"], name="search_often")]

    def __str__(self) -> str:
        return self.text
