"""Who owes what by when."""

from datetime import date
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from gongkai.core.lifecycle import Duty, duties
from gongkai.foundation import clock


class TermQuerySet(models.QuerySet["Term"]):
    """Questions that can be asked of several terms at once."""

    def running(self) -> "TermQuerySet":
        """Keep what is still owed."""
        return self.filter(ended=None)

    def overdue(self, day: date | None = None) -> "TermQuerySet":
        """Keep what is owed and late on *day*, today if left out."""
        return self.running().filter(due__lt=day or clock.today())


class Term(models.Model):
    """A duty in an application, running or ended. It follows from the facts, like the row of the application."""

    personal_data = False

    application = models.ForeignKey(
        "applications.Application",
        verbose_name="公开申请",
        on_delete=models.CASCADE,
        related_name="terms",
    )
    duty = models.CharField("事项", max_length=20)
    """Key in ``law/lifecycle/terms.yaml``."""
    who = models.CharField("谁", max_length=10)
    """``office``, ``unit``, ``applicant`` or ``party``."""
    organisation = models.ForeignKey(
        "organisations.Organisation",
        verbose_name="单位",
        on_delete=models.PROTECT,
        related_name="+",
    )
    """Whose desk shows it: the unit that owes it, or the office that waits."""
    about = models.ForeignKey(
        "applications.Fact",
        verbose_name="针对",
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="+",
    )
    started = models.DateField("开始")
    due = models.DateField("期限", null=True, blank=True)
    provisional = models.BooleanField("暂估", default=False)
    ended = models.DateField("结束", null=True, blank=True)
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="负责人",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    reminded = models.DateField("已经提醒", null=True, blank=True, editable=False)

    objects = TermQuerySet.as_manager()

    class Meta:
        verbose_name = "办理期限"
        verbose_name_plural = "办理期限"
        ordering = ("due", "pk")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["application", "duty", "started", "about"],
                name="applications_term_once",
            )
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["organisation", "due", "id"],
                condition=Q(ended=None),
                name="applications_owed",
            ),
            models.Index(
                fields=["person", "due", "id"], condition=Q(ended=None), name="applications_mine"
            ),
            models.Index(fields=["due", "id"], condition=Q(ended=None), name="applications_due"),
        ]

    def __str__(self) -> str:
        return self.facts.title

    @property
    def facts(self) -> Duty:
        """Return what the data say about the duty."""
        return duties()[self.duty]
