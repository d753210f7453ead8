"""What does not agree in a document, and what a person decided about it."""

import hashlib
import json
from typing import Any, ClassVar

from django.conf import settings
from django.db import models

from gongkai.foundation import clock


def mark_of(rule: str, places: list[str], sides: list[str | None]) -> str:
    """Return by what a finding is known again when the checks run anew."""
    content = json.dumps([rule, places, sides], ensure_ascii=False)
    return hashlib.sha256(content.encode()).hexdigest()[:32]


class Level(models.TextChoices):
    """How serious."""

    ERROR = "error", "错误"
    WARNING = "warning", "疑点"
    NOTE = "note", "说明"


class Finding(models.Model):
    """A finding of the last check; written anew by every check."""

    personal_data = False

    class State(models.TextChoices):
        """What a person made of it."""

        OPEN = "open", "待处理"
        ACCEPTED = "accepted", "已确认"
        DISMISSED = "dismissed", "已排除"

    reading = models.ForeignKey(
        "readings.Reading", on_delete=models.CASCADE, related_name="findings"
    )
    number = models.PositiveIntegerField("序号")
    """From 1, errors first, then by place in the text."""
    rule = models.CharField("规则", max_length=120, db_index=True)
    level = models.CharField("级别", max_length=10, choices=Level)
    title = models.CharField("事项", max_length=200)
    message = models.TextField("说明")
    left = models.CharField("一边", max_length=300, blank=True)
    right = models.CharField("另一边", max_length=300, blank=True)
    cells = models.JSONField(default=list)
    """Places of cells, ``table/row/column``."""
    statements = models.JSONField(default=list)
    """Indexes into the contract's statements."""
    at = models.JSONField(default=list)
    mark = models.CharField(max_length=32)
    state = models.CharField("处理", max_length=10, choices=State, default=State.OPEN)

    class Meta:
        verbose_name = "发现"
        verbose_name_plural = "发现"
        ordering = ("reading", "number")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["reading", "number"], name="readings_finding_number")
        ]

    def __str__(self) -> str:
        return self.message

    @property
    def spans(self) -> list[tuple[int, int]]:
        """Return the places in the text."""
        return [(int(start), int(end)) for start, end in self.at]


class Decision(models.Model):
    """Accepted, dismissed or opened again, by whom and why; the last one of a mark counts."""

    personal_data = False

    reading = models.ForeignKey(
        "readings.Reading", on_delete=models.CASCADE, related_name="decisions"
    )
    mark = models.CharField(max_length=32)
    rule = models.CharField("规则", max_length=120)
    message = models.TextField("发现")
    """The finding as it read then."""
    state = models.CharField("处理", max_length=10, choices=Finding.State)
    reason = models.CharField("理由", max_length=500, blank=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="处理人",
        null=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    at = models.DateTimeField("时间", default=clock.now)

    class Meta:
        verbose_name = "处理记录"
        verbose_name_plural = "处理记录"
        ordering = ("reading", "at", "pk")
        indexes: ClassVar = [
            models.Index(fields=["reading", "mark"], name="readings_decisions"),
        ]

    def __str__(self) -> str:
        return f"{self.get_state_display()} {self.message}"

    def content(self) -> dict[str, Any]:
        """Return what the trail keeps a digest of."""
        return {"mark": self.mark, "state": self.state, "reason": self.reason}
