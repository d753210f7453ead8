"""What befell a site or account."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from gongkai.foundation import clock


class AlterationKind(models.TextChoices):
    """What can befall it."""

    OPENED = "opened", "开设"
    RENAMED = "renamed", "更名"
    MOVED = "moved", "变更主办单位"
    MERGED = "merged", "整合"
    CLOSED = "closed", "关停"


class Alteration(models.Model):
    """A fact of history, with the document that decided it."""

    personal_data = False

    site = models.ForeignKey(
        "media.Site",
        verbose_name="网站",
        null=True,
        on_delete=models.CASCADE,
        related_name="alterations",
    )
    account = models.ForeignKey(
        "media.Account",
        verbose_name="账号",
        null=True,
        on_delete=models.CASCADE,
        related_name="alterations",
    )
    organisation = models.ForeignKey(
        "organisations.Organisation",
        verbose_name="主办单位",
        on_delete=models.PROTECT,
        related_name="+",
    )
    """Whose it was then; the figures of a year count by it."""
    kind = models.CharField("变动", max_length=10, choices=AlterationKind)
    day = models.DateField("日期")
    before = models.CharField("原为", max_length=120, blank=True)
    after = models.CharField("改为", max_length=120, blank=True)
    ground = models.CharField("依据", max_length=200, blank=True)
    recorded = models.DateTimeField("登记时间", default=clock.now)

    class Meta:
        verbose_name = "变动"
        verbose_name_plural = "变动"
        ordering = ("day", "pk")
        indexes: ClassVar = [
            models.Index(fields=["organisation", "kind", "day"], name="media_figures")
        ]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(site=None, account__isnull=False) | Q(site__isnull=False, account=None),
                name="media_alteration_of_one",
            )
        ]

    def __str__(self) -> str:
        return f"{self.day} {self.get_kind_display()}"
