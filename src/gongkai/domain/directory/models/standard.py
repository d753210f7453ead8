"""The standard directory of the grass roots: its versions, its entries, and how each version lists them."""

from datetime import date
from typing import Any, ClassVar

from django.db import models
from django.db.models import Q

from gongkai.core.directories import TimeLimit, channels, fields
from gongkai.core.rulebook import national
from gongkai.domain.directory.kinds import limit_choices
from gongkai.foundation import clock


def field_choices() -> list[tuple[str, str]]:
    """Return the twenty-six fields for a form."""
    return [(key, field.title) for key, field in fields().items()]


class StandardDirectoryQuerySet(models.QuerySet["StandardDirectory"]):
    """Questions that can be asked of several versions at once."""

    def in_force(self, day: date | None = None) -> "StandardDirectoryQuerySet":
        """Keep the version of each organisation that is in force on *day*, today if left out."""
        day = day or clock.today()
        return self.filter(
            Q(effective_until=None) | Q(effective_until__gt=day), effective_from__lte=day
        )


class StandardDirectory(models.Model):
    """A version of an organisation's standard directory."""

    personal_data = False

    organisation = models.ForeignKey(
        "organisations.Organisation",
        verbose_name="机构",
        on_delete=models.PROTECT,
        related_name="standard_directories",
    )
    version = models.PositiveSmallIntegerField("版次")
    title = models.CharField("名称", max_length=200)
    effective_from = models.DateField("施行日期")
    effective_until = models.DateField("停用日期", null=True, blank=True)
    """The first day on which the next version takes its place."""
    source = models.CharField("来源文件", max_length=200, blank=True)
    made = models.DateTimeField("导入时间", default=clock.now, editable=False)

    objects = StandardDirectoryQuerySet.as_manager()

    class Meta:
        verbose_name = "标准目录"
        verbose_name_plural = "标准目录"
        ordering = ("organisation", "-version")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["organisation", "version"], name="one_of_a_version"),
            models.UniqueConstraint(
                fields=["organisation", "effective_from"], name="one_version_from_a_day"
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """Return its public address."""
        return f"/directories/{self.pk}/"


class Entry(models.Model):
    """A matter that is to be disclosed, the same through all versions of a directory."""

    personal_data = False

    organisation = models.ForeignKey(
        "organisations.Organisation",
        verbose_name="机构",
        on_delete=models.PROTECT,
        related_name="directory_entries",
    )
    field = models.CharField("领域", max_length=20, choices=field_choices)
    first = models.CharField("一级事项", max_length=200)
    second = models.CharField("二级事项", max_length=200, blank=True)
    third = models.CharField("三级事项", max_length=200, blank=True)
    content = models.TextField("公开内容（要素）")
    identity = models.CharField("同一性", max_length=64, editable=False)
    """Digest of field, matter and content, by which a new version finds its entries again."""

    class Meta:
        verbose_name = "标准目录事项"
        verbose_name_plural = "标准目录事项"
        ordering = ("organisation", "pk")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["organisation", "identity"], name="one_entry_of_its_kind"
            )
        ]

    def __str__(self) -> str:
        return " / ".join(text for text in (self.first, self.second, self.third) if text)


class Listing(models.Model):
    """An entry as one version of the directory lists it: by when, by whom, on what ground, where."""

    personal_data = False

    directory = models.ForeignKey(
        StandardDirectory,
        verbose_name="标准目录",
        on_delete=models.CASCADE,
        related_name="listings",
    )
    entry = models.ForeignKey(
        Entry, verbose_name="事项", on_delete=models.PROTECT, related_name="listings"
    )
    order = models.PositiveIntegerField("次序")
    number = models.CharField("序号", max_length=20, blank=True)
    basis = models.TextField("公开依据", blank=True)
    deadline = models.CharField("公开时限", max_length=200, blank=True)
    limit_kind = models.CharField("时限类型", max_length=10, blank=True, choices=limit_choices)
    """Empty where the phrase could not be read."""
    body = models.CharField("公开主体", max_length=500, blank=True)
    channels = models.JSONField("公开渠道和载体", default=list)
    other_channels = models.JSONField("其他渠道", default=list)
    everybody = models.BooleanField("全社会", default=True)
    group = models.CharField("特定群体", max_length=200, blank=True)
    on_request = models.BooleanField("依申请", default=False)
    city = models.BooleanField("市级", default=False)
    county = models.BooleanField("县级", default=False)
    township = models.BooleanField("乡级", default=False)
    extra = models.JSONField("其他列", default=dict)
    """Columns that some places add, by key."""

    class Meta:
        verbose_name = "标准目录条目"
        verbose_name_plural = "标准目录条目"
        ordering = ("directory", "order")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["directory", "entry"], name="an_entry_once_a_version")
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.entry}".strip()

    @property
    def limit(self) -> TimeLimit:
        """Return what the phrase of its deadline says."""
        return limit_of(self.deadline)

    @property
    def channel_titles(self) -> list[str]:
        """Return the channels as people call them."""
        known = channels()
        named = [known[key].title for key in self.channels if key in known and key != "other"]
        return [*named, *self.other_channels] + (
            [known["other"].title] if "other" in self.channels and not self.other_channels else []
        )

    @property
    def bound(self) -> list[str]:
        """Return the levels that it binds, in words."""
        return [
            str(field.verbose_name)
            for field in self._meta.concrete_fields
            if field.name in {"city", "county", "township"} and getattr(self, field.name)
        ]

    @property
    def audience(self) -> str:
        """Return to whom it is open."""
        if self.everybody:
            return "全社会"
        return f"特定群体（{self.group}）" if self.group else "特定群体"

    def facts(self) -> dict[str, Any]:
        """Return what the trail and a comparison of versions look at."""
        names = ("basis", "deadline", "body", "channels", "other_channels", "everybody", "group")
        return {name: getattr(self, name) for name in (*names, "on_request", "county", "township")}


def limit_of(text: str) -> TimeLimit:
    """Return what *text* says, read once a process: a directory has a thousand lines and ten phrases."""
    from gongkai.core.directories import read_phrase  # noqa: PLC0415  # beside its only use

    known: dict[str, TimeLimit] = national().once("phrases-read", dict)
    if text not in known:
        known[text] = read_phrase(text)
    return known[text]
