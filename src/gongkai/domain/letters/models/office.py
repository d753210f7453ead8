"""How an office signs its letters."""

from typing import ClassVar

from django.db import models

from gongkai.core import codes
from gongkai.core.casefile import retentions
from gongkai.foundation import clock


def kind_choices() -> list[tuple[str, str]]:
    """Return the kinds of office that the law tells apart."""
    return [(key, body.label) for key, body in codes.review_bodies().items()]


def retention_choices() -> list[tuple[str, str]]:
    """Return the terms for which a case file is kept."""
    return [(key, term.label) for key, term in retentions().items()]


class LetterOffice(models.Model):
    """What letters of an organisation say of it."""

    personal_data = False

    organisation = models.OneToOneField(
        "organisations.Organisation",
        verbose_name="机关",
        on_delete=models.CASCADE,
        related_name="letter_office",
    )
    mark = models.CharField("机关代字", max_length=16, blank=True)
    """As in 云公复〔2026〕12号."""
    kind = models.CharField("机关的种类", max_length=24, choices=kind_choices, default="department")
    """Key in ``law/codes/review-bodies.yaml``: who hears a reconsideration."""
    reviewers = models.TextField("复议机关", max_length=300, blank=True)
    """A line each where an applicant may choose."""
    court = models.CharField("管辖法院", max_length=80, blank=True)
    online = models.CharField("网上申请复议的渠道", max_length=200, blank=True)
    contact = models.CharField("联系方式", max_length=200, blank=True)
    retention = models.CharField(
        "案卷的保管期限", max_length=12, choices=retention_choices, blank=True
    )
    seal = models.ForeignKey(
        "sealing.SealedFile",
        verbose_name="印章图片",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    changed = models.DateTimeField("修改时间", default=clock.now)

    class Meta:
        verbose_name = "机关的文书设置"
        verbose_name_plural = "机关的文书设置"
        constraints: ClassVar = []

    def __str__(self) -> str:
        return f"{self.organisation}的文书设置"
