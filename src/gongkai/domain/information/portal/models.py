"""Where the pages of a column begin."""

from datetime import date
from typing import ClassVar

from django.db import models


class ListPage(models.Model):
    """Page *number* of a column's list, from the oldest: it begins with the item of this day and key.

    A page holds what lies between its beginning and that of the next; the first one everything before. So an
    item that goes leaves a gap on its own page, and no other page changes.
    """

    personal_data = False

    column = models.ForeignKey(
        "directory.Column", verbose_name="栏目", on_delete=models.CASCADE, related_name="list_pages"
    )
    number = models.PositiveIntegerField("页码")
    first_on = models.DateField("起始公开日期")
    first_item = models.BigIntegerField("起始信息")

    class Meta:
        verbose_name = "列表页"
        verbose_name_plural = "列表页"
        ordering = ("column", "number")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["column", "number"], name="portal_one_list_page")
        ]
        indexes: ClassVar = [
            models.Index(fields=["column", "first_on", "first_item"], name="portal_list_begins")
        ]

    def __str__(self) -> str:
        return f"{self.column_id}/{self.number}"

    @property
    def first(self) -> tuple[date, int]:
        """Return the key of the item that it begins with."""
        return (self.first_on, self.first_item)
