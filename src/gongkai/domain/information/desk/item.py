"""One item to read: how it stands, who has it now, what may be done; and its files."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.http import FileResponse, HttpRequest, HttpResponse
from django.utils import timezone

from gongkai.core import codes
from gongkai.domain.information.actions.saving import differs
from gongkai.domain.information.desk.as_public import body_of, files_to_read, page_of
from gongkai.domain.information.desk.screen import ItemScreen
from gongkai.domain.information.models import Item, ItemFile, Kind, Publicity, Status
from gongkai.domain.information.numbering import rule_of
from gongkai.domain.information.pictures import is_name
from gongkai.domain.review.models import Review
from gongkai.domain.review.standing import steps_of
from gongkai.foundation.attachments import places
from gongkai.foundation.attachments.kinds import PICTURES
from gongkai.foundation.attachments.models import StoredFile
from gongkai.foundation.permissions import NotThere
from gongkai.foundation.visits.queries import totals


class ItemView(ItemScreen):
    """Read an item."""

    template_name = "information/item.html"
    tab = "item"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the text, the facts, the way through the review and what may be done."""
        item = self.item
        reviews = list(Review.objects.of(item).select_related("opened_by", "chain")[:5])
        last = reviews[0] if reviews else None
        shows_draft = item.live and item.has_unpublished_changes and differs(self.content, item)
        return super().get_context_data(
            facts=[*facts_of(self.content), *self._visits()],
            body=body_of(self.content),
            files=files_to_read(self.content),
            steps=steps_of(last) if last and not last.evidence else [],
            last_review=last,
            notes=item.change_notes.select_related("by"),
            shows_draft=shows_draft,
            may_submit=self.may_edit
            and self.may("information.submit")
            and (shows_draft or not item.live),
            may_recall=self.may("information.submit")
            and (self.open_review is not None or item.status == Status.SCHEDULED),
            may_withdraw=item.live and self.may("information.withdraw"),
            may_register=self.may_edit
            and self.content.kind != Kind.OTHER
            and not self.content.registration_number
            and rule_of(item.organisation, with_registration=True) is not None,
            may_discard=item.status == Status.DRAFT and not reviews and self.may_edit,
            **kwargs,
        )

    def _visits(self) -> list[tuple[str, Any]]:
        if self.item.first_published_at is None:
            return []
        return [("阅读", f"{totals('item', [self.item.pk]).get(self.item.pk, 0)} 次")]


def facts_of(content: Item) -> list[tuple[str, str]]:
    """Return what is known of *content*, in words, in the order of the public page; empty ones left out."""
    genres = codes.genres()
    exemptions = codes.exemptions()
    rows: list[tuple[str, Any]] = [
        ("发布机构", content.organisation.name),
        ("栏目", content.column),
        ("文号", content.document_number),
        ("成文日期", content.made_on),
        ("公开日期", content.published_on),
        ("主题分类", codes.topic_title(content.topic).replace("\\", " › ")),
        ("体裁", genres[content.genre].label if content.genre in genres else ""),
        ("关键词", "、".join(content.keywords.split())),
        ("公开属性", content.get_publicity_display()),
    ]
    if content.publicity != Publicity.OPEN:
        ground = exemptions.get(content.ground)
        rows += [
            ("不公开的依据", f"{ground.label}（{ground.reference}）" if ground else ""),
            ("不公开的理由", content.ground_note),
            ("下次评估日期", content.assess_on),
            ("解密日期", content.declassify_on),
        ]
    if content.kind != Kind.OTHER:
        validity = content.validity()
        rows += [
            ("文件性质", content.get_kind_display()),
            ("统一登记号", content.registration_number),
            ("有效性", validity.label if validity else ""),
            ("生效日期", content.effective_on),
            ("失效日期", content.expires_on),
            ("废止日期", content.repealed_on),
        ]
    rows += [
        ("重要程度", content.get_importance_display()),
        ("定时公开", content.go_live_at),
        ("定时下线", content.expire_at),
        ("内容概述", content.summary),
        ("信息来源", content.source),
        ("责任编辑", content.editor),
    ]
    return [(name, _told(value)) for name, value in rows if value]


def _told(value: Any) -> str:
    if isinstance(value, datetime):
        return f"{timezone.localtime(value):%Y-%m-%d %H:%M}"
    return str(value)


class PreviewView(ItemScreen):
    """The item exactly as the public will see it, in both widths."""

    template_name = "information/preview.html"
    tab = "preview"


class PreviewPage(ItemScreen):
    """The public page itself, of what was last saved, for the frame of the preview."""

    def get(self, request: HttpRequest, *_: Any, **__: Any) -> HttpResponse:  # noqa: ARG002  # Django's signature
        """Render it with the portal's own templates."""
        return framed(self.content)


def framed(content: Item) -> HttpResponse:
    """Return the public page of *content*, which only our own frames may show."""
    response = HttpResponse(page_of(content))
    response["Cache-Control"] = "no-store"
    response["X-Frame-Options"] = "SAMEORIGIN"
    return response


class FileView(ItemScreen):
    """A file of an item, the copy that the public gets."""

    def get(self, request: HttpRequest, *_: Any, **__: Any) -> FileResponse:  # type: ignore[override]  # noqa: ARG002  # a file instead of a page
        """Send it; a file that is not with this item is not there."""
        digest = f"sha256:{self.kwargs['digest']}"
        return send_file([*self.content.files.all(), *self.item.files.all()], digest)


class PictureView(ItemScreen):
    """A picture in the text of an item, or one that the reader has just uploaded to put there."""

    def get(self, request: HttpRequest, *_: Any, **__: Any) -> FileResponse:  # type: ignore[override]  # noqa: ARG002  # a file instead of a page
        """Show it; what is neither is not there."""
        name = self.kwargs["name"]
        digest = name.partition(".")[0]
        files = [*self.content.files.all(), *self.item.files.all()]
        if any(file.in_text and file.digest == digest for file in files):
            return _shown(digest, name)
        mine = StoredFile.objects.filter(
            public_digest=digest, kind__in=PICTURES, uploaded_by=self.reader.user
        )
        if is_name(name) and self.reader.user is not None and mine.exists():
            return _shown(digest, name)
        raise NotThere(what="这张图片")


def _shown(digest: str, name: str) -> FileResponse:
    response = FileResponse(places.open_public(digest), filename=name)
    response["Cache-Control"] = "private, max-age=3600"
    return response


def send_file(files: Sequence[ItemFile], digest: str) -> FileResponse:
    """Send the cleaned copy of the file *digest* out of *files*.

    Raises:
        NotThere: It is none of them.
    """
    for file in files:
        if file.digest.removeprefix("sha256:") == digest.removeprefix("sha256:"):
            stream = places.open_public(digest.removeprefix("sha256:"))
            name = file.title
            ending = f".{file.stored.kind_facts.ending}"
            if not name.lower().endswith(ending):
                name += ending
            return FileResponse(stream, as_attachment=True, filename=name)
    raise NotThere(what="这个附件")
