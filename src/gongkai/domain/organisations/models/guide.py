"""What the public is told about how to reach an organisation (第十二条)."""

from django.db import models


class Guide(models.Model):
    """The facts of the disclosure guide of one organisation."""

    personal_data = False

    organisation = models.OneToOneField(
        "organisations.Organisation",
        verbose_name="机构",
        on_delete=models.CASCADE,
        related_name="guide",
    )
    office = models.CharField("政府信息公开工作机构", max_length=120, blank=True)
    address = models.CharField("办公地址", max_length=200, blank=True)
    hours = models.CharField("办公时间", max_length=200, blank=True)
    telephone = models.CharField("联系电话", max_length=60, blank=True)
    fax = models.CharField("传真号码", max_length=60, blank=True)
    postcode = models.CharField("邮政编码", max_length=6, blank=True)
    website = models.URLField("网址", blank=True)
    email = models.EmailField("电子邮箱", blank=True)
    """Of the office, not of a person."""
    classification = models.TextField("信息的分类和编排体系", blank=True)
    access = models.TextField("获取方式", blank=True)
    updated = models.DateTimeField("更新时间", auto_now=True)

    class Meta:
        verbose_name = "公开指南要素"
        verbose_name_plural = "公开指南要素"

    def __str__(self) -> str:
        return f"{self.organisation}公开指南要素"
