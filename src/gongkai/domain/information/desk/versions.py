"""The versions of an item: what changed from one to another, and an old one taken up again."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from wagtail.models import Revision

from gongkai.core.refusal import Refusal
from gongkai.domain.information.actions import Attached, save
from gongkai.domain.information.actions.saving import EDITED
from gongkai.domain.information.desk.screen import ItemScreen
from gongkai.domain.information.differences import compare
from gongkai.domain.information.errors import NoSuchVersion
from gongkai.domain.information.models import Item
from gongkai.foundation.attachments.models import StoredFile
from gongkai.foundation.desk.paging import page_of
from gongkai.foundation.keys import key_of

PUBLIC = "public"
"""Instead of the key of a version: what the public sees now."""


class VersionsView(ItemScreen):
    """All versions, and two of them side by side: ``?from=`` and ``?to=``."""

    template_name = "information/versions.html"
    tab = "versions"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the versions and the differences of the two chosen, the last two if none are."""
        revisions = self.item.revisions.select_related("user").order_by("-created_at", "-pk")
        page = page_of(self.request, revisions.defer("content"), size=30)
        rows = list(page)
        asked = self.request.GET
        new = asked.get("to") or (str(rows[0].pk) if rows else "")
        old = asked.get("from") or (
            PUBLIC
            if self.item.live and self.item.has_unpublished_changes
            else str(rows[1].pk)
            if len(rows) > 1
            else new
        )
        before, after = self._version(old), self._version(new)
        return super().get_context_data(
            page=page,
            rows=rows,
            old=old,
            new=new,
            differences=compare(before, after) if before and after else None,
            **kwargs,
        )

    def _version(self, key: str) -> Item | None:
        if key == PUBLIC and self.item.live:
            return self.item
        return find_version(self.item, key).as_object() if key and key != PUBLIC else None


def find_version(item: Item, key: str) -> Revision:
    """Return a version of *item*.

    Raises:
        NoSuchVersion: It has none of that key.
    """
    found: Revision | None = item.revisions.filter(pk=key_of(key)).first()
    if found is None:
        raise NoSuchVersion
    return found


class RestoreView(ItemScreen):
    """Take an old version up again, as a new one."""

    act = "information.edit"

    def post(self, request: HttpRequest, **_: Any) -> HttpResponse:
        """Save its values and files anew; nothing in between is lost."""
        old = find_version(self.item, request.POST.get("version", "")).as_object()
        files = sorted(old.files.all(), key=lambda file: (file.sort_order or 0, file.pk or 0))
        stored = StoredFile.objects.in_bulk([file.stored_id for file in files])
        try:
            save(
                self.item,
                by=self.reader,
                values={name: getattr(old, name) for name in EDITED},
                files=[
                    Attached(stored[file.stored_id], file.title)
                    for file in files
                    if file.stored_id in stored
                ],
            )
        except Refusal as refusal:
            messages.error(request, str(refusal))
            return HttpResponseRedirect(self.here("versions"))
        messages.success(request, "已恢复为新的版本，原来的版本都还在。")
        return HttpResponseRedirect(self.here("edit"))

    def get(self, request: HttpRequest, **_: Any) -> HttpResponse:  # noqa: ARG002  # Django's signature
        """Lead back: restoring is a matter of POST."""
        return HttpResponseRedirect(self.here("versions"))
