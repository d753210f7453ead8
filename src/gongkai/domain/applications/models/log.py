"""The public log of requests and answers, without anybody in it."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from gongkai.core import codes
from gongkai.foundation import clock


class PublicLog(models.Model):
    """Whether an organisation keeps a public log. Nobody has one who has not said so."""

    personal_data = False

    organisation = models.OneToOneField(
        "organisations.Organisation",
        verbose_name="机关",
        on_delete=models.CASCADE,
        related_name="public_log",
    )
    is_open = models.BooleanField("公布申请的办理情况", default=False)
    changed = models.DateTimeField("修改时间", default=clock.now)

    class Meta:
        verbose_name = "办理情况的公布"
        verbose_name_plural = "办理情况的公布"

    def __str__(self) -> str:
        return f"{self.organisation}办理情况的公布"


class LogEntryQuerySet(models.QuerySet["LogEntry"]):
    """Questions that can be asked of several entries at once."""

    def public(self) -> "LogEntryQuerySet":
        """Keep what everybody may see now."""
        return self.filter(withdrawn_at=None, organisation__public_log__is_open=True)


class LogEntry(models.Model):
    """A case in the log: what an official wrote of it, and the facts as they stood then.

    It keeps all that it shows, so that nothing of it changes when the case is forgotten.
    """

    personal_data = False

    application = models.OneToOneField(
        "applications.Application",
        verbose_name="公开申请",
        on_delete=models.PROTECT,
        related_name="log_entry",
    )
    organisation = models.ForeignKey(
        "organisations.Organisation",
        verbose_name="受理机关",
        on_delete=models.PROTECT,
        related_name="+",
    )
    summary = models.CharField("申请内容的概括", max_length=200)
    received = models.DateField("收到日期")
    decided = models.DateField("答复日期")
    outcome = models.CharField("处理结果", max_length=20)
    """Key in ``law/codes/grounds.yaml``."""
    days = models.PositiveSmallIntegerField("用了几个工作日", null=True)
    """Nothing where no calendar knows the days."""
    listed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="列入的人",
        null=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    listed_at = models.DateTimeField("列入时间", default=clock.now)
    withdrawn_at = models.DateTimeField("撤下时间", null=True, blank=True)

    objects = LogEntryQuerySet.as_manager()

    class Meta:
        verbose_name = "公布的办理情况"
        verbose_name_plural = "公布的办理情况"
        ordering = ("-decided", "-pk")
        indexes: ClassVar = [
            models.Index(
                fields=["organisation", "-decided", "-id"],
                condition=Q(withdrawn_at=None),
                name="applications_log",
            )
        ]

    def __str__(self) -> str:
        return self.summary

    @property
    def outcome_title(self) -> str:
        """Return the outcome in the words of the law data."""
        return codes.ground(self.outcome).label

    @property
    def article(self) -> str:
        """Return the article that was in force on the day of the decision, empty where there is none."""
        found = codes.ground(self.outcome).article(self.decided)
        return str(found) if found else ""
