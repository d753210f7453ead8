"""A figure in its place, and everything that ever stood there."""

from decimal import Decimal
from typing import Any, ClassVar, NoReturn

from django.conf import settings
from django.db import models

from gongkai.core import forms
from gongkai.core.forms import Place, State
from gongkai.foundation import clock


class Source(models.TextChoices):
    """Where the value of a cell comes from."""

    COMPUTED = "computed", "由记录算出"
    DECLARED = "declared", "人工申报"
    ROLLED = "rolled", "由下级汇总"
    READ = "read", "从文件读出"


STATES = [
    (State.VALUE.value, "有数"),
    (State.ZERO.value, "零"),
    (State.BLANK.value, "空白"),
    (State.UNREADABLE.value, "无法读出"),
]


class Figure(models.Model):
    """What a cell and an entry share: a value, whose it is, and why."""

    value = models.DecimalField("数值", max_digits=15, decimal_places=4, null=True, blank=True)
    """Eleven digits before the point and four behind: what SQLite keeps exactly."""
    state = models.CharField("状态", max_length=10, choices=STATES, default=State.BLANK.value)
    unit = models.CharField("计量单位", max_length=10, blank=True)
    """Only where the form itself names none and a person chose one."""
    source = models.CharField("来源", max_length=10, choices=Source, default=Source.DECLARED)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="填报人",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    at = models.DateTimeField("时间", default=clock.now)
    ground = models.TextField("依据", blank=True)
    origin = models.JSONField("出处", default=dict, blank=True)
    """``computed``: indicator and rule; ``read``: file, page, text and the place in it."""
    version = models.PositiveIntegerField("版本", default=1)

    class Meta:
        abstract = True

    @property
    def cell(self) -> forms.Cell:
        """Return it as the pure core knows it."""
        return forms.Cell(State(self.state), self.value, raw=self.text, unit=self.unit or None)

    @property
    def text(self) -> str:
        """Return the value as people write it, without idle zeros; empty for a blank."""
        return "" if self.value is None else plain(self.value)


def plain(value: Decimal) -> str:
    """Return *value* without exponent and without zeros behind the point."""
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


class Cell(Figure):
    """What stands in a place of a report now."""

    personal_data = False

    report = models.ForeignKey(
        "reports.Report", verbose_name="报告", on_delete=models.PROTECT, related_name="cells"
    )
    place = models.CharField("位置", max_length=100)
    """``table/row/column``."""
    own = models.DecimalField("本机关数", max_digits=15, decimal_places=4, null=True, blank=True)
    """In a report that rolls up: the part that is the unit's own."""
    rolled = models.DecimalField("汇总数", max_digits=15, decimal_places=4, null=True, blank=True)
    """In a report that rolls up: the sum of its units when it was last rolled up."""

    class Meta:
        verbose_name = "报表数据"
        verbose_name_plural = "报表数据"
        ordering = ("report", "pk")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["report", "place"], name="reports_one_cell_a_place")
        ]

    def __str__(self) -> str:
        return f"{self.place} {self.text}"

    @property
    def where(self) -> Place:
        """Return the place as the pure core knows it."""
        return Place(*self.place.split("/"))

    @property
    def residual(self) -> Decimal | None:
        """Return what neither the unit itself nor its units account for."""
        if self.rolled is None and self.own is None:
            return None
        return (self.value or Decimal()) - (self.rolled or Decimal()) - (self.own or Decimal())


class Entry(Figure):
    """A value that was put into a cell at some time; never changed, never removed."""

    personal_data = False

    # PROTECT, and a foreign key in the database: a cell with a history cannot be deleted either
    of = models.ForeignKey(
        Cell, verbose_name="位置", on_delete=models.PROTECT, related_name="entries"
    )

    class Meta:
        verbose_name = "填报记录"
        verbose_name_plural = "填报记录"
        ordering = ("of", "-version")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["of", "version"], name="reports_one_entry_a_version")
        ]

    def __str__(self) -> str:
        return f"{self.of_id} v{self.version} {self.text}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Insert; what was entered is never saved again."""
        super().save(*args, **{**kwargs, "force_insert": True})

    def delete(self, *_: Any, **__: Any) -> NoReturn:
        """Refuse."""
        raise NotImplementedError("填报记录不能删除。")
