"""System checks: the acts are sound, and no desk view of ours stands open."""

from collections.abc import Iterator, Sequence
from typing import Any

from django.apps import AppConfig
from django.core.checks import CheckMessage, Error, register
from django.core.exceptions import ImproperlyConfigured
from django.urls import URLPattern, URLResolver, get_resolver

from gongkai.foundation.permissions.acts import acts
from gongkai.foundation.permissions.guard import SIGNED_IN

OURS = "gongkai."


def desk_views(patterns: Sequence[Any], prefix: str = "") -> Iterator[tuple[str, Any]]:
    """Yield (address, view) of everything under ``/desk/`` that is written here."""
    for pattern in patterns:
        address = prefix + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from desk_views(pattern.url_patterns, address)
        elif isinstance(pattern, URLPattern) and address.startswith("desk/"):
            view: Any = pattern.callback
            inner = getattr(view, "view_class", view)
            if inner.__module__.startswith(OURS):
                yield address, view


@register()
def every_act_is_sound(app_configs: Sequence[AppConfig] | None, **_: Any) -> list[CheckMessage]:  # noqa: ARG001  # Django's signature
    """Read every ``acts.yaml``."""
    try:
        acts()
    except ImproperlyConfigured as error:
        return [Error(str(error), id="permissions.E001")]
    return []


@register()
def every_desk_view_is_behind_an_act(
    app_configs: Sequence[AppConfig] | None,  # noqa: ARG001  # Django's signature
    **_: Any,
) -> list[CheckMessage]:
    """Refuse a view under ``/desk/`` that anybody with an account could open."""
    found: list[CheckMessage] = []
    for address, view in desk_views(get_resolver().url_patterns):
        act = getattr(view, "guarded_by", None)
        if act is None:
            found.append(
                Error(
                    f"{address} is not behind an act.",
                    hint="Decorate it with permissions.behind or derive it from desk.DeskView.",
                    id="permissions.E002",
                )
            )
        elif act != SIGNED_IN and act not in acts():
            found.append(
                Error(f"{address} is behind {act}, which no acts.yaml has.", id="permissions.E003")
            )
    return found
