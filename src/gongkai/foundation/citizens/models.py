"""Somebody of the public with an account."""

from typing import ClassVar

from django.db import models

from gongkai.foundation import clock
from gongkai.foundation.sealing import FingerprintField, SealedCharField
from gongkai.foundation.sealing.models import SealedModel


class Citizen(SealedModel):
    """An account: the e-mail address or telephone number it is named by, sealed, and a password."""

    personal_data = True

    name = SealedCharField("电子邮箱或者手机号", max_length=120)
    mark = FingerprintField("登录名的标记", of="name")
    password = models.CharField("密码", max_length=128)
    """As Django's hashers make it."""
    confirmed = models.DateTimeField("邮箱确认时间", null=True, blank=True, editable=False)
    """When somebody who was signed in here read a code in that mailbox; only then does mail open the account again."""
    created = models.DateTimeField("注册时间", default=clock.now, editable=False)

    class Meta:
        verbose_name = "公众账号"
        verbose_name_plural = "公众账号"
        constraints: ClassVar = [models.UniqueConstraint(fields=["mark"], name="citizens_once")]

    def __str__(self) -> str:
        return f"公众账号 {self.pk or '（新）'}"
