"""What other areas lead to from an organisation's page on applying.

How another app takes part, in its ``wagtail_hooks.py``::

    @hooks.register(APPLY_LINKS)
    def log(organisation):
        return "申请公开的办理情况", "/requests/7/"    # or None where there is nothing
"""

from collections.abc import Callable
from typing import TypeAlias

from wagtail import hooks

from gongkai.domain.organisations.models import Organisation

APPLY_LINKS = "register_apply_link"
APPLY = "apply"
ApplyLink: TypeAlias = Callable[[Organisation], tuple[str, str] | None]


def apply_links(organisation: Organisation, section: str) -> list[tuple[str, str]]:
    """Return title and address of each; none on the pages of another *section*."""
    registered: list[ApplyLink] = hooks.get_hooks(APPLY_LINKS) if section == APPLY else []
    return [told for make in registered if (told := make(organisation)) is not None]
