"""What a person says a cell really holds."""

from decimal import Decimal
from typing import ClassVar

from django.conf import settings
from django.db import models

from gongkai.core.forms import Cell, Place, State, cell_of
from gongkai.foundation import clock


class Correction(models.Model):
    """A cell corrected; the last one of a place counts, all are kept."""

    personal_data = False

    reading = models.ForeignKey(
        "readings.Reading", on_delete=models.CASCADE, related_name="corrections"
    )
    table = models.CharField(max_length=40)
    row = models.CharField(max_length=120)
    column = models.CharField(max_length=40)
    label = models.CharField("格", max_length=300)
    old_state = models.CharField(max_length=12)
    old_value = models.CharField("原读数", max_length=40, blank=True)
    new_value = models.CharField("更正为", max_length=40, blank=True)
    """A decimal string; empty for a blank cell."""
    reason = models.CharField("理由", max_length=500)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="更正人",
        null=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    at = models.DateTimeField("时间", default=clock.now)

    class Meta:
        verbose_name = "更正"
        verbose_name_plural = "更正"
        ordering = ("reading", "at", "pk")
        indexes: ClassVar = [
            models.Index(fields=["reading", "at"], name="readings_corrections"),
        ]

    def __str__(self) -> str:
        return f"{self.label}：{self.old_in_words} → {self.new_in_words}"

    @property
    def place(self) -> Place:
        """Return which cell it is."""
        return Place(self.table, self.row, self.column)

    @property
    def cell(self) -> Cell:
        """Return the cell as corrected."""
        return cell_of(Decimal(self.new_value) if self.new_value else None, raw=self.new_value)

    @property
    def old_in_words(self) -> str:
        """Return what stood there, for people."""
        if self.old_state == State.UNREADABLE:
            return "读不清"
        return self.old_value or "空白"

    @property
    def new_in_words(self) -> str:
        """Return what stands there now, for people."""
        return self.new_value or "空白"
