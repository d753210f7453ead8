"""What changed in public, who exchanges, and what was received."""

from typing import ClassVar

from django.conf import settings
from django.db import models

from gongkai.foundation import clock


class Kind(models.TextChoices):
    """Of what a change is."""

    ITEM = "item", "政府信息"
    COLUMN = "column", "栏目"
    ORGANISATION = "organisation", "机构"
    REPORT = "report", "年度报告"


class Change(models.Model):
    """The last time that the public state of something changed; one row a thing, in the order of commits."""

    personal_data = False

    sequence = models.PositiveBigIntegerField("序号", primary_key=True)
    kind = models.CharField("类别", max_length=12, choices=Kind)
    key = models.PositiveBigIntegerField("键")
    at = models.DateTimeField("时间", default=clock.now)

    class Meta:
        verbose_name = "公开变化"
        verbose_name_plural = "公开变化"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["kind", "key"], name="api_last_change_of_a_thing")
        ]
        indexes: ClassVar = [
            models.Index(fields=["at"], name="api_changes_since"),
            models.Index(fields=["kind", "sequence"], name="api_changes_of_a_kind"),
        ]

    def __str__(self) -> str:
        return f"{self.sequence} {self.kind}:{self.key}"


class ExchangeKey(models.Model):
    """A key that raises the limits, for another platform; the secret itself is not kept."""

    personal_data = False

    holder = models.CharField("使用单位", max_length=120)
    purpose = models.CharField("用途", max_length=200, blank=True)
    prefix = models.CharField("标识", max_length=12, unique=True)
    """What stands before the secret, so that a key can be told in a list."""
    digest = models.CharField("摘要", max_length=64)
    """SHA-256 of the secret; it is random and long, so that no slower function is needed."""
    made = models.DateTimeField("签发时间", default=clock.now)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name="签发人", on_delete=models.PROTECT, related_name="+"
    )
    used_on = models.DateField("最近使用", null=True, blank=True)
    revoked = models.DateTimeField("停用时间", null=True, blank=True)

    class Meta:
        verbose_name = "交换密钥"
        verbose_name_plural = "交换密钥"
        ordering = ("-made",)

    def __str__(self) -> str:
        return f"{self.holder}（{self.prefix}）"


class Received(models.Model):
    """Something that another platform made public, as its signed package told it."""

    personal_data = True
    """What others publish may name people."""

    origin = models.CharField("来源", max_length=64)
    """Fingerprint of the key that signed."""
    kind = models.CharField("类别", max_length=12, choices=Kind)
    key = models.PositiveBigIntegerField("键")
    sequence = models.PositiveBigIntegerField("序号")
    at = models.DateTimeField("变化时间")
    is_gone = models.BooleanField("已不公开", default=False)
    data = models.JSONField("内容", null=True)
    received = models.DateTimeField("收到时间", default=clock.now)

    class Meta:
        verbose_name = "收到的公开信息"
        verbose_name_plural = "收到的公开信息"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["origin", "kind", "key"], name="api_received_once")
        ]

    def __str__(self) -> str:
        return f"{self.origin[:8]} {self.kind}:{self.key}"
