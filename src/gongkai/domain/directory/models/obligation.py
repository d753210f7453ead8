"""What a unit owes the public by when, and the items that fulfil it."""

from datetime import date
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Case, F, Q, Value, When

from gongkai.core.reminders import reminder
from gongkai.domain.directory.kinds import limit_choices
from gongkai.domain.directory.models.standard import field_choices
from gongkai.domain.organisations.kinds import level_choices
from gongkai.foundation import clock


class State(models.TextChoices):
    """How an obligation stands on a day."""

    OVERDUE = "overdue", "逾期未公开"
    SOON = "soon", "即将到期"
    OPEN = "open", "待公开"
    LATE = "late", "逾期公开"
    DONE = "done", "按时公开"
    WAIVED = "waived", "免除"


class Assignment(models.Model):
    """Who owes an entry, and the column in which it is to stand."""

    personal_data = False

    entry = models.ForeignKey(
        "directory.Entry", verbose_name="事项", on_delete=models.CASCADE, related_name="assignments"
    )
    unit = models.ForeignKey(
        "organisations.Organisation",
        verbose_name="责任单位",
        on_delete=models.PROTECT,
        related_name="assignments",
    )
    column = models.ForeignKey(
        "directory.Column",
        verbose_name="公开栏目",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    by_hand = models.BooleanField("人工指定", default=False)

    class Meta:
        verbose_name = "公开责任"
        verbose_name_plural = "公开责任"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["entry", "unit"], name="a_unit_owes_an_entry_once")
        ]

    def __str__(self) -> str:
        return f"{self.entry} — {self.unit}"


class ObligationQuerySet(models.QuerySet["Obligation"]):
    """Questions that can be asked of several obligations at once."""

    def standing(self, day: date | None = None) -> "ObligationQuerySet":
        """Tell of each how it stands on *day* (``state``), today if left out."""
        day = day or clock.today()
        return self.annotate(state=Case(*_cases(day), default=Value(State.OPEN.value)))

    def in_state(self, state: str, day: date | None = None) -> "ObligationQuerySet":
        """Keep those that stand so on *day*."""
        return self.filter(condition(state, day or clock.today()))

    def owed(self) -> "ObligationQuerySet":
        """Keep those that are neither fulfilled nor waived."""
        return self.filter(done=None, waived=False)

    def due_between(self, first: date, last: date) -> "ObligationQuerySet":
        """Keep those due from *first* to *last*."""
        return self.filter(due__range=(first, last))


def _cases(day: date) -> list[When]:
    return [
        When(condition(state, day), then=Value(state.value))
        for state in State
        if state != State.OPEN
    ]


def condition(state: str, day: date) -> Q:
    """Return what is true of the obligations that stand so on *day*; no two of them overlap."""
    owed = Q(waived=False, done=None)
    soon = day + reminder("obligation-due").span
    conditions = {
        State.WAIVED: Q(waived=True),
        State.LATE: Q(waived=False, done__gt=F("due")),
        State.DONE: Q(waived=False, done__isnull=False) & (Q(due=None) | Q(done__lte=F("due"))),
        State.OVERDUE: owed & Q(due__lt=day),
        State.SOON: owed & Q(due__gte=day, due__lte=soon),
        State.OPEN: owed & (Q(due=None) | Q(due__gt=soon)),
    }
    return conditions[State(state)]


class Obligation(models.Model):
    """An entry that a unit owes for a period, with the day by which it is due."""

    personal_data = False

    entry = models.ForeignKey(
        "directory.Entry", verbose_name="事项", on_delete=models.PROTECT, related_name="obligations"
    )
    listing = models.ForeignKey(
        "directory.Listing",
        verbose_name="依据的目录条目",
        on_delete=models.PROTECT,
        related_name="+",
    )
    """The version under which it arose; a later one does not rewrite it."""
    unit = models.ForeignKey(
        "organisations.Organisation",
        verbose_name="责任单位",
        on_delete=models.PROTECT,
        related_name="obligations",
    )
    column = models.ForeignKey(
        "directory.Column",
        verbose_name="公开栏目",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    field = models.CharField("领域", max_length=20, choices=field_choices)
    level = models.CharField("层级", max_length=20, choices=level_choices)
    kind = models.CharField("时限类型", max_length=10, blank=True, choices=limit_choices)
    year = models.PositiveSmallIntegerField("年度")
    period = models.CharField("期次", max_length=16)
    """``2026``, ``2026-H1``, ``2026-Q3``, ``2026-05``, or the day on which something came into being."""
    occasion = models.CharField("事由", max_length=200, blank=True)
    """What came into being, where the obligation arose from an event."""
    formed = models.DateField("形成日期", null=True, blank=True)
    due = models.DateField("应公开日期", null=True, blank=True)
    """Nothing where the directory sets no day."""
    provisional = models.BooleanField("暂估", default=False)
    done = models.DateField("公开日期", null=True, blank=True)
    """When the first item that was confirmed to fulfil it became public."""
    waived = models.BooleanField("免除", default=False)
    waiver = models.TextField("免除理由", blank=True)

    objects = ObligationQuerySet.as_manager()

    class Meta:
        verbose_name = "公开义务"
        verbose_name_plural = "公开义务"
        ordering = ("due", "pk")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["unit", "entry", "period"], name="one_obligation_a_period"
            )
        ]
        indexes: ClassVar = [
            models.Index(fields=["unit", "year", "due"], name="directory_of_unit"),
            models.Index(
                fields=["due", "unit"],
                condition=Q(done=None, waived=False),
                name="directory_owed",
            ),
            # holds all that the matrix of coverage asks, so that the rows themselves are not read
            models.Index(
                fields=["year", "unit", "level", "field", "waived", "done", "due"],
                name="directory_coverage",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.entry}（{self.period_title}）"

    def state_on(self, day: date) -> State:
        """Return how it stands on *day*."""
        if self.waived:
            return State.WAIVED
        if self.done:
            return State.LATE if self.due and self.done > self.due else State.DONE
        if self.due and self.due < day:
            return State.OVERDUE
        soon = day + reminder("obligation-due").span
        return State.SOON if self.due and self.due <= soon else State.OPEN

    @property
    def period_title(self) -> str:
        """Return the period as people say it."""
        from gongkai.domain.directory.periods import title_of  # noqa: PLC0415  # it needs no models

        return title_of(self.period)


class Fulfilment(models.Model):
    """An information item that fulfils an obligation: proposed by the machine, confirmed by a person."""

    class Status(models.TextChoices):
        """What was decided."""

        PROPOSED = "proposed", "待确认"
        CONFIRMED = "confirmed", "已确认"
        DECLINED = "declined", "不是"

    personal_data = False

    obligation = models.ForeignKey(
        Obligation, verbose_name="公开义务", on_delete=models.CASCADE, related_name="fulfilments"
    )
    item = models.ForeignKey(
        "information.Item",
        verbose_name="信息",
        on_delete=models.CASCADE,
        related_name="fulfilments",
    )
    status = models.CharField("状态", max_length=10, choices=Status, default=Status.PROPOSED)
    score = models.PositiveSmallIntegerField("相符程度", default=0)
    """0 to 100, as ``core.directories.matching`` works it out."""
    reasons = models.CharField("理由", max_length=200, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="确认人",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    decided = models.DateTimeField("确认时间", null=True, blank=True)

    class Meta:
        verbose_name = "履行记录"
        verbose_name_plural = "履行记录"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["obligation", "item"], name="an_item_fulfils_once")
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["obligation"],
                condition=Q(status="proposed"),
                name="directory_proposed",
            )
        ]

    def __str__(self) -> str:
        return f"{self.item} → {self.obligation}"


class CalendarKey(models.Model):
    """The secret with which a unit's calendar of what is due is fetched by a calendar program."""

    personal_data = False

    unit = models.OneToOneField(
        "organisations.Organisation",
        verbose_name="单位",
        on_delete=models.CASCADE,
        related_name="calendar_key",
    )
    secret = models.CharField("密钥", max_length=64, unique=True)
    made = models.DateTimeField("生成时间", default=clock.now)

    class Meta:
        verbose_name = "日历订阅密钥"
        verbose_name_plural = "日历订阅密钥"

    def __str__(self) -> str:
        return f"{self.unit}的日历订阅密钥"
