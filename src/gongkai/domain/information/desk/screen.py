"""What every screen about one item shares: the item as it stands at the desk, its state, its tabs."""

from collections.abc import Sequence
from functools import cached_property
from typing import Any

from django.urls import reverse
from wagtail.models import Revision

from gongkai.domain.information import policies
from gongkai.domain.information.models import Item, Status
from gongkai.domain.review.models import Review
from gongkai.foundation.desk.views import Crumb, DeskView

HOME = Crumb("政府信息", "/desk/information/")
TABS = (
    ("item", "信息"),
    ("edit", "编辑"),
    ("screening:precheck", "预检"),
    ("preview", "预览"),
    ("versions", "版本"),
    ("links", "关联"),
    ("channels:item", "公开渠道"),
)
TONES = {
    Status.DRAFT: "is-plain",
    Status.REVIEW: "",
    Status.RETURNED: "is-bad",
    Status.SCHEDULED: "is-warn",
    Status.PUBLIC: "is-good",
    Status.KEPT: "is-plain",
    Status.WITHDRAWN: "is-bad",
    Status.EXPIRED: "is-plain",
}
UNTITLED = "（还没有标题）"


class ItemScreen(DeskView):
    """A screen about one item that the reader may know of."""

    act = "information.view"
    tab = ""

    @cached_property
    def item(self) -> Item:
        """Return the row: what the public sees while it is live."""
        return policies.fetch(self.reader, self.kwargs["key"])

    @cached_property
    def latest(self) -> Revision | None:
        """Return the last version."""
        found: Revision | None = self.item.latest_revision
        return found

    @cached_property
    def content(self) -> Item:
        """Return the item as it was last saved, which the public may not see yet."""
        if self.item.live and self.latest is not None:
            found: Item = self.latest.as_object()
            return found
        return self.item

    @cached_property
    def open_review(self) -> Review | None:
        """Return the review under way."""
        return (
            Review.objects.open()
            .of(self.item)
            .select_related("chain", "organisation", "opened_by")
            .first()
        )

    @cached_property
    def may_edit(self) -> bool:
        """Tell whether the reader may change it now."""
        return self.open_review is None and policies.may_edit(self.reader, self.item)

    def may(self, act: str) -> bool:
        """Tell whether the reader may do *act* to it."""
        return policies.may(self.reader, act, self.item)

    def here(self, name: str = "item") -> str:
        """Return the address of a screen about it."""
        return reverse(name if ":" in name else f"information:{name}", args=[self.item.pk])

    def get_title(self) -> str:
        """Return its title as last saved."""
        return self.content.title or UNTITLED

    def get_crumbs(self) -> Sequence[Crumb]:
        """Return the way here."""
        return [HOME]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the item, its state and tabs."""
        return super().get_context_data(
            item=self.item,
            content=self.content,
            tone=TONES[Status(self.item.status)],
            tabs=[
                {"title": title, "href": self.here(name), "open": name == self.tab}
                for name, title in TABS
                if name != "edit" or self.may_edit
            ],
            review=self.open_review,
            may_edit=self.may_edit,
            **kwargs,
        )


def tone(item: Item) -> str:
    """Return the colour of its stage."""
    return TONES[Status(item.status)]
