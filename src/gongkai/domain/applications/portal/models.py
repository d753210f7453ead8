"""What applicants have begun to write, and how they want to be told."""

from typing import ClassVar

from django.db import models

from gongkai.foundation import clock
from gongkai.foundation.sealing import MarkField, SealedJSONField
from gongkai.foundation.sealing.models import SealedFile, SealedModel


class Role(models.TextChoices):
    """What a file of a draft is."""

    IDENTITY = "identity", "身份证明"
    MATERIAL = "material", "申请材料"


class Draft(SealedModel):
    """An application that is being written; it expires, and it is emptied when it is submitted."""

    personal_data = True

    organisation = models.ForeignKey(
        "organisations.Organisation",
        verbose_name="受理机关",
        on_delete=models.CASCADE,
        related_name="+",
    )
    content = SealedJSONField("内容", default=dict, blank=True)
    """What was typed, by the names of the fields of the forms."""
    code_mark = MarkField("草稿码的标记", blank=True, db_index=True)
    """Keyed hash of the code under which it was put away; empty while nobody asked for one."""
    expires = models.DateTimeField("保存到")
    application = models.ForeignKey(
        "applications.Application",
        verbose_name="公开申请",
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="+",
    )
    """What became of it: whoever sends it twice gets the same application."""

    class Meta:
        verbose_name = "申请草稿"
        verbose_name_plural = "申请草稿"
        indexes: ClassVar = [models.Index(fields=["expires"], name="portal_apply_expires")]

    def __str__(self) -> str:
        return f"申请草稿 {self.pk or '（新）'}"

    @property
    def is_current(self) -> bool:
        """Tell whether it may still be used."""
        return self.expires > clock.now()


class DraftFile(models.Model):
    """A file brought with a draft."""

    personal_data = True

    draft = models.ForeignKey(
        Draft, verbose_name="申请草稿", on_delete=models.CASCADE, related_name="files"
    )
    sealed = models.ForeignKey(
        SealedFile, verbose_name="加密文件", on_delete=models.PROTECT, related_name="+"
    )
    role = models.CharField("用途", max_length=8, choices=Role)

    class Meta:
        verbose_name = "草稿文件"
        verbose_name_plural = "草稿文件"
        ordering = ("pk",)

    def __str__(self) -> str:
        return f"{self.get_role_display()} {self.pk or ''}"


class Wish(models.Model):
    """How the applicant wants to be told when something happens."""

    personal_data = True

    application = models.OneToOneField(
        "applications.Application",
        verbose_name="公开申请",
        on_delete=models.CASCADE,
        related_name="wish",
    )
    email = models.BooleanField("用电子邮件", default=False)
    sms = models.BooleanField("用短信", default=False)

    class Meta:
        verbose_name = "提醒方式"
        verbose_name_plural = "提醒方式"

    def __str__(self) -> str:
        return f"提醒方式 {self.pk or ''}"
