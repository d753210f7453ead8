"""Who signs, in what order: a Wagtail workflow of an organisation and an importance."""

from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from wagtail.models import Task, TaskState, Workflow

from gongkai.domain.organisations.models import Organisation
from gongkai.domain.review.models.importance import Importance
from gongkai.foundation.permissions import Reader


class ChainQuerySet(models.QuerySet["Chain"]):
    """Questions that can be asked of several chains at once."""

    def active(self) -> "ChainQuerySet":
        """Keep those in use."""
        return self.filter(active=True)

    def over(self, organisation: Organisation) -> "ChainQuerySet":
        """Keep those of *organisation* and of all above it, the nearest first."""
        paths = [*organisation.ancestor_paths, str(organisation.path)]
        return (
            self.active()
            .filter(organisation__path__in=paths)
            .select_related("organisation", "workflow")
            .order_by("-organisation__depth")
        )


class Chain(models.Model):
    """The steps that an item of one importance goes through in an organisation and all below it.

    A chain is never changed once something was reviewed by it: a new one takes its place.
    """

    personal_data = False

    organisation = models.ForeignKey(
        Organisation, verbose_name="机构", on_delete=models.PROTECT, related_name="chains"
    )
    importance = models.CharField("重要程度", max_length=12, choices=Importance)
    workflow = models.OneToOneField(
        Workflow, verbose_name="流程", on_delete=models.PROTECT, related_name="chain"
    )
    steps_count = models.PositiveSmallIntegerField("环节数")
    active = models.BooleanField("启用", default=True)
    since = models.DateTimeField("启用时间", auto_now_add=True)

    objects = ChainQuerySet.as_manager()

    class Meta:
        verbose_name = "审批流程"
        verbose_name_plural = "审批流程"
        ordering = ("organisation__path", "importance", "-pk")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["organisation", "importance"],
                condition=Q(active=True),
                name="review_one_active_chain",
            ),
            models.CheckConstraint(condition=Q(steps_count__gte=1), name="review_chain_has_a_step"),
        ]

    def __str__(self) -> str:
        return f"{self.organisation} · {self.get_importance_display()}"

    @property
    def steps(self) -> "list[SigningTask]":
        """Return its steps in order."""
        tasks = SigningTask.objects.filter(workflow_tasks__workflow=self.workflow_id)
        return list(
            tasks.select_related("organisation")
            .prefetch_related("signers", "deputies")
            .order_by("workflow_tasks__sort_order")
        )


class SigningTask(Task):
    """One step of a chain: a post that signs, with those who may stand in.

    With ``signers`` named, only they and the deputies sign. Without, everybody who holds ``role`` in
    ``organisation`` does; where that is left out, in the organisation that publishes.
    """

    personal_data = True

    role = models.CharField("角色", max_length=20)
    organisation = models.ForeignKey(
        Organisation,
        verbose_name="所在机构",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    due_days = models.PositiveSmallIntegerField("办理时限（工作日）", null=True, blank=True)
    signers = models.ManyToManyField(
        settings.AUTH_USER_MODEL, verbose_name="指定人员", blank=True, related_name="+"
    )
    deputies = models.ManyToManyField(
        settings.AUTH_USER_MODEL, verbose_name="代签人员", blank=True, related_name="+"
    )

    class Meta:
        verbose_name = "签署环节"
        verbose_name_plural = "签署环节"

    def place_of(self, publisher: Organisation) -> Organisation:
        """Return the organisation in which the post is, for an item of *publisher*."""
        return self.organisation or publisher

    def may_sign(self, reader: Reader, publisher: Organisation) -> bool:
        """Tell whether *reader* holds the post or stands in for it."""
        user = reader.user
        if user is None:
            return False
        named = {person.pk for person in self.signers.all()}
        if user.pk in named or self.is_deputy(reader):
            return True
        if named:
            return False
        place = self.place_of(publisher).pk
        return any(s.role == self.role and s.unit == place for s in reader.standings)

    def is_deputy(self, reader: Reader) -> bool:
        """Tell whether *reader* signs in somebody's stead."""
        return reader.user is not None and reader.user.pk in {p.pk for p in self.deputies.all()}

    # -- what Wagtail asks -------------------------------------------------------------------------

    def locked_for_user(self, obj: models.Model, user: Any) -> bool:  # noqa: ARG002  # Wagtail's signature
        """Nobody changes what is being reviewed."""
        return True

    def get_actions(self, obj: Any, user: Any) -> list[tuple[str, str, bool]]:
        """Return what *user* may do at this step."""
        if self.may_sign(Reader.of(user), obj.organisation):
            return [("reject", "退回", True), ("approve", "同意", False)]
        return []

    def get_task_states_user_can_moderate(self, user: Any, **kwargs: Any) -> Any:  # noqa: ARG002  # Wagtail's signature
        """Return the states that wait at this step; the desk asks ``queries.waiting_for`` instead."""
        return TaskState.objects.filter(task=self, status=TaskState.STATUS_IN_PROGRESS)

    @classmethod
    def get_description(cls) -> str:
        """Return what the step is."""
        return "由指定岗位的人员审查并签署"
