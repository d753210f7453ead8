"""A website and the columns that are looked at."""

from typing import ClassVar
from urllib.parse import urlsplit

from django.db import models
from django.urls import reverse

from gongkai.domain.media.models.registered import Registered, RegisteredQuerySet


class Freshness(models.TextChoices):
    """Which period of the inspection a column has."""

    DYNAMIC = "dynamic", "动态、要闻类"
    NOTICE = "notice", "通知公告、政策文件类"
    OTHER = "", "其他"


class Site(Registered):
    """A website of an organisation. Only registered sites are ever fetched."""

    personal_data = False

    organisation = models.ForeignKey(
        "organisations.Organisation",
        verbose_name="主办单位",
        on_delete=models.PROTECT,
        related_name="sites",
    )
    address = models.CharField("首页地址", max_length=300)
    host = models.CharField("域名", max_length=200)
    """With the port, where it has one; from the address."""
    hosts = models.JSONField("其他域名", default=list, blank=True)
    """Further hosts of the same site, such as without www."""
    mark = models.CharField("网站标识码", max_length=20, blank=True)
    offers_services = models.BooleanField("有对外办事服务", default=True)

    objects = RegisteredQuerySet.as_manager()

    class Meta:
        verbose_name = "网站"
        verbose_name_plural = "网站"
        ordering = ("organisation__path", "name")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["host"], condition=models.Q(closed=None), name="media_host_once"
            )
        ]

    def get_absolute_url(self) -> str:
        """Return its page at the desk."""
        return reverse("media:site", args=[self.pk])

    @property
    def all_hosts(self) -> frozenset[str]:
        """Return every host that belongs to it."""
        return frozenset({self.host, *self.hosts})

    @property
    def what(self) -> str:
        """Return what it is."""
        return "网站"


class SiteColumn(models.Model):
    """A column of a site that the inspection looks at."""

    personal_data = False

    site = models.ForeignKey(
        Site, verbose_name="网站", on_delete=models.CASCADE, related_name="columns"
    )
    name = models.CharField("名称", max_length=60)
    address = models.CharField("地址", max_length=500)
    freshness = models.CharField("更新要求", max_length=10, choices=Freshness, blank=True)

    class Meta:
        verbose_name = "受检栏目"
        verbose_name_plural = "受检栏目"
        ordering = ("site", "pk")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["site", "address"], name="media_column_once")
        ]

    def __str__(self) -> str:
        return self.name


def host_of(address: str) -> str:
    """Return the host of *address* in lower case, with its port where it has one; empty where it is none."""
    try:
        parts = urlsplit(address.strip())
        port = parts.port
    except ValueError:
        return ""
    if (
        parts.scheme not in {"http", "https"}
        or not parts.hostname
        or parts.username
        or parts.password
    ):
        return ""
    try:
        host = (
            parts.hostname.encode("idna").decode()
            if not parts.hostname.isascii()
            else parts.hostname
        )
    except UnicodeError:
        return ""
    host = f"[{host}]" if ":" in host else host.lower().rstrip(".")
    usual = {"http": 80, "https": 443}[parts.scheme]
    return host if port in {None, usual} else f"{host}:{port}"
