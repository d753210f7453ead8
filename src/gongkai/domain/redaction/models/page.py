"""A page for the screen."""

from typing import ClassVar

from django.db import models

from gongkai.foundation.sealing import SealedJSONField
from gongkai.foundation.sealing.models import SealedModel


class RedactionPage(SealedModel):
    """A page of the source while it is worked on; gone when the work is done."""

    personal_data = True

    redaction = models.ForeignKey(
        "redaction.Redaction", on_delete=models.CASCADE, related_name="pages"
    )
    number = models.PositiveIntegerField("页")
    width = models.FloatField("宽", default=0)
    """In points; 0 for a stretch of plain text."""
    height = models.FloatField("高", default=0)
    lines = SealedJSONField("文字", default=list)
    """Lines of words, each ``[word, left, top, right, bottom]``; of a plain text ``[word, start, end]``."""
    picture = models.ForeignKey(
        "sealing.SealedFile", null=True, on_delete=models.SET_NULL, related_name="+"
    )
    result = models.ForeignKey(
        "sealing.SealedFile", null=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        verbose_name = "区分处理的页"
        verbose_name_plural = "区分处理的页"
        ordering = ("number",)
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["redaction", "number"], name="redaction_page_once")
        ]

    def __str__(self) -> str:
        return f"第 {self.number} 页"
