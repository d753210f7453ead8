"""The pages that wait to be written anew."""

import secrets
from typing import ClassVar

from django.db import models


def fresh_mark() -> int:
    """Return a number that no earlier touch had."""
    return secrets.randbits(62)


class OutdatedPage(models.Model):
    """An address whose page must be written anew.

    Whoever touches the address again gives the row a new ``mark``. A writer reads the mark, renders, and may
    put its file in place only while the row still has that mark: what it rendered from old records never stays.
    """

    personal_data = False

    address = models.CharField("地址", max_length=400, unique=True)
    mark = models.BigIntegerField("标记", default=fresh_mark)

    class Meta:
        verbose_name = "待生成页面"
        verbose_name_plural = "待生成页面"
        ordering: ClassVar = ["pk"]

    def __str__(self) -> str:
        return self.address
