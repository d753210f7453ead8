"""A batch, its lines, and where items came from."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.urls import reverse

from gongkai.foundation import clock


class Batch(models.Model):
    """One import: a source, how its columns are understood, and how far it is."""

    personal_data = True
    """It has who brought it; its source may name people."""

    class Source(models.TextChoices):
        """Where the lines come from."""

        SHEET = "sheet", "表格"
        WORDPRESS = "wordpress", "WordPress 导出文件"
        SITE = "site", "本单位网站"

    class State(models.TextChoices):
        """How far it is."""

        BEGUN = "begun", "待对应列"
        FETCHING = "fetching", "正在读取网站"
        CHECKING = "checking", "正在检查"
        CHECKED = "checked", "待确认"
        RUNNING = "running", "正在导入"
        DONE = "done", "已导入"

    class Mode(models.TextChoices):
        """What becomes of the lines."""

        DRAFTS = "drafts", "导入为草稿，逐条送审"
        REVIEWED = "reviewed", "已在别处审查过，补记审查后公开"

    organisation = models.ForeignKey(
        "organisations.Organisation",
        verbose_name="发布机构",
        on_delete=models.PROTECT,
        related_name="import_batches",
    )
    """For lines that name no other."""
    column = models.ForeignKey(
        "directory.Column",
        verbose_name="栏目",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    """Likewise."""
    source = models.CharField("来源", max_length=10, choices=Source, default=Source.SHEET)
    name = models.CharField("文件", max_length=200)
    address = models.CharField("网站", max_length=300, blank=True)
    content = models.CharField("内容存放处", max_length=200, blank=True)
    """Name in the storage."""
    archive = models.CharField("附件包存放处", max_length=200, blank=True)
    mapping = models.JSONField("列的对应", default=dict)
    """Key of a field to the number of a column, from 0."""
    headings = models.JSONField("表头", default=list)
    mode = models.CharField("导入方式", max_length=10, choices=Mode, default=Mode.DRAFTS)
    evidence = models.CharField("审查依据", max_length=300, blank=True)
    signers = models.JSONField("签署人", default=dict)
    """Importance to the keys of the users who signed, step by step."""
    take_alike = models.BooleanField("重复的也导入", default=False)
    state = models.CharField("状态", max_length=10, choices=State, default=State.BEGUN)
    job = models.ForeignKey(
        "jobs.Job", verbose_name="任务", null=True, on_delete=models.SET_NULL, related_name="+"
    )
    total = models.PositiveIntegerField("行数", default=0)
    begun_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name="经办人", on_delete=models.PROTECT, related_name="+"
    )
    begun_at = models.DateTimeField("上传时间", default=clock.now)

    class Meta:
        verbose_name = "批量导入"
        verbose_name_plural = "批量导入"
        ordering = ("-pk",)

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """Return its page at the desk."""
        return reverse("importing:batch", args=[self.pk])

    @property
    def is_busy(self) -> bool:
        """Tell whether a job works on it, or broke off in the middle."""
        return self.state in {self.State.FETCHING, self.State.CHECKING, self.State.RUNNING}

    @property
    def is_stuck(self) -> bool:
        """Tell whether the job that worked on it ended in the middle, before anything was imported."""
        looked_at = self.state in {self.State.FETCHING, self.State.CHECKING}
        return looked_at and not (self.job and self.job.is_active)


class Line(models.Model):
    """One line of a batch, and what was made of it."""

    personal_data = False

    class State(models.TextChoices):
        """What was made of it."""

        READY = "ready", "可以导入"
        ALIKE = "alike", "疑似重复"
        KNOWN = "known", "以前已导入"
        REFUSED = "refused", "有误"
        DONE = "done", "已导入"

    batch = models.ForeignKey(
        Batch, verbose_name="批次", on_delete=models.CASCADE, related_name="lines"
    )
    number = models.PositiveIntegerField("行号")
    """As the spreadsheet counts, the heading being 1."""
    key = models.CharField("来源键", max_length=64)
    title = models.CharField("标题", max_length=300, blank=True)
    state = models.CharField("结果", max_length=8, choices=State)
    problems = models.JSONField("问题", default=list)
    """Sentences: what is wrong, and what to do."""
    hints = models.JSONField("提示", default=list)
    """Sentences that hinder nothing."""
    importance = models.CharField("重要程度", max_length=12, blank=True)
    alike = models.ForeignKey(
        "information.Item",
        verbose_name="相似的信息",
        null=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    item = models.ForeignKey(
        "information.Item",
        verbose_name="导入的信息",
        null=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )

    class Meta:
        verbose_name = "导入的行"
        verbose_name_plural = "导入的行"
        ordering = ("batch", "number")
        indexes: ClassVar = [
            models.Index(fields=["batch", "state", "number"], name="importing_lines")
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["batch", "number"], name="importing_line_once")
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.title}"


class Provenance(models.Model):
    """Where an item came from; a source key is taken into an organisation once."""

    personal_data = False

    organisation = models.ForeignKey(
        "organisations.Organisation",
        verbose_name="机构",
        on_delete=models.PROTECT,
        related_name="+",
    )
    key = models.CharField("来源键", max_length=64)
    item = models.OneToOneField(
        "information.Item", verbose_name="信息", on_delete=models.CASCADE, related_name="provenance"
    )
    batch = models.ForeignKey(
        Batch, verbose_name="批次", null=True, on_delete=models.SET_NULL, related_name="+"
    )
    address = models.CharField("原网址", max_length=500, blank=True)

    class Meta:
        verbose_name = "来源"
        verbose_name_plural = "来源"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["organisation", "key"], name="importing_key_once")
        ]

    def __str__(self) -> str:
        return self.key


class Fingerprint(models.Model):
    """By what items that are nearly the same as another are found."""

    personal_data = False

    item = models.OneToOneField(
        "information.Item",
        verbose_name="信息",
        on_delete=models.CASCADE,
        primary_key=True,
        related_name="+",
    )
    organisation = models.ForeignKey(
        "organisations.Organisation",
        verbose_name="机构",
        on_delete=models.CASCADE,
        related_name="+",
    )
    title = models.BigIntegerField("标题指纹")
    band_1 = models.IntegerField(null=True)
    band_2 = models.IntegerField(null=True)
    band_3 = models.IntegerField(null=True)
    band_4 = models.IntegerField(null=True)
    band_5 = models.IntegerField(null=True)

    class Meta:
        verbose_name = "指纹"
        verbose_name_plural = "指纹"
        indexes: ClassVar = [
            models.Index(fields=["organisation", "title"], name="importing_title"),
            *(
                models.Index(
                    fields=["organisation", f"band_{n}"],
                    condition=models.Q(**{f"band_{n}__isnull": False}),
                    name=f"importing_band_{n}",
                )
                for n in (1, 2, 3, 4, 5)
            ),
        ]

    def __str__(self) -> str:
        return str(self.item_id)
