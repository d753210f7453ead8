"""Something that is covered, or that a rule would cover."""

from typing import ClassVar

from django.conf import settings
from django.db import models

from gongkai.core.extraction.document import Span
from gongkai.core.redaction import Box, Mark, label
from gongkai.foundation import clock
from gongkai.foundation.sealing import SealedCharField
from gongkai.foundation.sealing.models import SealedModel


class MarkState(models.TextChoices):
    """Whether it counts."""

    PROPOSED = "proposed", "提议"
    ACCEPTED = "accepted", "遮盖"
    UNDONE = "undone", "保留"


class RedactionMark(SealedModel):
    """A mark and what became of it; rows stay, also of what was undone."""

    personal_data = True

    redaction = models.ForeignKey(
        "redaction.Redaction", on_delete=models.CASCADE, related_name="marks"
    )
    page = models.PositiveIntegerField("页")
    boxes = models.JSONField("位置", default=list)
    """``[left, top, right, bottom]`` in points from the upper left corner."""
    start = models.PositiveIntegerField(null=True)
    end = models.PositiveIntegerField(null=True)
    """For a plain text: the characters."""
    ground = models.CharField("依据", max_length=20)
    is_automatic = models.BooleanField("自动提议", default=False)
    rule = models.CharField("规则", max_length=40, blank=True)
    is_again = models.BooleanField("相同文字", default=False)
    """Proposed because the same words were found elsewhere."""
    state = models.CharField("状态", max_length=10, choices=MarkState)
    text = SealedCharField("遮盖的文字", max_length=2000, blank=True)
    note = SealedCharField("备注", max_length=200, blank=True)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    made_at = models.DateTimeField(default=clock.now)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    decided_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = "遮盖"
        verbose_name_plural = "遮盖"
        ordering = ("page", "pk")
        indexes: ClassVar = [
            models.Index(fields=["redaction", "page"], name="redaction_marks_of_page")
        ]

    def __str__(self) -> str:
        return f"第 {self.page} 页的遮盖"

    @property
    def label(self) -> str:
        """Return the short name of its ground."""
        return label(self.ground)

    def as_core(self, *, is_text: bool) -> Mark:
        """Return it as the core takes it."""
        return Mark(
            1 if is_text else self.page,
            self.ground,
            tuple(Box(*edges) for edges in self.boxes),
            Span(self.start, self.end) if self.start is not None and self.end is not None else None,
            "automatic" if self.is_automatic else "person",
            self.rule,
        )
