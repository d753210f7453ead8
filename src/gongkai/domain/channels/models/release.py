"""An item in an outlet."""

from datetime import date
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse

from gongkai.core.codes import Outlet, outlets
from gongkai.foundation import clock

WEBSITE = "website"
GAZETTE = "gazette"
BOARD = "board"
EVIDENCE = {"link": "链接", "photo": "照片或截图", "page": "版次、页码", "note": "情况说明"}
"""What may show that something was released, as people call it."""


class State(models.TextChoices):
    """How far a release has come."""

    PLANNED = "planned", "待发布"
    DONE = "done", "已发布"
    GIVEN_UP = "given-up", "不发布"
    TAKE_DOWN = "take-down", "待撤下"
    TAKEN_DOWN = "taken-down", "已撤下"


OPEN = (State.PLANNED, State.TAKE_DOWN)
"""States in which somebody has something to do."""


def outlet_choices() -> list[tuple[str, str]]:
    """Return the outlets for a form."""
    return [(key, outlet.label) for key, outlet in outlets().items()]


class ReleaseQuerySet(models.QuerySet["Release"]):
    """Questions that can be asked of several releases at once."""

    def open(self) -> "ReleaseQuerySet":
        """Keep those with something to do."""
        return self.filter(state__in=OPEN)

    def out(self) -> "ReleaseQuerySet":
        """Keep those that were out once, whatever became of them."""
        return self.exclude(outlet=WEBSITE).filter(on__isnull=False)

    def not_on_site(self) -> "ReleaseQuerySet":
        """Keep the notes that an item was made public in no way but another outlet."""
        return self.filter(outlet=WEBSITE)

    def overdue(self, day: date | None = None) -> "ReleaseQuerySet":
        """Keep those with something to do that is late."""
        return self.open().filter(due__lt=day or clock.today())


class Release(models.Model):
    """One item in one outlet: planned, done, given up, to be taken down, taken down.

    Of the website there is a row only where publication there shall not count (:attr:`State.GIVEN_UP`).
    """

    personal_data = False

    item = models.ForeignKey(
        "information.Item", verbose_name="信息", on_delete=models.CASCADE, related_name="releases"
    )
    outlet = models.CharField("公开渠道", max_length=16, choices=outlet_choices)
    organisation = models.ForeignKey(
        "organisations.Organisation",
        verbose_name="发布机构",
        on_delete=models.PROTECT,
        related_name="releases",
    )
    """Of the item, whose figure it is; an item never changes it."""
    responsible = models.ForeignKey(
        "organisations.Organisation",
        verbose_name="责任单位",
        on_delete=models.PROTECT,
        related_name="releases_to_do",
    )
    state = models.CharField("状态", max_length=12, choices=State, default=State.PLANNED)
    due = models.DateField("办理期限", null=True, blank=True)
    text = models.TextField("文稿", blank=True)
    """As somebody wrote it; while empty the proposal stands."""
    on = models.DateField("发布日期", null=True, blank=True)
    """Since when it is or was out; the first time, as the day of publication of an item. Of the website, that day."""
    link = models.URLField("链接", max_length=500, blank=True)
    photo = models.ForeignKey(
        "attachments.StoredFile",
        verbose_name="照片或截图",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    page = models.CharField("版次、页码", max_length=60, blank=True)
    note = models.TextField("情况说明", blank=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="登记人",
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    at = models.DateTimeField("登记时间", default=clock.now)

    objects = ReleaseQuerySet.as_manager()

    class Meta:
        verbose_name = "渠道发布"
        verbose_name_plural = "渠道发布"
        ordering = ("due", "pk")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["item", "outlet"], name="channels_once_an_outlet"),
            models.CheckConstraint(
                condition=Q(state__in=("planned", "given-up")) | Q(on__isnull=False),
                name="channels_out_has_a_day",
            ),
            models.CheckConstraint(
                condition=~Q(outlet="website") | Q(state="given-up"),
                name="channels_website_is_publication",
            ),
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["outlet", "organisation", "on", "item"],
                condition=Q(on__isnull=False),
                name="channels_counted",
            ),
            models.Index(
                fields=["responsible", "due"],
                condition=Q(state__in=("planned", "take-down")),
                name="channels_to_do",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_outlet_display()} {self.get_state_display()}"

    def get_absolute_url(self) -> str:
        """Return its page at the desk."""
        return reverse("channels:release", args=[self.pk])

    @property
    def facts(self) -> Outlet:
        """Return what the law data say of the outlet."""
        return outlets()[self.outlet]

    @property
    def is_open(self) -> bool:
        """Tell whether there is something to do."""
        return self.state in OPEN

    @property
    def is_late(self) -> bool:
        """Tell whether what is to do is late."""
        return self.is_open and self.due is not None and self.due < clock.today()
