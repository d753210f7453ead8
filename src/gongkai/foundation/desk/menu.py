"""Entries of the desk's menu."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.sidebar import LinkMenuItem

from gongkai.foundation.desk.counts import count_of
from gongkai.foundation.permissions import Reader
from gongkai.foundation.permissions.guard import reader_of


class DeskMenuItem(MenuItem):
    """An entry that shows itself only to those who may do *act*, with a count of what waits."""

    def __init__(
        self,
        label: str,
        url: Any,
        *,
        act: str | None = None,
        badge: Callable[[Reader], int] | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(label, url, **kwargs)  # type: ignore[no-untyped-call]  # Wagtail is untyped
        self.act = act
        self.badge = badge

    def is_shown(self, request: HttpRequest) -> bool:
        """Tell whether the reader of *request* may do the act anywhere."""
        return self.act is None or reader_of(request).may(self.act)

    def render_component(self, request: HttpRequest) -> LinkMenuItem:
        """Return Wagtail's component, the count behind the label."""
        count = count_of(self.name, self.badge, reader_of(request)) if self.badge else 0
        label = f"{self.label}（{count}）" if count else str(self.label)
        return LinkMenuItem(
            self.name,
            label,
            str(self.url),
            icon_name=self.icon_name,
            classname=self.classname,
            attrs=self.attrs,
        )
