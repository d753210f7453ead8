"""What is kept of a file."""

import re
from typing import IO, Any, ClassVar
from uuid import uuid4

from django.conf import settings
from django.db import models

from gongkai.foundation import clock
from gongkai.foundation.attachments import errors, places
from gongkai.foundation.attachments.kinds import KINDS, PICTURES, Kind
from gongkai.foundation.attachments.sizes import sized

_DIGEST = re.compile(r"[0-9a-f]{64}")


class StoredFile(models.Model):
    """One upload: a name, who brought it and when; the bytes stand under their digest.

    Made with :func:`gongkai.foundation.attachments.receive`. Two uploads of the same bytes are two
    rows and one file.
    """

    personal_data = True
    """A file may name people; its uploader is one."""

    class State(models.TextChoices):
        """How far the examination is."""

        WAITING = "waiting", "待检查"
        READY = "ready", "已检查"
        CONVERT = "convert", "须转换格式"
        FAILED = "failed", "检查未完成"

    name = models.CharField("文件名", max_length=120)
    kind = models.CharField("类型", max_length=8)
    media_type = models.CharField("媒体类型", max_length=80)
    size = models.PositiveBigIntegerField("大小")
    digest = models.CharField("SHA-256", max_length=64)
    """Of the original, which nobody but the desk's authorised readers ever gets."""
    public_digest = models.CharField("公开副本的 SHA-256", max_length=64, blank=True)
    public_size = models.PositiveBigIntegerField("公开副本的大小", default=0)
    is_cleaned = models.BooleanField("已清除元数据", default=False)
    """Whether something could be cleaned at all; a CSV has nothing, an OFD is left as it is."""
    screening = models.JSONField("预检结果", default=dict)
    """What the pre-check found; empty while it has not run."""
    state = models.CharField("状态", max_length=8, choices=State, default=State.WAITING)
    note = models.CharField("说明", max_length=300, blank=True)
    """Why there is no text or no public copy, in a sentence."""
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="上传人",
        null=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    uploaded_at = models.DateTimeField("上传时间", default=clock.now)

    class Meta:
        verbose_name = "附件"
        verbose_name_plural = "附件"
        ordering = ("-pk",)
        indexes: ClassVar = [
            models.Index(fields=["digest"], name="attachments_digest"),
            models.Index(
                fields=["public_digest"],
                name="attachments_public",
                condition=~models.Q(public_digest=""),
            ),
            models.Index(fields=["uploaded_at"], name="attachments_uploaded"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def kind_facts(self) -> Kind:
        """Return what is known of its kind."""
        return KINDS[self.kind]

    @property
    def size_in_words(self) -> str:
        """Return the size as people read it."""
        return sized(self.public_size or self.size)

    @property
    def ending(self) -> str:
        """Return the kind as readers know it: PDF, DOCX."""
        return self.kind_facts.ending.upper()

    @property
    def is_picture(self) -> bool:
        """Tell whether it can be shown on a page."""
        return self.kind in PICTURES

    @property
    def is_ready(self) -> bool:
        """Tell whether there is a copy that may be published."""
        return bool(self.public_digest)

    @property
    def text(self) -> str:
        """Return the text that can be found in it, from the other table; empty where there is none."""
        found = FileText.objects.filter(pk=self.digest).first()
        return found.text if found else ""

    def open_original(self) -> IO[bytes]:
        """Open the bytes as they came; for the desk only."""
        return places.open_original(self.digest)

    def open_public(self) -> IO[bytes]:
        """Open the cleaned copy.

        Raises:
            NotCleaned: There is none, and the sentence says why.
        """
        if not self.public_digest:
            why = self.note or "检查还没有完成，请稍候。"
            raise errors.NotCleaned(name=self.name, why=why)
        return places.open_public(self.public_digest)


class FileText(models.Model):
    """The text of the bytes under a digest; large, and never in a list."""

    personal_data = True
    """A file may name people."""

    digest = models.CharField("SHA-256", max_length=64, primary_key=True)
    text = models.TextField("文字")
    pages = models.JSONField("各页起点", default=list)
    """Offsets into ``text`` at which pages begin, where the format has pages."""

    class Meta:
        verbose_name = "附件文字"
        verbose_name_plural = "附件文字"

    def __str__(self) -> str:
        return self.digest[:12]


class PartialUpload(models.Model):
    """A big file on its way, piece by piece; its bytes stand in a folder of the server."""

    personal_data = False

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name="上传人", on_delete=models.CASCADE, related_name="+"
    )
    name = models.CharField("文件名", max_length=120)
    size = models.PositiveBigIntegerField("大小")
    mark = models.CharField("文件记号", max_length=40, blank=True)
    """What the browser says of the file (its time), so that a broken upload is found again."""
    received = models.PositiveBigIntegerField("已收到", default=0)
    begun = models.DateTimeField("开始时间", default=clock.now)

    class Meta:
        verbose_name = "未完成的上传"
        verbose_name_plural = "未完成的上传"
        indexes: ClassVar = [models.Index(fields=["owner", "begun"], name="attachments_partial")]

    def __str__(self) -> str:
        return self.name


def is_digest(value: Any) -> bool:
    """Tell whether *value* is a SHA-256 in hexadecimal."""
    return isinstance(value, str) and bool(_DIGEST.fullmatch(value))
