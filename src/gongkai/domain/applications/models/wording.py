"""Answers that come again and again."""

from typing import ClassVar

from django.db import models


class Wording(models.Model):
    """A recurring text of an office: reasons of a decision, what is told when something is asked."""

    personal_data = False

    organisation = models.ForeignKey(
        "organisations.Organisation",
        verbose_name="单位",
        on_delete=models.CASCADE,
        related_name="+",
    )
    ground = models.CharField("处理依据", max_length=20, blank=True)
    """Key in ``law/codes/grounds.yaml`` for which it is offered first; empty for any."""
    title = models.CharField("名称", max_length=60)
    text = models.TextField("内容", max_length=3000)

    class Meta:
        verbose_name = "常用答复"
        verbose_name_plural = "常用答复"
        ordering = ("ground", "title", "pk")
        indexes: ClassVar = [
            models.Index(fields=["organisation", "ground"], name="applications_wordings")
        ]

    def __str__(self) -> str:
        return self.title
