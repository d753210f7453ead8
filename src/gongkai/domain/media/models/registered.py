"""What sites and accounts have in common."""

from datetime import date
from typing import TypeVar

from django.db import models
from django.db.models import Q

from gongkai.foundation import clock

Thing = TypeVar("Thing", bound=models.Model)


class RegisteredQuerySet(models.QuerySet[Thing]):
    """Questions that can be asked of several at once."""

    def open_on(self, day: date | None = None) -> "RegisteredQuerySet[Thing]":
        """Keep those open on *day*, today if left out."""
        day = day or clock.today()
        return self.filter(Q(opened=None) | Q(opened__lte=day), Q(closed=None) | Q(closed__gt=day))


class Registered(models.Model):
    """A thing in the register: whose, what it is called, from when to when."""

    name = models.CharField("名称", max_length=100)
    opened = models.DateField("开设日期", null=True, blank=True)
    closed = models.DateField("关停日期", null=True, blank=True)
    """The first day on which it is no more."""
    note = models.CharField("备注", max_length=300, blank=True)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.name

    def is_open(self, day: date | None = None) -> bool:
        """Tell whether it is open on *day*, today if left out."""
        day = day or clock.today()
        return (self.opened is None or self.opened <= day) and (
            self.closed is None or day < self.closed
        )
