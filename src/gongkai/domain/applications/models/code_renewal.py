"""Somebody who lost the secret code got another one."""

from django.conf import settings
from django.db import models

from gongkai.foundation import clock
from gongkai.foundation.sealing import SealedTextField
from gongkai.foundation.sealing.models import SealedModel


class Proof(models.TextChoices):
    """How it was made sure that it is the applicant."""

    SEEN = "seen", "当面核对证件原件"
    COPY = "copy", "核对寄来、传来的证件复印件"
    CALL = "call", "拨打申请时留下的电话核对"
    AGENT = "agent", "核对委托书和代理人、申请人的证件"


class CodeRenewal(SealedModel):
    """The secret code of a case was replaced after the applicant's identity had been checked."""

    personal_data = True

    application = models.ForeignKey(
        "applications.Application",
        verbose_name="公开申请",
        on_delete=models.CASCADE,
        related_name="code_renewals",
    )
    proof = models.CharField("怎样核对的身份", max_length=8, choices=Proof)
    checked = SealedTextField("核对了什么")
    sent = models.CharField("怎样交给申请人", max_length=10)
    """``print`` or ``email``."""
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="经办人",
        null=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    at = models.DateTimeField("换发时间", default=clock.now)

    class Meta:
        verbose_name = "换发查询码"
        verbose_name_plural = "换发查询码"
        ordering = ("-pk",)

    def __str__(self) -> str:
        return f"换发查询码{self.pk or ''}"
