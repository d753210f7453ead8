"""A file that goes with an item."""

from typing import ClassVar

from django.db import models
from modelcluster.fields import ParentalKey
from wagtail.models import Orderable

from gongkai.domain.information.pictures import is_name


class ItemFile(Orderable):
    """An attachment or image of an item, in its order; the bytes are a stored file.

    Only the cleaned copy is ever public. A trigger refuses a file at a live item that was not reviewed
    with it.
    """

    personal_data = False

    item = ParentalKey(
        "information.Item", verbose_name="信息", on_delete=models.CASCADE, related_name="files"
    )
    stored = models.ForeignKey(
        "attachments.StoredFile", verbose_name="文件", on_delete=models.PROTECT, related_name="+"
    )
    title = models.CharField("附件名称", max_length=200)
    """Digest and ending, where it is a picture that stands in the text."""
    digest = models.CharField("摘要", max_length=80)
    """Of the cleaned copy, the bytes that the public gets: ``sha256:…``."""

    class Meta(Orderable.Meta):
        verbose_name = "附件"
        verbose_name_plural = "附件"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["item", "title"], name="information_file_title")
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def in_text(self) -> bool:
        """Tell whether it is a picture that stands in the text, and no attachment."""
        return is_name(self.title)
