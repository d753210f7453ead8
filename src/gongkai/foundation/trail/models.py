"""One entry of the trail."""

import json
from datetime import UTC
from typing import Any, NoReturn

from django.apps import apps
from django.db import models

from gongkai.core import chain
from gongkai.foundation.trail.event import title_of


class Record(models.Model):
    """Who did what, when, to what, and under what authority.

    The table is made by its migration together with the triggers that refuse changes. Django does
    not manage it, so that ``manage flush`` cannot try to empty it.
    """

    personal_data = False

    number = models.BigIntegerField("序号", primary_key=True)
    at = models.DateTimeField("时间", db_index=True)
    event = models.CharField("事项", max_length=80, db_index=True)
    actor = models.CharField("经办", max_length=80, db_index=True)
    """``user:12``, ``system``, ``public``."""
    authority = models.CharField("依据岗位", max_length=80)
    """``office@12``: the role and the unit under which it was done."""
    unit = models.BigIntegerField("单位", null=True, db_index=True)
    """The unit of that post, by key."""
    subject = models.CharField("对象", max_length=160, db_index=True)
    """``organisations.organisation:12``."""
    facts = models.TextField("要素")
    """Canonical JSON, kept as text so that no database rewrites it."""
    before = models.CharField("原摘要", max_length=80)
    after = models.CharField("新摘要", max_length=80)
    reason = models.TextField("理由")
    previous = models.CharField("上一条摘要", max_length=80)
    digest = models.CharField("摘要", max_length=80, unique=True)

    class Meta:
        managed = False
        db_table = "trail_record"
        verbose_name = "留痕"
        verbose_name_plural = "留痕"
        ordering = ("-number",)

    def __str__(self) -> str:
        return f"{self.number} {self.title}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Insert; what stands is never saved again."""
        super().save(*args, **{**kwargs, "force_insert": True})

    def delete(self, *_: Any, **__: Any) -> NoReturn:
        """Refuse."""
        raise NotImplementedError("留痕不能删除。")

    @property
    def title(self) -> str:
        """Return the event in words."""
        return title_of(self.event)

    @property
    def subject_in_words(self) -> str:
        """Return the object as people call its kind: 机构 12."""
        label, _, key = self.subject.partition(":")
        try:
            kind = str(apps.get_model(label)._meta.verbose_name)
        except (LookupError, ValueError):
            kind = label
        return f"{kind} {key}".strip()

    def content(self) -> dict[str, Any]:
        """Return what is sealed: everything but the digest."""
        return {
            "format": chain.FORMAT,
            "number": self.number,
            "at": self.at.astimezone(UTC).isoformat(timespec="microseconds"),
            "event": self.event,
            "actor": self.actor,
            "authority": self.authority,
            "unit": self.unit,
            "subject": self.subject,
            "facts": json.loads(self.facts),
            "before": self.before,
            "after": self.after,
            "reason": self.reason,
            "previous": self.previous,
        }

    def entry(self) -> dict[str, Any]:
        """Return what :func:`gongkai.core.chain.verify` walks over."""
        return self.content() | {"digest": self.digest}
