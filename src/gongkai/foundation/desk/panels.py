"""What stands on the desk's first page."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from wagtail import hooks

from gongkai.foundation.permissions import Reader

HOOK = "register_today_panel"


@dataclass(frozen=True, slots=True)
class Panel:
    """A block of the first page, shown when it has something to say to this reader."""

    title: str
    template: str
    context: Callable[[Reader], Mapping[str, Any] | None]
    """What the template gets; ``None`` when there is nothing to show. Keys of our own: ``count``
    (how much waits), ``more`` (address of the whole list)."""
    order: int = 500
    wide: bool = False


@dataclass(frozen=True, slots=True)
class Shown:
    """A panel as it stands on the page."""

    title: str
    html: SafeString
    count: int | None
    more: str
    wide: bool


def panels_for(reader: Reader, request: Any) -> list[Shown]:
    """Return the panels that have something to say to *reader*, by order."""
    registered: list[Panel] = [make() for make in hooks.get_hooks(HOOK)]
    shown = []
    for panel in sorted(registered, key=lambda panel: panel.order):
        context = panel.context(reader)
        if context is None:
            continue
        html = render_to_string(panel.template, {**context, "reader": reader}, request=request)
        shown.append(
            Shown(
                title=panel.title,
                html=html,
                count=context.get("count"),
                more=str(context.get("more", "")),
                wide=panel.wide,
            )
        )
    return shown
