"""What happened to an application."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from gongkai.core import lifecycle
from gongkai.core.deadlines.events import Whom
from gongkai.foundation import clock
from gongkai.foundation.sealing import SealedCharField, SealedTextField
from gongkai.foundation.sealing.models import SealedModel


class Means(models.TextChoices):
    """How a letter reaches somebody."""

    ONLINE = "online", "网上送达"
    POST = "post", "邮寄"
    IN_PERSON = "in-person", "当面送达"
    EMAIL = "email", "电子邮件"
    FAX = "fax", "传真"
    INSPECT = "inspect", "现场查阅、抄录"


STRIKE = "strike"
"""Leaves another fact out; known to this area only, the life cycle never sees either of them."""


class Fact(SealedModel):
    """Something that happened on a day. Triggers refuse changes; what is wrong is struck by another fact.

    Its words are sealed: an applicant's supplement may say anything. The triggers let that column alone, so that keys
    can be rotated and the words can be forgotten when the case has been kept long enough.
    """

    personal_data = True

    application = models.ForeignKey(
        "applications.Application",
        verbose_name="公开申请",
        on_delete=models.CASCADE,
        related_name="facts",
    )
    act = models.CharField("事项", max_length=20)
    """Key in ``law/lifecycle/acts.yaml``, or ``strike``."""
    day = models.DateField("日期")
    about = models.ForeignKey(
        "self",
        verbose_name="针对",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="answers",
    )
    until = models.DateField("期限", null=True, blank=True)
    working_days = models.PositiveSmallIntegerField("延长的工作日", null=True, blank=True)
    approved = models.DateField("批准日期", null=True, blank=True)
    whom = models.CharField(
        "征求谁的意见",
        max_length=12,
        blank=True,
        choices=[(whom.value, whom.chinese) for whom in Whom],
    )
    grounds = models.JSONField("处理依据", default=list, blank=True)
    unit = models.ForeignKey(
        "organisations.Organisation",
        verbose_name="单位",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    party = models.ForeignKey(
        "applications.Party",
        verbose_name="被征求意见的人",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="facts",
    )
    consents = models.BooleanField("同意", null=True, blank=True)
    amount = models.DecimalField(
        "金额（元）", max_digits=12, decimal_places=2, null=True, blank=True
    )
    decision = models.ForeignKey(
        "applications.Decision",
        verbose_name="决定",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="facts",
    )
    means = models.CharField("送达方式", max_length=10, blank=True, choices=Means)
    tracking = SealedCharField("邮件号", max_length=40, blank=True)
    """Of the item of mail; a proof of delivery is a document of this fact."""
    text = SealedTextField("说明", blank=True)
    """For the office; the applicant reads the words of the table."""
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="记录人",
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    at = models.DateTimeField("记录时间", default=clock.now)

    class Meta:
        verbose_name = "办理记录"
        verbose_name_plural = "办理记录"
        ordering = ("day", "pk")
        indexes: ClassVar = [
            models.Index(fields=["application", "day", "id"], name="applications_facts"),
            models.Index(
                fields=["unit", "application"],
                condition=Q(act="dispatch"),
                name="applications_dispatched",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.day} {self.title}"

    @property
    def title(self) -> str:
        """Return what happened, in the words of the table."""
        return "更正办理记录" if self.act == STRIKE else lifecycle.acts()[self.act].title

    def plain(self) -> lifecycle.Fact:
        """Return it as the life cycle takes it."""
        return lifecycle.Fact(
            act=self.act,
            day=self.day,
            key=self.pk or 0,
            about=self.about_id,
            until=self.until,
            working_days=self.working_days,
            approved=self.approved,
            whom=self.whom or None,  # type: ignore[arg-type]  # one of the choices
            grounds=tuple(self.grounds),
        )
