"""A published report that somebody brought, and what the machine read from it."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.urls import reverse

from gongkai.core.forms import Form, UnknownForm, form
from gongkai.foundation import clock


def place_of(reading: "Reading", name: str) -> str:
    """Return where the file is kept: never under the name that a stranger gave it."""
    _, dot, ending = name.rpartition(".")
    return f"readings/{reading.digest[:2]}/{reading.digest}{dot}{ending.lower()[:5]}"


class Reading(models.Model):
    """One document in the reading room of a unit."""

    personal_data = False

    class State(models.TextChoices):
        """How far it is."""

        WAITING = "waiting", "待读取"
        READ = "read", "已读取"
        UNREADABLE = "unreadable", "读不了"

    class Origin(models.TextChoices):
        """Where its figures come from."""

        FILE = "file", "上传的文件"
        FACTS = "facts", "图表数据"

    organisation = models.ForeignKey(
        "organisations.Organisation",
        verbose_name="所属单位",
        on_delete=models.PROTECT,
        related_name="readings",
    )
    """The unit in whose room it stands, not the one that published it."""
    origin = models.CharField("来路", max_length=10, choices=Origin, default=Origin.FILE)
    file = models.FileField("文件", upload_to=place_of, blank=True, max_length=200)
    name = models.CharField("文件名", max_length=255)
    size = models.PositiveBigIntegerField("大小", default=0)
    digest = models.CharField("文件摘要", max_length=64, db_index=True)
    source = models.CharField("出处", max_length=500, blank=True)
    """An address or a document number, in the uploader's words."""
    title = models.CharField("标题", max_length=300, blank=True)
    agency = models.CharField("机关", max_length=120, blank=True)
    year = models.PositiveSmallIntegerField("年度", null=True, blank=True)
    form = models.CharField("格式", max_length=40, blank=True)
    state = models.CharField("状态", max_length=12, choices=State, default=State.WAITING)
    error = models.TextField("原因", blank=True)
    figures = models.PositiveIntegerField("读出的数字", default=0)
    judged = models.PositiveIntegerField("核对的关系", default=0)
    agreed = models.PositiveIntegerField("相符的关系", default=0)
    errors = models.PositiveIntegerField("错误", default=0)
    warnings = models.PositiveIntegerField("疑点", default=0)
    notes = models.PositiveIntegerField("说明", default=0)
    """Findings of each level that nobody dismissed."""
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="上传人",
        null=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    uploaded_at = models.DateTimeField("上传时间", default=clock.now)
    read_at = models.DateTimeField("读取时间", null=True, blank=True)
    job = models.ForeignKey(
        "jobs.Job", verbose_name="任务", null=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        verbose_name = "公开年报"
        verbose_name_plural = "公开年报"
        ordering = ("-uploaded_at", "-pk")
        indexes: ClassVar = [
            models.Index(fields=["-uploaded_at", "-id"], name="readings_newest"),
            models.Index(fields=["year", "agency"], name="readings_year_agency"),
            models.Index(fields=["agency", "year"], name="readings_agency_year"),
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["organisation", "digest"], name="readings_once_in_a_unit"
            )
        ]

    def __str__(self) -> str:
        return self.title or self.name

    def get_absolute_url(self) -> str:
        """Return its page at the desk."""
        return reverse("readings:reading", args=[self.pk])

    @property
    def form_facts(self) -> Form | None:
        """Return the form its tables follow, if it has one that this version knows."""
        try:
            return form(self.form) if self.form else None
        except UnknownForm:
            return None

    @property
    def short_form(self) -> str:
        """Return the form in few words."""
        facts = self.form_facts
        return facts.short if facts else self.form

    @property
    def ending(self) -> str:
        """Return the kind of file, in capitals, for people."""
        return self.name.rpartition(".")[2].upper()[:5] if "." in self.name else ""

    @property
    def has_text(self) -> bool:
        """Tell whether the text itself is here, or only facts taken from it."""
        return self.origin == self.Origin.FILE

    @property
    def is_read(self) -> bool:
        """Tell whether there is something to see."""
        return self.state == self.State.READ

    @property
    def is_link(self) -> bool:
        """Tell whether the source can be followed."""
        return self.source.startswith(("https://", "http://"))


class Transcript(models.Model):
    """The text of a reading and the machine's reading of it: large, and never in a list."""

    personal_data = True
    """A published text may name people."""

    reading = models.OneToOneField(
        Reading, on_delete=models.CASCADE, primary_key=True, related_name="transcript"
    )
    text = models.TextField("文字", blank=True)
    machine = models.JSONField("机器读数", default=dict)
    """The contract ``gongkai.reading/1`` as the machine gave it; no person's hand is in it."""

    class Meta:
        verbose_name = "读数"
        verbose_name_plural = "读数"

    def __str__(self) -> str:
        return str(self.reading_id)
