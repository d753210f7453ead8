"""A notice to one person."""

from typing import ClassVar

from django.conf import settings
from django.db import models

from gongkai.foundation import clock


class Notice(models.Model):
    """A sentence with a link, for one person, until read."""

    personal_data = True

    to = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="收件人",
        on_delete=models.CASCADE,
        related_name="notices",
    )
    text = models.CharField("内容", max_length=300)
    href = models.CharField("链接", max_length=300, blank=True)
    created = models.DateTimeField("时间", default=clock.now)
    read = models.DateTimeField("已读时间", null=True, blank=True)

    class Meta:
        verbose_name = "提醒"
        verbose_name_plural = "提醒"
        ordering = ("-created",)
        indexes: ClassVar = [models.Index(fields=["to", "read"], name="notices_unread")]

    def __str__(self) -> str:
        return self.text
