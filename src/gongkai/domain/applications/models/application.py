"""One application for disclosure."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from gongkai.core import codes
from gongkai.core.lifecycle import State, states
from gongkai.foundation import clock
from gongkai.foundation.sealing import FingerprintField, MarkField, SealedCharField
from gongkai.foundation.sealing.models import SealedFile, SealedModel


class Delivery(models.TextChoices):
    """How the applicant wants to have the information."""

    ONLINE = "online", "网上获取"
    EMAIL = "email", "电子邮件"
    POST = "post", "邮寄"
    IN_PERSON = "in-person", "当面领取"
    INSPECT = "inspect", "现场查阅、抄录"


class ApplicationQuerySet(models.QuerySet["Application"]):
    """Questions that can be asked of several applications at once."""

    def open(self) -> "ApplicationQuerySet":
        """Keep those in which the applicant is still owed something."""
        keys = [key for key, state in states().items() if state.open]
        return self.filter(state__in=keys)


class Application(SealedModel):
    """One request for information and everything that is known of it.

    What stands under "how it goes" is what follows from the facts; :mod:`..actions.settle` alone writes it.
    """

    personal_data = True

    number = models.CharField("受理编号", max_length=40, unique=True)
    code_mark = MarkField("查询码的标记")
    """Keyed hash of the secret code with which the applicant follows the case."""
    organisation = models.ForeignKey(
        "organisations.Organisation",
        verbose_name="受理机关",
        on_delete=models.PROTECT,
        related_name="applications",
    )
    channel = models.CharField("申请渠道", max_length=20)
    """Key in ``law/codes/channels.yaml``."""
    arrived = models.DateTimeField("送到时间", default=clock.now)

    kind = models.CharField("申请人类型", max_length=12)
    """Key in ``law/codes/applicants.yaml``: the column of the statutory table."""
    name = SealedCharField("姓名或者名称", max_length=100)
    contact = SealedCharField("联系人", max_length=60, blank=True)
    """For an organisation: who speaks for it."""
    document_kind = models.CharField("证件类型", max_length=20, blank=True)
    document_number = SealedCharField("证件号码", max_length=40, blank=True)
    document_mark = FingerprintField("证件号码的标记", of="document_number")
    identity = models.ForeignKey(
        SealedFile,
        verbose_name="身份证明",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    telephone = SealedCharField("联系电话", max_length=40, blank=True)
    telephone_mark = FingerprintField("联系电话的标记", of="telephone")
    email = SealedCharField("电子邮箱", max_length=120, blank=True)
    address = SealedCharField("通信地址", max_length=200, blank=True)
    postcode = SealedCharField("邮政编码", max_length=10, blank=True)
    erased_at = models.DateTimeField("个人信息删除时间", null=True, blank=True, editable=False)

    matter = models.TextField("申请公开的内容")
    """What is asked for, in the applicant's words."""
    delivery = models.CharField(
        "获取方式", max_length=10, choices=Delivery, default=Delivery.ONLINE
    )

    unit = models.ForeignKey(
        "organisations.Organisation",
        verbose_name="承办单位",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="handled_applications",
    )
    handler = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="经办人",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    account = models.ForeignKey(
        "citizens.Citizen",
        verbose_name="申请人账号",
        null=True,
        blank=True,
        editable=False,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    """In whose list it stands; a convenience of the applicant, nothing that the office goes by."""
    created = models.DateTimeField("登记时间", default=clock.now, editable=False)

    # -- how it goes ---------------------------------------------------------------------------------
    state = models.CharField("状态", max_length=16, editable=False)
    received = models.DateField("收到日期", null=True, editable=False)
    due = models.DateField("答复期限", null=True, editable=False)
    """Of the round that runs; nothing while the office waits for the applicant."""
    provisional = models.BooleanField("暂估", default=False, editable=False)
    round = models.PositiveSmallIntegerField("轮次", default=1, editable=False)
    decided = models.DateField("作出决定的日期", null=True, editable=False)
    """Of the first round, like all that follows: it is what the statutory tables count."""
    outcome = models.CharField("处理结果", max_length=20, blank=True, editable=False)
    """Key in ``law/codes/grounds.yaml``; ``partial`` where parts of it went different ways."""
    delivered = models.DateField("送达日期", null=True, editable=False)
    extended = models.BooleanField("延长过", default=False, editable=False)
    paused = models.PositiveSmallIntegerField("不计入的工作日", default=0, editable=False)
    in_time = models.BooleanField("按期", null=True, editable=False)

    objects = ApplicationQuerySet.as_manager()

    class Meta:
        verbose_name = "公开申请"
        verbose_name_plural = "公开申请"
        ordering = ("-pk",)
        indexes: ClassVar = [
            models.Index(fields=["organisation", "state", "due"], name="applications_desk"),
            models.Index(fields=["unit", "state", "due"], name="applications_unit"),
            models.Index(fields=["handler", "state", "due"], name="applications_handler"),
            # all that figures ask of an application, so that they need not read it
            models.Index(
                fields=[
                    "organisation",
                    "received",
                    "decided",
                    "kind",
                    "channel",
                    "outcome",
                    "extended",
                ],
                name="applications_counted",
            ),
            # the same, for a period and all units
            models.Index(
                fields=[
                    "decided",
                    "received",
                    "organisation",
                    "kind",
                    "outcome",
                    "channel",
                    "extended",
                ],
                name="applications_decided",
            ),
            models.Index(
                fields=["document_mark"],
                condition=~Q(document_mark=""),
                name="applications_person",
            ),
            models.Index(
                fields=["telephone_mark"],
                condition=~Q(telephone_mark=""),
                name="applications_phone",
            ),
        ]

    def __str__(self) -> str:
        return self.number

    def get_absolute_url(self) -> str:
        """Return its page at the desk."""
        return f"/desk/applications/{self.pk}/"

    @property
    def state_facts(self) -> State:
        """Return what the data say about its state."""
        return states()[self.state]

    @property
    def kind_title(self) -> str:
        """Return what kind of applicant it is."""
        return codes.applicants()[self.kind].label

    @property
    def is_open(self) -> bool:
        """Tell whether the applicant is still owed something."""
        return self.state_facts.open
