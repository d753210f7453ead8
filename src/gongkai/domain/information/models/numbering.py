"""How index numbers (索引号) are made."""

from typing import ClassVar

from django.db import models


class IndexRule(models.Model):
    """The pattern of an organisation's index numbers; what is below it uses it, too.

    ``template`` has the gaps ``{code}`` (unified social credit code), ``{division}``, ``{unit}`` (key of
    the organisation, five digits), ``{year}``, ``{month}``, ``{topic}`` and ``{serial}`` with a width
    such as ``{serial:05}``. It must have ``{serial}`` and something that tells organisations apart.
    """

    personal_data = False

    organisation = models.OneToOneField(
        "organisations.Organisation",
        verbose_name="机构",
        on_delete=models.PROTECT,
        related_name="index_rule",
    )
    template = models.CharField("索引号规则", max_length=120)
    registration = models.CharField("统一登记号规则", max_length=120, blank=True)
    """The pattern of the numbers under which normative documents are registered, with the same gaps."""

    class Meta:
        verbose_name = "索引号规则"
        verbose_name_plural = "索引号规则"

    def __str__(self) -> str:
        return self.template


class IndexCounter(models.Model):
    """The last serial number given out for a prefix; it only ever grows, so that none is used twice."""

    personal_data = False

    scope = models.CharField("范围", max_length=120, unique=True)
    """The number without its serial."""
    last = models.PositiveIntegerField("已用到", default=0)

    class Meta:
        verbose_name = "索引号流水"
        verbose_name_plural = "索引号流水"
        constraints: ClassVar = []

    def __str__(self) -> str:
        return f"{self.scope} {self.last}"
