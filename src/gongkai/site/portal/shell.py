"""What every template of the portal may use."""

from functools import cached_property
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from wagtail import hooks

from gongkai.domain.organisations.queries import top
from gongkai.foundation.publicfiles.variant import HANT, has_traditional


def owner_name() -> str:
    """Return whose portal this is."""
    if settings.GONGKAI_SITE_NAME:
        return str(settings.GONGKAI_SITE_NAME)
    first = top()
    return first.name if first else "政府信息公开平台"


class Shell:
    """Name, sections and variants; asked of the database only when a template uses it."""

    def __init__(self, request: HttpRequest) -> None:
        self.request = request

    @cached_property
    def owner(self) -> str:
        """Return whose portal this is."""
        return owner_name()

    @cached_property
    def sections(self) -> list[dict[str, Any]]:
        """Return the sections of the navigation, the one that is open marked."""
        made = [make() for make in hooks.get_hooks("register_portal_section")]
        sections = [each for one in made for each in (one if isinstance(one, list) else [one])]
        return [
            section | {"is_open": self.request.path.startswith(str(section["href"]))}
            for section in sorted(sections, key=lambda section: section.get("order", 500))
        ]

    @property
    def other_variant(self) -> str:
        """Return the address of this page in traditional characters, if it has one; there the link leads back by itself."""
        is_open = has_traditional(self.request.path)
        return f"/{HANT}{self.request.get_full_path()}" if is_open else ""


def portal(request: HttpRequest) -> dict[str, Any]:
    """Give templates ``portal``."""
    return {"portal": Shell(request)}
