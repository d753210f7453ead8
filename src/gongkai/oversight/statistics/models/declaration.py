"""A figure that somebody declares."""

from typing import Any, ClassVar, NoReturn

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q

from gongkai.foundation import clock
from gongkai.foundation.figures import Period


class DeclarationQuerySet(models.QuerySet["Declaration"]):
    """Questions that can be asked of several declarations at once."""

    def current(self) -> "DeclarationQuerySet":
        """Keep those that nothing superseded."""
        return self.filter(superseded_by=None)

    def of_period(self, period: Period) -> "DeclarationQuerySet":
        """Keep those of exactly *period*."""
        return self.filter(year=period.year, month=period.month)


class Declaration(models.Model):
    """A figure of a unit and a period, with who said so, when, and on what ground.

    It is never changed: a correction is another declaration that supersedes it, and one without a value
    withdraws it. Triggers refuse an update in the database itself.
    """

    personal_data = False

    organisation = models.ForeignKey(
        "organisations.Organisation",
        verbose_name="单位",
        on_delete=models.PROTECT,
        related_name="declarations",
    )
    indicator = models.CharField("指标", max_length=80)
    """Key in ``law/indicators``."""
    year = models.PositiveSmallIntegerField(
        "年份", validators=[MinValueValidator(2008), MaxValueValidator(2100)]
    )
    month = models.PositiveSmallIntegerField("月份", default=0, validators=[MaxValueValidator(12)])
    """1 to 12; 0 is the whole year."""
    value = models.DecimalField("数值", max_digits=15, decimal_places=4, null=True, blank=True)
    """Nothing means that the earlier declaration is withdrawn."""
    unit = models.CharField("计量单位", max_length=10)
    ground = models.TextField("依据")
    attachment = models.FileField("附件", upload_to="statistics/%Y/", blank=True)
    attachment_name = models.CharField("附件名", max_length=200, blank=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="申报人",
        on_delete=models.PROTECT,
        related_name="+",
    )
    at = models.DateTimeField("申报时间", default=clock.now)
    supersedes = models.OneToOneField(
        "self",
        verbose_name="更正的申报",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="superseded_by",
    )

    objects = DeclarationQuerySet.as_manager()

    class Meta:
        verbose_name = "申报数"
        verbose_name_plural = "申报数"
        ordering = ("-year", "-month", "indicator", "-at", "-pk")
        indexes: ClassVar = [
            models.Index(
                fields=["organisation", "year", "month", "indicator"], name="statistics_declared"
            )
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["organisation", "indicator", "year", "month"],
                condition=Q(supersedes=None),
                name="statistics_one_first_declaration",
            ),
            models.CheckConstraint(
                condition=Q(month__gte=0, month__lte=12), name="statistics_month_is_a_month"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.indicator} {self.period}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Insert; what was declared is never saved again."""
        super().save(*args, **{**kwargs, "force_insert": True})

    @property
    def period(self) -> Period:
        """Return what time it is about."""
        return Period(self.year, self.month)

    def delete(self, *_: Any, **__: Any) -> NoReturn:
        """Refuse."""
        raise NotImplementedError("申报数不能删除，只能用新的申报更正。")
