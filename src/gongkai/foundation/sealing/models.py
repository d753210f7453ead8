"""Rows that can be told apart for sealing, and files that are sealed."""

import base64
import io
from typing import IO, Any, ClassVar
from uuid import uuid4

from django.conf import settings
from django.core.files.storage import default_storage
from django.db import models

from gongkai.foundation import clock
from gongkai.foundation.attachments.kinds import KINDS, Kind
from gongkai.foundation.attachments.sizes import sized
from gongkai.foundation.sealing.fields import FingerprintField, SealedCharField
from gongkai.foundation.sealing.streams import Opened

FOLDER = "sealed"


class SealedModel(models.Model):
    """A model with sealed fields: each row has a name of its own that its values are bound to."""

    seal = models.UUIDField("封存标识", default=uuid4, unique=True, editable=False)

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Write the fingerprints together with what they are of."""
        wanted = kwargs.get("update_fields")
        if wanted is not None:
            marks = [f for f in self._meta.concrete_fields if isinstance(f, FingerprintField)]
            kwargs["update_fields"] = {*wanted, *(f.name for f in marks if f.of in wanted)}
        super().save(*args, **kwargs)


class SealedFile(SealedModel):
    """A file that nobody reads on the disk: an identity document, what an applicant attaches.

    Made with :func:`gongkai.foundation.sealing.receive_sealed`. Every file has a key of its own, and that key is a
    sealed value: rotating seals the key anew and leaves the bytes alone, and without the row the bytes are noise.
    """

    personal_data = True

    name = SealedCharField("文件名", max_length=120)
    kind = models.CharField("类型", max_length=8)
    size = models.PositiveBigIntegerField("大小")
    cipher = models.CharField("算法", max_length=16)
    key = SealedCharField("文件密钥", max_length=64)
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="上传人",
        null=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    uploaded_at = models.DateTimeField("上传时间", default=clock.now)

    class Meta:
        verbose_name = "加密文件"
        verbose_name_plural = "加密文件"
        ordering = ("-pk",)
        indexes: ClassVar = [models.Index(fields=["uploaded_at"], name="sealing_uploaded")]

    def __str__(self) -> str:
        return f"加密文件 {self.pk or '（新）'}"

    @property
    def place(self) -> str:
        """Return the name of its ciphertext in the storage."""
        name = self.seal.hex
        return f"{FOLDER}/{name[:2]}/{name}"

    @property
    def bound(self) -> str:
        """Return what its pieces are bound to."""
        return f"{self._meta.label_lower}|bytes|{self.seal}"

    @property
    def kind_facts(self) -> Kind:
        """Return what is known of its kind."""
        return KINDS[self.kind]

    @property
    def size_in_words(self) -> str:
        """Return the size as people read it."""
        return sized(self.size)

    def open(self) -> IO[bytes]:
        """Open what is hidden; it is read piece by piece and never stands on the disk.

        Raises:
            Unreadable: While reading, where a bit has been changed.
        """
        key = base64.b64decode(self.key)
        opened = Opened(
            default_storage.open(self.place, "rb"),
            size=self.size,
            cipher=self.cipher,
            key=key,
            bound=self.bound,
        )
        return io.BufferedReader(opened)  # type: ignore[type-var]  # any raw stream will do
