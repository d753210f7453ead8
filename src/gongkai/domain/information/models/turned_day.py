"""How far the public pages have followed the calendar."""

from django.db import models


class TurnedDay(models.Model):
    """The last day whose beginning was brought to the public pages; one row.

    A platform that was switched off over a weekend finds here what it has missed.
    """

    personal_data = False

    day = models.DateField("日期")

    class Meta:
        verbose_name = "公开页面所到日期"
        verbose_name_plural = "公开页面所到日期"

    def __str__(self) -> str:
        return self.day.isoformat()
