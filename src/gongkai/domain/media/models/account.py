"""An account on a new-media platform."""

from typing import ClassVar

from django.db import models
from django.urls import reverse

from gongkai.domain.media.models.registered import Registered, RegisteredQuerySet
from gongkai.domain.media.platforms import platform_choices, platforms


class Account(Registered):
    """An account that an organisation runs on a platform."""

    personal_data = False

    organisation = models.ForeignKey(
        "organisations.Organisation",
        verbose_name="主办单位",
        on_delete=models.PROTECT,
        related_name="accounts",
    )
    platform = models.CharField("平台", max_length=12, choices=platform_choices)
    identifier = models.CharField("账号", max_length=100, blank=True)
    """As the platform calls it."""
    address = models.CharField("主页地址", max_length=300, blank=True)
    last_update = models.DateField("最近更新日期", null=True, blank=True)
    """When something was last published, as somebody saw it."""
    successor = models.ForeignKey(
        "self",
        verbose_name="并入的账号",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="predecessors",
    )

    objects = RegisteredQuerySet.as_manager()

    class Meta:
        verbose_name = "新媒体账号"
        verbose_name_plural = "新媒体账号"
        ordering = ("organisation__path", "platform", "name")
        indexes: ClassVar = [
            models.Index(fields=["organisation", "platform"], name="media_accounts")
        ]

    def get_absolute_url(self) -> str:
        """Return its page at the desk."""
        return reverse("media:account", args=[self.pk])

    @property
    def platform_title(self) -> str:
        """Return the platform in words."""
        return platforms().get(self.platform, self.platform)

    @property
    def what(self) -> str:
        """Return what it is."""
        return self.platform_title
