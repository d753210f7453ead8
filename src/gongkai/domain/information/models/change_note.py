"""What the public is told of an item that was corrected or taken back."""

from typing import ClassVar

from django.conf import settings
from django.db import models

from gongkai.foundation import clock


class NoteKind(models.TextChoices):
    """What was done."""

    CORRECTED = "corrected", "更正"
    WITHDRAWN = "withdrawn", "撤回"
    RESTORED = "restored", "恢复公开"


class ChangeNote(models.Model):
    """A note to the public that stays at the address of the item."""

    personal_data = False

    item = models.ForeignKey(
        "information.Item",
        verbose_name="信息",
        on_delete=models.PROTECT,
        related_name="change_notes",
    )
    kind = models.CharField("类别", max_length=10, choices=NoteKind)
    reason = models.TextField("说明")
    at = models.DateTimeField("时间", default=clock.now)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name="经办", on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        verbose_name = "变更说明"
        verbose_name_plural = "变更说明"
        ordering = ("item", "pk")
        indexes: ClassVar = [models.Index(fields=["kind", "at"], name="information_change_notes")]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.at:%Y-%m-%d}"
