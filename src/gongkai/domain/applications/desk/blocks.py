"""Blocks that other areas put on the page of a case: letters, redaction, remedies.

How another app takes part, in its ``wagtail_hooks.py``::

    @hooks.register("register_case_block")
    def letters():
        return CaseBlock("文书", "letters/case.html", letters_of, order=200)

``letters_of(reader, application)`` returns what the template gets, or ``None`` where there is nothing to
show. The template gets ``application`` and ``reader`` besides; it stands inside a card whose head is the title.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from wagtail import hooks

from gongkai.domain.applications.models import Application
from gongkai.foundation.permissions import Reader

HOOK = "register_case_block"


@dataclass(frozen=True, slots=True)
class CaseBlock:
    """A block of the page of a case.

    Attributes:
        context: What the template gets; ``None`` when there is nothing to show. A key ``more`` is the address of
            everything about it, a key ``first`` a :class:`FirstStep` that comes before what the case suggests.
        order: Where it stands; the desk's own blocks have 100 (documents) to 300.
        aside: Whether it stands in the narrow column.
    """

    title: str
    template: str
    context: Callable[[Reader, Application], Mapping[str, Any] | None]
    order: int = 500
    aside: bool = False


@dataclass(frozen=True, slots=True)
class FirstStep:
    """What is to be done before anything else: a form of one button.

    Attributes:
        href: Where it is sent to.
        data: What is sent; where empty, the step is a link.
    """

    title: str
    href: str
    data: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ShownBlock:
    """A block as it stands on the page."""

    title: str
    html: SafeString
    more: str
    aside: bool
    first: FirstStep | None = None


def blocks_for(reader: Reader, application: Application, request: HttpRequest) -> list[ShownBlock]:
    """Return the blocks that have something to say to *reader* about *application*, by order."""
    registered: list[CaseBlock] = [make() for make in hooks.get_hooks(HOOK)]
    shown = []
    for block in sorted(registered, key=lambda block: block.order):
        context = block.context(reader, application)
        if context is None:
            continue
        told = {**context, "application": application, "reader": reader}
        html = render_to_string(block.template, told, request=request)
        more, first = str(context.get("more", "")), context.get("first")
        shown.append(ShownBlock(block.title, html, more, block.aside, first))
    return shown
