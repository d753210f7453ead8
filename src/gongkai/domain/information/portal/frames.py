"""Item pages, many of them quickly: the page around the document is rendered once for each part of a section.

A page is the frame (head, navigation, the way to it) with the document put into it. Views use the same two
parts, so that what is written in bulk is what the request handler answers.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.template.loader import get_template, render_to_string
from django.utils.html import conditional_escape, format_html_join

from gongkai.domain.information.portal.items import Shown
from gongkai.domain.information.portal.sections import Place, Section
from gongkai.foundation.publicfiles.rendering import own_request

if TYPE_CHECKING:
    from django.http import HttpRequest

ADDRESS = "/an-item-of-this-column/"
"""Stands for the address, which templates write as a link does."""
TITLE, DOCUMENT, SUMMARY, WAY = (
    f"\ue000{name}\ue000" for name in ("title", "document", "summary", "way")
)
"""Stand in the frame for what each item has of its own; letters that no text has."""


@dataclass(frozen=True, slots=True)
class Frame:
    """A page cut at the places where an item's own text goes."""

    pieces: tuple[str, ...]
    """Text and names of what stands between, in turn."""

    def fill(self, **own: str) -> str:
        """Return the page with *own* texts put in."""
        return "".join(own[piece] if at % 2 else piece for at, piece in enumerate(self.pieces))


def pages(shown: list[Shown]) -> Iterator[tuple[int, str]]:
    """Yield key and page of each of *shown*."""
    frames: dict[tuple[int, int | None], Frame] = {}
    document = get_template("portal_information/document.html")
    for each in shown:
        way = each.crumbs
        part = way[0] if way else None
        key = (each.item.organisation_id, part.pk if part else None)
        if key not in frames:
            frames[key] = frame(each.section, part)
        yield (
            each.item.pk,
            frames[key].fill(
                address=each.address,
                way=format_html_join(
                    "", '<li><a href="{}">{}</a></li>', ((p.href, p.title) for p in way)
                ),
                title=str(conditional_escape(each.item.title)),
                summary=str(conditional_escape(each.description)),
                document=document.render({"shown": each, "item": each.item}),
            ),
        )


def frame(section: Section, part: Place | None) -> Frame:
    """Return the page around the items of *part*, whichever of its columns they stand in."""
    request: HttpRequest = own_request(ADDRESS)
    request.path = ADDRESS
    context = {
        "section": section,
        "part": part,
        "way": WAY,
        "title": TITLE,
        "summary": SUMMARY,
        "document": DOCUMENT,
    }
    text: str = render_to_string("portal_information/item.html", context, request=request)
    for marker, name in (
        (ADDRESS, "address"),
        (TITLE, "title"),
        (SUMMARY, "summary"),
        (DOCUMENT, "document"),
        (WAY, "way"),
    ):
        text = text.replace(marker, f"\ue001{name}\ue001")
    return Frame(tuple(text.split("\ue001")))
