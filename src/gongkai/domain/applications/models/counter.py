"""Serial numbers without a gap."""

from django.db import models


class Counter(models.Model):
    """How far the numbers of an organisation and year are; it moves with the row that takes one."""

    personal_data = False

    scope = models.CharField("范围", max_length=80, unique=True)
    last = models.PositiveIntegerField("最后一个", default=0)

    class Meta:
        verbose_name = "编号"
        verbose_name_plural = "编号"

    def __str__(self) -> str:
        return f"{self.scope} {self.last}"
