"""Findings that somebody lets stand, and the words that an office looks for."""

import secrets
from datetime import date
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from gongkai.foundation import clock


def fresh_salt() -> str:
    """Return what nobody guesses."""
    return secrets.token_hex(32)


class Salt(models.Model):
    """What makes it impossible to guess a number from the fingerprint of a finding, which stands in the trail.

    There is one. It is made with the database and goes with it, so that a new key of the server, or another
    server, loses no answer.
    """

    personal_data = False

    value = models.CharField("值", max_length=64, default=fresh_salt, editable=False)

    class Meta:
        verbose_name = "预检摘要的盐"
        verbose_name_plural = "预检摘要的盐"

    def __str__(self) -> str:
        return str(self.pk)

    @classmethod
    def current(cls) -> str:
        """Return it."""
        found = cls.objects.order_by("pk").first()
        return (found or cls.objects.get_or_create(pk=1)[0]).value


class Kept(models.Model):
    """A finding that somebody lets stand, for a reason that the next reader can judge.

    It holds only as long as the finding stays what it was in its sentence, or in the same bytes of its file:
    ``finding`` is its fingerprint. What was found is not repeated here.
    """

    personal_data = False

    item = models.ForeignKey(
        "information.Item", verbose_name="信息", on_delete=models.CASCADE, related_name="kept"
    )
    rule = models.CharField("规则", max_length=80)
    finding = models.CharField("发现的摘要", max_length=80)
    place = models.CharField("位置", max_length=300)
    reason = models.TextField("理由")
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name="经办", on_delete=models.PROTECT, related_name="+"
    )
    at = models.DateTimeField("时间", default=clock.now)

    class Meta:
        verbose_name = "保留的预检发现"
        verbose_name_plural = "保留的预检发现"
        ordering = ("item", "pk")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["item", "finding"], name="screening_one_reason_a_finding"
            )
        ]

    def __str__(self) -> str:
        return f"{self.rule}：{self.reason}"


class ListedWordQuerySet(models.QuerySet["ListedWord"]):
    """Questions that can be asked of several words at once."""

    def in_force(self, day: date | None = None) -> "ListedWordQuerySet":
        """Keep what is looked for on *day*, today if left out."""
        day = day or clock.today()
        return self.filter(Q(since=None) | Q(since__lte=day), Q(until=None) | Q(until__gt=day))

    def over(self, path: str, step: int) -> "ListedWordQuerySet":
        """Keep the lists that hold for the organisation at *path*: its own and those above it."""
        paths = [path[:end] for end in range(step, len(path) + 1, step)]
        return self.filter(organisation__path__in=paths)


class ListedWord(models.Model):
    """A word on an organisation's own list; it holds for the organisation and everything below."""

    personal_data = False

    class Kind(models.TextChoices):
        """What is wrong with it."""

        TYPO = "typo", "错别字"
        OUTDATED = "outdated", "过时名称"
        FORBIDDEN = "forbidden", "不当表述"
        OFF = "off", "不再检查"
        """A word of the list that comes with the platform, which this organisation does not look for."""

    organisation = models.ForeignKey(
        "organisations.Organisation",
        verbose_name="单位",
        on_delete=models.PROTECT,
        related_name="listed_words",
    )
    word = models.CharField("词语", max_length=40)
    right = models.CharField("正确写法", max_length=80, blank=True)
    kind = models.CharField("类别", max_length=10, choices=Kind, default=Kind.TYPO)
    unless = models.CharField("例外", max_length=200, blank=True)
    """Longer words that contain it and are right, separated by spaces."""
    since = models.DateField("起", null=True, blank=True)
    until = models.DateField("止", null=True, blank=True)
    """The first day on which it is no longer looked for."""
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name="经办", on_delete=models.PROTECT, related_name="+"
    )
    at = models.DateTimeField("时间", default=clock.now)

    objects = ListedWordQuerySet.as_manager()

    class Meta:
        verbose_name = "词表词语"
        verbose_name_plural = "词表词语"
        ordering = ("organisation", "kind", "word")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["organisation", "word"], name="screening_word_once")
        ]

    def __str__(self) -> str:
        return f"{self.word} → {self.right}" if self.right else self.word
