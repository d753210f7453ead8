"""A report as it was published."""

from typing import Any, ClassVar, NoReturn

from django.conf import settings
from django.db import models

from gongkai.core.forms import FilledForm, Place, cell_of, form
from gongkai.foundation import clock


def folder(instance: "EditionFile", filename: str) -> str:
    """Return where a file of an edition is stored."""
    report = instance.edition.report
    return f"reports/{report.year}/{report.organisation_id}/{instance.edition.number}/{filename}"


class EditionQuerySet(models.QuerySet["Edition"]):
    """Questions that can be asked of several editions at once."""

    def current(self) -> "EditionQuerySet":
        """Keep the newest of each report."""
        newer = Edition.objects.filter(
            report=models.OuterRef("report"), number__gt=models.OuterRef("number")
        )
        return self.filter(~models.Exists(newer))


class Edition(models.Model):
    """The content of a report at the moment it was published or corrected, sealed by its digest.

    ``content`` is complete, so that an edition can be shown and rendered again without the tables it
    was made from::

        {"format": "gongkai.report/1", "title": …, "agency": …, "organisation": 12, "code": …,
         "year": 2016, "form": "stat65-2014", "number": 1, "issued": "2017-03-21", "due": "2017-03-31",
         "chapters": [{"heading": "overview", "label": "概述", "text": "…"}],
         "cells": [{"place": "stat65/req_received/value", "value": "120", "state": "value", "unit": "件",
                    "source": "rolled"}],
         "corrections": [{"number": 2, "what": …, "before": …, "after": …, "reason": …, "on": …}]}

    Texts have their figures resolved. Blank cells are left out. Triggers refuse every update.
    """

    personal_data = False

    report = models.ForeignKey(
        "reports.Report", verbose_name="报告", on_delete=models.PROTECT, related_name="editions"
    )
    number = models.PositiveSmallIntegerField("版次", default=1)
    content = models.JSONField("内容")
    digest = models.CharField("内容摘要", max_length=80)
    """Of the canonical JSON of ``content``; it stands in the trail, too."""
    issued = models.DateTimeField("公布时间", default=clock.now)
    issued_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name="发布人", on_delete=models.PROTECT, related_name="+"
    )

    objects = EditionQuerySet.as_manager()

    class Meta:
        verbose_name = "公布版本"
        verbose_name_plural = "公布版本"
        ordering = ("report", "-number")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["report", "number"], name="reports_one_edition_a_number"
            )
        ]

    def __str__(self) -> str:
        return f"{self.content.get('title', '')}（第{self.number}版）"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Insert; what was published is never saved again."""
        super().save(*args, **{**kwargs, "force_insert": True})

    def filled(self) -> FilledForm:
        """Return its cells in their form."""
        cells = {
            Place(*cell["place"].split("/")): cell_of(cell["value"], unit=cell.get("unit") or None)
            for cell in self.content["cells"]
        }
        return FilledForm(
            form(self.content["form"]), cells, self.content["year"], self.content["agency"]
        )

    def delete(self, *_: Any, **__: Any) -> NoReturn:
        """Refuse."""
        raise NotImplementedError("已公布的版本不能删除。")


class Format(models.TextChoices):
    """The formats that the public may download."""

    HTML = "html", "网页"
    DOCX = "docx", "Word 文档"
    PDF = "pdf", "PDF 文档"
    XLSX = "xlsx", "Excel 表格"
    JSON = "json", "JSON 数据"
    CSV = "csv", "CSV 数据"


class EditionFile(models.Model):
    """One file of an edition."""

    personal_data = False

    edition = models.ForeignKey(
        Edition, verbose_name="版本", on_delete=models.PROTECT, related_name="files"
    )
    format = models.CharField("格式", max_length=5, choices=Format)
    file = models.FileField("文件", upload_to=folder, max_length=200)
    size = models.PositiveIntegerField("大小")
    digest = models.CharField("摘要", max_length=80)
    """``sha256:…`` of the bytes."""

    class Meta:
        verbose_name = "公布文件"
        verbose_name_plural = "公布文件"
        ordering = ("edition", "pk")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["edition", "format"], name="reports_one_file_a_format")
        ]

    def __str__(self) -> str:
        return f"{self.edition_id} {self.format}"


class Correction(models.Model):
    """What an edition changed against the one before: one place or one chapter, openly."""

    personal_data = False

    edition = models.ForeignKey(
        Edition, verbose_name="版本", on_delete=models.PROTECT, related_name="corrections"
    )
    place = models.CharField("位置", max_length=100, blank=True)
    heading = models.CharField("章节", max_length=40, blank=True)
    label = models.CharField("更正内容", max_length=200)
    before = models.TextField("原为", blank=True)
    after = models.TextField("改为", blank=True)
    reason = models.TextField("理由")
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name="经办", on_delete=models.PROTECT, related_name="+"
    )
    at = models.DateTimeField("时间", default=clock.now)

    class Meta:
        verbose_name = "更正"
        verbose_name_plural = "更正"
        ordering = ("edition", "pk")

    def __str__(self) -> str:
        return f"{self.label}：{self.before} → {self.after}"
