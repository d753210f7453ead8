"""An issue of a government's gazette (政府公报)."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse

from gongkai.foundation import clock


class GazetteQuerySet(models.QuerySet["Gazette"]):
    """Questions that can be asked of several issues at once."""

    def issued(self) -> "GazetteQuerySet":
        """Keep what everybody may read."""
        return self.filter(issued_at__isnull=False)


class Gazette(models.Model):
    """One issue: numbered, composed of public items, printed, and read as pages and PDF.

    Its text is that of the items as they are public now. An item that was corrected or taken back after the
    issue appeared is marked so: nothing that is no longer public stands in it.
    """

    personal_data = False

    organisation = models.ForeignKey(
        "organisations.Organisation",
        verbose_name="主办机关",
        on_delete=models.PROTECT,
        related_name="gazettes",
    )
    title = models.CharField("刊名", max_length=80)
    year = models.PositiveSmallIntegerField("年度")
    number = models.PositiveSmallIntegerField("期号")
    """Within the year."""
    total = models.PositiveIntegerField("总期号")
    day = models.DateField("出版日期")
    print_run = models.PositiveIntegerField("印数", default=0)
    serial = models.CharField("刊号", max_length=60, blank=True)
    """国内统一刊号 or 准印证号, as printed."""
    editor = models.CharField("编辑", max_length=80, blank=True)
    """The office that edits it."""
    contact = models.CharField("地址和电话", max_length=200, blank=True)
    pages = models.PositiveSmallIntegerField("页数", default=0, editable=False)
    """Of the text, as numbered; told when it is issued."""
    issued_at = models.DateTimeField("出版登记时间", null=True, editable=False)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="经办",
        editable=False,
        on_delete=models.PROTECT,
        related_name="+",
    )
    made = models.DateTimeField("新建时间", default=clock.now, editable=False)

    objects = GazetteQuerySet.as_manager()

    class Meta:
        verbose_name = "政府公报"
        verbose_name_plural = "政府公报"
        ordering = ("-year", "-number", "organisation")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["organisation", "year", "number"], name="channels_gazette_number"
            ),
            models.UniqueConstraint(
                fields=["organisation", "total"], name="channels_gazette_total"
            ),
            models.CheckConstraint(
                condition=Q(number__gt=0, total__gt=0), name="channels_gazette_counts_from_one"
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["organisation", "day"], name="channels_gazettes"),
        ]

    def __str__(self) -> str:
        return f"{self.title}{self.year}年第{self.number}期"

    def get_absolute_url(self) -> str:
        """Return its page at the desk."""
        return reverse("channels:gazette", args=[self.pk])

    @property
    def address(self) -> str:
        """Return its public address."""
        return f"/gazette/{self.organisation_id}/{self.year}/{self.number}/"

    @property
    def file_address(self) -> str:
        """Return the public address of the PDF."""
        return f"{self.address}gazette.pdf"

    @property
    def is_issued(self) -> bool:
        """Tell whether it has appeared."""
        return self.issued_at is not None


class GazetteEntry(models.Model):
    """An item in an issue, under a heading, in its place."""

    personal_data = False

    gazette = models.ForeignKey(
        Gazette, verbose_name="公报", on_delete=models.CASCADE, related_name="entries"
    )
    item = models.ForeignKey(
        "information.Item",
        verbose_name="信息",
        on_delete=models.PROTECT,
        related_name="gazette_entries",
    )
    section = models.CharField("栏目", max_length=40)
    place = models.PositiveSmallIntegerField("顺序", default=0)
    page = models.PositiveSmallIntegerField("页码", default=0)
    """As printed, told when the issue appears."""
    digest = models.CharField("刊登时的内容摘要", max_length=80, blank=True)
    """Of the item when the issue appeared; another one now means that it was corrected since."""

    class Meta:
        verbose_name = "公报文章"
        verbose_name_plural = "公报文章"
        ordering = ("gazette", "place", "pk")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["gazette", "item"], name="channels_once_an_issue")
        ]

    def __str__(self) -> str:
        return f"{self.gazette_id} {self.section} {self.place}"
