"""What colleagues write to each other about a case."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from gongkai.foundation import clock
from gongkai.foundation.sealing import SealedTextField
from gongkai.foundation.sealing.models import SealedModel


class Note(SealedModel):
    """A remark, or something for somebody to do by a day; sealed, because applicants' own words come in here."""

    personal_data = True

    application = models.ForeignKey(
        "applications.Application",
        verbose_name="公开申请",
        on_delete=models.CASCADE,
        related_name="notes",
    )
    text = SealedTextField("内容")
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="谁写的",
        null=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    at = models.DateTimeField("时间", default=clock.now)
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="交给谁",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    due = models.DateField("哪天以前", null=True, blank=True)
    done_at = models.DateTimeField("做完时间", null=True, blank=True)

    class Meta:
        verbose_name = "备注"
        verbose_name_plural = "备注"
        ordering = ("pk",)
        indexes: ClassVar = [
            models.Index(
                fields=["person", "due"],
                condition=Q(done_at=None, person__isnull=False),
                name="applications_tasks",
            )
        ]

    def __str__(self) -> str:
        return f"备注{self.pk or ''}"
