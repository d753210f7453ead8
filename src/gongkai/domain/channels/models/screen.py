"""A display that shows public items where people wait."""

import secrets
from datetime import timedelta
from typing import ClassVar

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.urls import reverse

from gongkai.foundation import clock

SILENT = timedelta(minutes=15)
"""After so long without a sign a screen is taken to be off."""


def fresh_key() -> str:
    """Return what stands in the address of a screen: nobody guesses it, and it is short enough to type."""
    return secrets.token_hex(6)


class ScreenKind(models.TextChoices):
    """What it is."""

    SCREEN = "screen", "电子屏"
    KIOSK = "kiosk", "触摸屏"


class Orientation(models.TextChoices):
    """How it hangs."""

    LANDSCAPE = "landscape", "横屏"
    PORTRAIT = "portrait", "竖屏"


class Screen(models.Model):
    """An unattended display or a touch screen of a unit; what it shows is public, its address is not told about."""

    personal_data = False

    organisation = models.ForeignKey(
        "organisations.Organisation",
        verbose_name="机构",
        on_delete=models.PROTECT,
        related_name="screens",
    )
    kind = models.CharField("类别", max_length=8, choices=ScreenKind, default=ScreenKind.SCREEN)
    name = models.CharField("名称", max_length=60)
    """Where it stands: 政务服务大厅一楼东."""
    key = models.CharField(
        "地址密钥", max_length=24, unique=True, default=fresh_key, editable=False
    )
    orientation = models.CharField(
        "方向", max_length=10, choices=Orientation, default=Orientation.LANDSCAPE
    )
    columns = models.ManyToManyField(
        "directory.Column", verbose_name="栏目", blank=True, related_name="+"
    )
    """None means all of the organisation and of those below it."""
    seconds = models.PositiveSmallIntegerField(
        "每页停留秒数",
        default=20,
        validators=[MinValueValidator(5), MaxValueValidator(300)],
    )
    count = models.PositiveSmallIntegerField(
        "最多条数", default=20, validators=[MinValueValidator(1), MaxValueValidator(60)]
    )
    line = models.CharField("底部文字", max_length=120, blank=True)
    """Such as the telephone number of the counter."""
    may_print = models.BooleanField("可以打印", default=False)
    """Whether a printer stands beside the kiosk."""
    is_on = models.BooleanField("启用", default=True)
    seen = models.DateTimeField("最近在线", null=True, editable=False)
    """When it last asked for content; of whoever stands before it nothing is kept."""

    class Meta:
        verbose_name = "显示屏"
        verbose_name_plural = "显示屏"
        ordering = ("organisation__path", "name")
        constraints: ClassVar = []

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """Return its page at the desk."""
        return reverse("channels:screen", args=[self.pk])

    @property
    def address(self) -> str:
        """Return the address that its browser opens."""
        return f"/{self.kind}/{self.key}/"

    @property
    def is_silent(self) -> bool:
        """Tell whether it should be seen and is not."""
        return self.is_on and (self.seen is None or clock.now() - self.seen > SILENT)
