"""An information item."""

from datetime import date
from typing import TYPE_CHECKING, Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from modelcluster.models import ClusterableModel
from wagtail.models import (
    DraftStateMixin,
    LockableMixin,
    PreviewableMixin,
    RevisionMixin,
    WorkflowMixin,
)

from gongkai.core import chain
from gongkai.domain.information import pictures
from gongkai.domain.information.models.link import Link
from gongkai.domain.review.models import Importance
from gongkai.foundation import clock

if TYPE_CHECKING:
    from collections.abc import Iterable

    from gongkai.domain.information.models.item_file import ItemFile

PER_FOLDER = 1000
"""Items whose pages lie in one folder; a folder with a million entries is slow to look through."""


class Status(models.TextChoices):
    """How far an item has come."""

    DRAFT = "draft", "起草中"
    REVIEW = "review", "审查中"
    RETURNED = "returned", "已退回"
    SCHEDULED = "scheduled", "待公开"
    PUBLIC = "public", "已公开"
    KEPT = "kept", "不主动公开"
    WITHDRAWN = "withdrawn", "已撤回"
    EXPIRED = "expired", "已下线"


class Publicity(models.TextChoices):
    """公开属性: to whom an item is open."""

    OPEN = "open", "主动公开"
    ON_REQUEST = "on-request", "依申请公开"
    CLOSED = "closed", "不予公开"


class Kind(models.TextChoices):
    """Which legal regime a document has of its own."""

    OTHER = "", "一般信息"
    RULE = "rule", "规章"
    NORMATIVE = "normative", "行政规范性文件"


class Validity(models.TextChoices):
    """有效性 of a document on a day."""

    PENDING = "pending", "尚未生效"
    VALID = "valid", "现行有效"
    AMENDED = "amended", "已修改"
    EXPIRED = "expired", "失效"
    REPEALED = "repealed", "废止"

    @classmethod
    def on(
        cls,
        day: date,
        *,
        effective: date | None,
        expires: date | None,
        repealed: date | None,
        is_amended: bool,
    ) -> "Validity":
        """Return whether a document with these dates is in force on *day*."""
        if repealed and repealed <= day:
            return cls.REPEALED
        if expires and expires <= day:
            return cls.EXPIRED
        if effective and effective > day:
            return cls.PENDING
        return cls.AMENDED if is_amended else cls.VALID


class ItemQuerySet(models.QuerySet["Item"]):
    """Questions that can be asked of several items at once."""

    def public(self) -> "ItemQuerySet":
        """Keep what everybody may see now. Nothing else is ever shown outside the desk.

        It has a day, as the table demands; said, so that an index of days serves the newest.
        """
        return self.filter(live=True, published_on__isnull=False)

    def ranges(self, size: int) -> list[int]:
        """Return the numbers of the ranges of *size* keys in which there is an item, in order."""
        numbers = self.order_by().annotate(number=F("pk") / size)
        return sorted(numbers.values_list("number", flat=True).distinct())

    def documents(self) -> "ItemQuerySet":
        """Keep rules and normative documents; said twice, since an index of them serves one and is found by the other."""
        return self.exclude(kind="").filter(kind__in=(Kind.RULE, Kind.NORMATIVE))

    def valid_on(self, day: date) -> "ItemQuerySet":
        """Keep the documents that were in force at the end of *day*: made, begun, not over, not repealed."""
        return self.documents().filter(Item.in_force(day))

    def with_amended(self, day: date | None = None) -> "ItemQuerySet":
        """Tell of each whether another one amends it on *day*, today if left out (``is_amended``)."""
        amending = Link.objects.amending(day or clock.today()).filter(target=OuterRef("pk"))
        return self.annotate(is_amended=Exists(amending))


class Item(
    WorkflowMixin,
    DraftStateMixin,
    LockableMixin,
    RevisionMixin,
    PreviewableMixin,
    ClusterableModel,
):
    """One piece of government information. While ``live``, its row is what the public sees."""

    personal_data = False
    wagtail_reference_index_ignore = True

    CONTENT: ClassVar[tuple[str, ...]] = (
        "organisation_id",
        "title",
        "body",
        "summary",
        "document_number",
        "made_on",
        "publicity",
        "ground",
        "ground_note",
        "kind",
        "registration_number",
        "effective_on",
        "expires_on",
        "source",
        "editor",
    )
    """What is signed: a change of any of it needs a review. Triggers name the same columns."""

    organisation = models.ForeignKey(
        "organisations.Organisation",
        verbose_name="发布机构",
        on_delete=models.PROTECT,
        related_name="items",
    )
    column = models.ForeignKey(
        "directory.Column",
        verbose_name="栏目",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="items",
    )
    index_number = models.CharField("索引号", max_length=80, unique=True, null=True, blank=True)
    title = models.CharField("标题", max_length=300)
    body = models.TextField("正文", blank=True)
    """Clean HTML of ``core/cleaning``."""
    summary = models.TextField("内容概述", blank=True)
    keywords = models.CharField("关键词", max_length=200, blank=True)
    """Separated by spaces."""
    topic = models.CharField("主题分类", max_length=40, blank=True)
    """Key in ``law/codes/topics.yaml``: of a class, ``t02``, or of a part of it, ``t02-01``."""
    genre = models.CharField("体裁", max_length=20, blank=True)
    """Key in ``law/codes/genres.yaml``."""
    document_number = models.CharField("文号", max_length=100, blank=True)
    made_on = models.DateField("成文日期", null=True, blank=True)
    published_on = models.DateField("公开日期", null=True, blank=True)
    """When it was first made public; nothing for what never was. It stays after a withdrawal."""
    publicity = models.CharField(
        "公开属性", max_length=10, choices=Publicity, default=Publicity.OPEN
    )
    ground = models.CharField("不公开的依据", max_length=20, blank=True)
    """Key in ``law/codes/exemptions.yaml``."""
    ground_note = models.TextField("不公开的理由", blank=True)
    source = models.CharField("信息来源", max_length=120, blank=True)
    editor = models.CharField("责任编辑", max_length=60, blank=True)
    importance = models.CharField(
        "重要程度", max_length=12, choices=Importance, default=Importance.GENERAL
    )
    kind = models.CharField("文件性质", max_length=10, choices=Kind, blank=True, default=Kind.OTHER)
    registration_number = models.CharField(
        "统一登记号", max_length=80, unique=True, null=True, blank=True
    )
    effective_on = models.DateField("生效日期", null=True, blank=True)
    expires_on = models.DateField("失效日期", null=True, blank=True)
    """The first day on which the document is no longer in force; it stays public, marked so."""
    repealed_on = models.DateField("废止日期", null=True, blank=True)
    """Set by the link of whatever repeals it."""
    formed_on = models.DateField("形成日期", null=True, blank=True)
    """When the information came into being, from which the twenty working days are counted."""

    status = models.CharField("状态", max_length=10, choices=Status, default=Status.DRAFT)
    live = models.BooleanField("已公开", default=False, editable=False)
    digest = models.CharField("内容摘要", max_length=80, blank=True, editable=False)
    review = models.ForeignKey(
        "review.Review",
        verbose_name="审查",
        null=True,
        blank=True,
        editable=False,
        on_delete=models.PROTECT,
        related_name="+",
    )
    withdrawn_at = models.DateTimeField("撤回时间", null=True, blank=True, editable=False)
    assess_on = models.DateField("下次评估日期", null=True, blank=True)
    """Article 18: what was withheld is looked at again."""
    declassify_on = models.DateField("解密日期", null=True, blank=True)
    """The day on which a state secret ceases to be one; whoever keeps it is reminded before."""
    correction = models.TextField("更正说明", blank=True, editable=False)
    """What the public will be told when the change under review is published."""
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="信息员",
        editable=False,
        on_delete=models.PROTECT,
        related_name="+",
    )
    created = models.DateTimeField("起草时间", default=clock.now, editable=False)
    touched = models.DateTimeField("最近修改", default=clock.now, editable=False)

    objects = ItemQuerySet.as_manager()

    class Meta:
        verbose_name = "政府信息"
        verbose_name_plural = "政府信息"
        ordering = ("-pk",)
        indexes: ClassVar = [
            models.Index(fields=["organisation", "status", "-id"], name="information_desk"),
            models.Index(
                fields=["column", "published_on", "id"],
                condition=Q(live=True),
                name="information_column",
            ),
            models.Index(
                fields=["organisation", "published_on", "id"],
                condition=Q(live=True),
                name="information_public",
            ),
            # also what is not public any more: the desk lists a year with it
            models.Index(
                fields=["published_on", "id"],
                condition=Q(published_on__isnull=False),
                name="information_newest",
            ),
            # all that is ever counted by, so that counting never reads a row
            models.Index(
                fields=["organisation", "published_on", "column", "kind", "topic", "genre"],
                condition=Q(published_on__isnull=False),
                name="information_counted",
            ),
            # all that documents are listed and counted by: there are few, and none is read for it
            models.Index(
                fields=[
                    "kind",
                    "organisation",
                    "published_on",
                    "made_on",
                    "effective_on",
                    "expires_on",
                    "repealed_on",
                    "withdrawn_at",
                    "expire_at",
                    "expired",
                    "live",
                    "status",
                    "digest",
                    "id",
                ],
                condition=~Q(kind=""),
                name="information_register",
            ),
            models.Index(
                fields=["document_number"],
                condition=~Q(document_number=""),
                name="information_number",
            ),
            models.Index(
                fields=["go_live_at"], condition=Q(status="scheduled"), name="information_due"
            ),
            models.Index(fields=["expire_at"], condition=Q(live=True), name="information_ends"),
            models.Index(
                fields=["assess_on"], condition=Q(status="kept"), name="information_assess"
            ),
            models.Index(
                fields=["declassify_on"], condition=Q(status="kept"), name="information_declassify"
            ),
            # lists at the desk: what is not public, by stage; titles without the texts beside them
            models.Index(
                fields=["status", "-id"], condition=Q(live=False), name="information_stages"
            ),
            models.Index(fields=["-id", "organisation", "title"], name="information_titles"),
            models.Index(fields=["topic", "-id"], name="information_topic"),
            models.Index(fields=["genre", "-id"], name="information_genre"),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(live=False)
                | Q(
                    status="public",
                    publicity="open",
                    index_number__isnull=False,
                    published_on__isnull=False,
                    column__isnull=False,
                    withdrawn_at__isnull=True,
                ),
                name="information_live_is_open",
            ),
            models.CheckConstraint(
                condition=~Q(status="public") | Q(live=True), name="information_public_is_live"
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """Return its page at the desk."""
        return f"/desk/information/{self.pk}/"

    @property
    def address(self) -> str:
        """Return its public address."""
        return f"/items/{self.pk // PER_FOLDER}/{self.pk}/"

    @property
    def folder(self) -> str:
        """Return the public folder of its files."""
        return f"{self.address}files/"

    @property
    def public_body(self) -> str:
        """Return the text with its pictures where the public gets them."""
        return pictures.placed(self.body, self.folder)

    def content(self) -> dict[str, Any]:
        """Return what is signed, with the digests of its files in their order."""
        return self._content_with(self.files.all())

    def content_digest(self) -> str:
        """Return the digest of what is signed."""
        return chain.digest(self.content())

    def content_digest_with(self, files: "Iterable[ItemFile]") -> str:
        """Return the digest with *files*, which the caller has at hand."""
        return chain.digest(self._content_with(files))

    def _content_with(self, files: "Iterable[ItemFile]") -> dict[str, Any]:
        told: dict[str, Any] = {}
        for name in self.CONTENT:
            value = getattr(self, name)
            told[name] = value.isoformat() if isinstance(value, date) else value
        ordered = sorted(files, key=lambda file: (file.sort_order or 0, file.pk or 0))
        told["files"] = [[file.title, file.digest] for file in ordered]
        return told

    @staticmethod
    def in_force(day: date) -> Q:
        """Return the condition that a document is in force at the end of *day*."""
        begun = (
            Q(effective_on__lte=day)
            | Q(effective_on=None, made_on__lte=day)
            | Q(effective_on=None, made_on=None, published_on__lte=day)
        )
        over = Q(expires_on__lte=day) | Q(repealed_on__lte=day)
        return begun & ~over

    def validity(self, day: date | None = None) -> Validity | None:
        """Return whether the document is in force on *day*, today if left out; ``None`` for other items.

        Whether it was amended is asked of ``is_amended`` where the query told it, of the links otherwise.
        """
        if self.kind == Kind.OTHER:
            return None
        day = day or clock.today()
        amended = getattr(self, "is_amended", None)
        if amended is None:
            amended = self.linked_from.amending(day).exists()
        return Validity.on(
            day,
            effective=self.effective_on,
            expires=self.expires_on,
            repealed=self.repealed_on,
            is_amended=amended,
        )

    # -- what Wagtail asks -------------------------------------------------------------------------

    def with_content_json(self, content: Any) -> "Item":
        """Keep what belongs to the item as a whole when a revision is looked at."""
        seen: Item = super().with_content_json(content)
        for name in KEPT_FROM_ROW:
            setattr(seen, name, getattr(self, name))
        return seen

    def publish(self, revision: Any, *_: Any, user: Any = None, **__: Any) -> None:
        """Publish by way of our own action, which asks for the review (Wagtail's scheduler calls this)."""
        from gongkai.domain.information.actions.publish import publish_revision  # noqa: PLC0415

        publish_revision(self, revision, user=user)


KEPT_FROM_ROW = (
    "index_number",
    "published_on",
    "status",
    "correction",
    "digest",
    "review_id",
    "withdrawn_at",
    "author_id",
    "created",
    "repealed_on",
    "column_id",
    "topic",
    "genre",
    "keywords",
    "expired",
    "last_published_at",
    "live_revision_id",
    "latest_revision_id",
)
"""What is arranged or happens outside revisions, so that looking at an old one does not turn it back."""
