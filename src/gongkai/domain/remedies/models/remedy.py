"""What somebody set going against an answer, or against there being none."""

from datetime import date
from typing import ClassVar

from django.db import models
from django.db.models import Q

from gongkai.core import codes
from gongkai.foundation import clock
from gongkai.foundation.sealing import SealedCharField, SealedTextField
from gongkai.foundation.sealing.models import SealedModel


class Kind(models.TextChoices):
    """What was set going."""

    RECONSIDERATION = "reconsideration", "行政复议"
    LITIGATION = "litigation", "行政诉讼"
    COMPLAINT = "complaint", "举报投诉"


class RemedyQuerySet(models.QuerySet["Remedy"]):
    """Questions that can be asked of several remedies at once."""

    def pending(self, day: date | None = None) -> "RemedyQuerySet":
        """Keep those without a result on *day*, today if left out."""
        day = day or clock.today()
        return self.filter(Q(decided=None) | Q(decided__gt=day), filed__lte=day)


class Remedy(SealedModel):
    """A reconsideration, an instance of a law suit, or a complaint about an application."""

    personal_data = True

    application = models.ForeignKey(
        "applications.Application",
        verbose_name="公开申请",
        on_delete=models.PROTECT,
        related_name="remedies",
    )
    organisation = models.ForeignKey(
        "organisations.Organisation",
        verbose_name="被申请人、被告",
        on_delete=models.PROTECT,
        related_name="remedies",
    )
    """The agency of the application, kept here so that counting needs no join."""
    kind = models.CharField("种类", max_length=16, choices=Kind)
    against = models.ForeignKey(
        "applications.Fact",
        verbose_name="所针对的决定",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    """The decision; nothing where what is complained of is that there was none."""
    ground = models.CharField("所针对的处理结果", max_length=20)
    """Its outcome, or ``unanswered``: a key of ``law/codes/grounds.yaml``."""
    follows = models.ForeignKey(
        "self",
        verbose_name="前一程序",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="followed_by",
        db_index=False,  # a partial one: most follow nothing
    )
    """The reconsideration before a law suit, or the instance before an appeal."""
    instance = models.PositiveSmallIntegerField("审级", default=1)
    is_summary = models.BooleanField("简易程序", default=False)
    body = models.CharField("复议机关、法院或者受理机关", max_length=120)
    number = models.CharField("案号", max_length=80, blank=True)
    claimant = SealedCharField("申请人、原告", max_length=100, blank=True)
    """Where it is not the applicant: a third party."""
    claims = SealedTextField("请求和理由", blank=True)
    filed = models.DateField("受理、立案日期")
    notified = models.DateField("收到副本的日期", null=True, blank=True)
    defence_due = models.DateField("答复、答辩期限", null=True, blank=True)
    defended = models.DateField("提交答复、答辩的日期", null=True, blank=True)
    decision_due = models.DateField("审理期限", null=True, blank=True)
    decided = models.DateField("作出结果的日期", null=True, blank=True)
    outcome = models.CharField("结果", max_length=24, blank=True)
    """Key in ``law/codes/remedy-outcomes.yaml``; for complaints free."""
    result = SealedTextField("结果说明", blank=True)
    received = models.DateField("收到结果的日期", null=True, blank=True)
    appeal_due = models.DateField("上诉、起诉期限", null=True, blank=True)
    renewed = models.ForeignKey(
        "applications.Fact",
        verbose_name="重新办理",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    lessons = models.TextField("教训和改进", blank=True)
    reminded = models.DateField("提醒日期", null=True, blank=True, editable=False)
    """The last day on which somebody was told of its term."""
    created = models.DateTimeField("登记时间", default=clock.now, editable=False)

    objects = RemedyQuerySet.as_manager()

    class Meta:
        verbose_name = "复议、诉讼或者举报投诉"
        verbose_name_plural = "复议、诉讼和举报投诉"
        ordering = ("-filed", "-pk")
        indexes: ClassVar = [
            models.Index(fields=["organisation", "filed", "decided"], name="remedies_counted"),
            models.Index(
                fields=["organisation", "defence_due"],
                condition=Q(defended=None, decided=None),
                name="remedies_to_defend",
            ),
            models.Index(fields=["application", "id"], name="remedies_of_case"),
            models.Index(
                fields=["follows", "instance"],
                condition=Q(follows__isnull=False),
                name="remedies_followed",
            ),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(decided=None) | Q(decided__gte=models.F("filed")),
                name="remedies_decided_after_filed",
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.number}".strip()

    def get_absolute_url(self) -> str:
        """Return its page at the desk."""
        return f"/desk/remedies/{self.pk}/"

    @property
    def is_appealed(self) -> bool:
        """Tell whether an appeal was lodged: the judgment is not in force, the next instance says what is."""
        return any(after.instance > 1 for after in self.followed_by.all())

    @property
    def column(self) -> str:
        """Return the column of the statutory table that its result belongs to."""
        known = codes.remedy_outcomes().get(self.outcome)
        return known.column if known else "pending"

    @property
    def row(self) -> str:
        """Return the row of the statutory table: which way was gone."""
        if self.kind == Kind.RECONSIDERATION:
            return "recon"
        before = self.follows
        while before is not None and before.kind == Kind.LITIGATION:
            before = before.follows
        return "lit_after" if before is not None else "lit_direct"
