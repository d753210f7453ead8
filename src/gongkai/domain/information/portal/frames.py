"""Pages of items and columns, many of them quickly: what is around them is rendered once.

A page is the frame (head, navigation, the way to it) with the document or the list put into it; items of one part
of a section share a frame, and so do the pages of one column. Views use the same two parts, so that what is
written in bulk is what the request handler answers.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.template.loader import get_template, render_to_string
from django.utils.html import conditional_escape, format_html_join

from gongkai.domain.information.portal import addresses
from gongkai.domain.information.portal.facets import search_in
from gongkai.domain.information.portal.items import Shown
from gongkai.domain.information.portal.lists import ColumnPage
from gongkai.domain.information.portal.sections import Place, Section
from gongkai.foundation.publicfiles.rendering import own_request

if TYPE_CHECKING:
    from django.http import HttpRequest

ADDRESS = "/a-page-of-this-frame/"
"""Stands for the address, which templates write as a link does."""
MARK, CUT = "\ue000", "\ue001"
"""Stand around the name of what each page has of its own; letters that no text has."""


@dataclass(frozen=True, slots=True)
class Frame:
    """A page cut at the places where its own text goes."""

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


def column_pages(
    section: Section, place: Place, wanted: Iterable[ColumnPage]
) -> Iterator[tuple[int | None, str]]:
    """Yield number and page of each of *wanted*, pages of the column *place*; the newest has no number."""
    around = {"feed": addresses.column_feed(place.pk), **around_place(section, place)}
    whole = _cut("column.html", around, "page_title", "listing")
    listing = get_template("portal_information/listing.html")
    for page in wanted:
        own: dict[str, Any] = {"page": page}
        if page.count > 1:
            own["search_here"] = search_in(place)
        yield (
            page.number,
            whole.fill(
                address=addresses.column(place.pk, page.number),
                page_title=f"（第{page.number}页）" if page.number else "",
                listing=listing.render(around | own),
            ),
        )


def frame(section: Section, part: Place | None) -> Frame:
    """Return the page around the items of *part*, whichever of its columns they stand in."""
    around = {"section": section, "part": part}
    return _cut("item.html", around, "title", "summary", "document", "way")


def around_place(section: Section, place: Place | None) -> dict[str, Any]:
    """Return what the templates around *place* need."""
    chain = section.chain(place) if place else []
    return {
        "section": section,
        "place": place,
        "crumbs": chain,
        "part": chain[0] if chain else None,
        "side": section.side(place) if place else [],
    }


def _cut(template: str, around: Mapping[str, Any], *own: str) -> Frame:
    """Return *template* rendered with *around*, cut where the address and the texts named *own* go."""
    request: HttpRequest = own_request(ADDRESS)
    request.path = ADDRESS
    marks = {name: f"{MARK}{name}{MARK}" for name in own}
    text: str = render_to_string(
        f"portal_information/{template}", {**around, **marks}, request=request
    )
    for mark, name in ((ADDRESS, "address"), *((mark, name) for name, mark in marks.items())):
        text = text.replace(mark, f"{CUT}{name}{CUT}")
    return Frame(tuple(text.split(CUT)))
