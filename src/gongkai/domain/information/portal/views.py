"""The public pages of the disclosure section."""

from typing import Any

from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.views.decorators.http import require_safe

from gongkai.core.rendering.qr import code_of
from gongkai.core.rulebook import national
from gongkai.domain.directory.models import Column
from gongkai.domain.information.models import Item, NoteKind
from gongkai.domain.information.portal import addresses, feeds, frames, home, items, lists
from gongkai.domain.information.portal.facets import search_in
from gongkai.domain.information.portal.links import APPLY, apply_links
from gongkai.domain.information.portal.sections import Place, Section, section_of
from gongkai.domain.organisations.models import Guide, Organisation
from gongkai.foundation.attachments import places
from gongkai.foundation.keys import BIGGEST
from gongkai.foundation.permissions import NotThere
from gongkai.foundation.publicfiles import mapping

PAGE = "portal_information"


@require_safe
def item(request: HttpRequest, folder: int, key: int) -> HttpResponse:  # noqa: ARG001  # in the address
    """Show an item; say so openly where it was taken back."""
    found = items.public([_key(key)])
    if not found:
        return _gone(request, key)
    if request.path != addresses.item(key):
        return redirect(addresses.item(key), permanent=True)
    ((_, text),) = frames.pages(list(items.show(found).values()))
    return HttpResponse(text)


@require_safe
def file(request: HttpRequest, folder: int, key: int, name: str) -> HttpResponseBase:  # noqa: ARG001  # in the address
    """Send a file of a public item."""
    public = Item.objects.public().filter(pk=_key(key)).values_list("pk", flat=True)
    for attachment in items.attachments(public).get(key, []):
        if attachment.name == name:
            return FileResponse(
                places.open_public(attachment.digest), as_attachment=True, filename=name
            )
    if Item.objects.filter(pk=key, live=False).exists():
        return _gone(request, key)
    raise NotThere(what="这个附件")


@require_safe
def code(request: HttpRequest, folder: int, key: int) -> HttpResponse:  # noqa: ARG001  # in the address
    """Draw the address of an item for a telephone's camera."""
    if not Item.objects.public().filter(pk=_key(key)).exists():
        raise NotThere(what="这条信息")
    drawing = code_of(feeds.absolute(addresses.item(key))).svg()
    response = HttpResponse(drawing, content_type="image/svg+xml")
    response["Cache-Control"] = "public, max-age=86400"
    return response


@require_safe
def column(request: HttpRequest, key: int, number: int | None = None) -> HttpResponse:
    """Show a column: its newest items, or a page counted from the oldest."""
    section, place, successor = _column(key)
    if successor:
        return redirect(addresses.column(successor), permanent=True)
    if place is None:
        raise NotThere(what="这个栏目")
    if not place.holds_items:
        if number or place.href != addresses.column(key):
            return redirect(place.href)
        context = frames.around_place(section, place) | {"groups": _groups(section, place)}
        return render(request, f"{PAGE}/part.html", context)
    if number:
        pages = lists.pages_of(key, [_key(number)])
        if not pages:
            raise NotThere(what="这一页")
        ((_, text),) = frames.column_pages(section, place, pages.values())
        return HttpResponse(text)
    return _newest(request, section, place)


@require_safe
def organisations(request: HttpRequest) -> HttpResponse:
    """Show every organisation that has a section."""
    return render(request, f"{PAGE}/organisations.html", {"groups": home.organisations()})


@require_safe
def organisation(request: HttpRequest, key: int) -> HttpResponse:
    """Show the home of an organisation's section."""
    section = section_of(_organisation(key))
    context = frames.around_place(section, None) | home.facts_of(section)
    context["feed"] = addresses.organisation_feed(key)
    return render(request, f"{PAGE}/organisation.html", context)


@require_safe
def part(request: HttpRequest, key: int, section: str) -> HttpResponse:
    """Show a part of an organisation's section."""
    unit = _organisation(key)
    mine = section_of(unit)
    place = mine.part(section)
    if place is None:
        raise NotThere(what="这个板块")
    if place.href != addresses.part(key, section):
        return redirect(place.href)
    context = frames.around_place(mine, place)
    if place.kind == "guide":
        context["guide"] = Guide.objects.filter(organisation=unit).first()
        context["reference"] = national().reference("regulations-2019/12")
        return render(request, f"{PAGE}/guide.html", context)
    if place.kind == "reports":
        context["years"] = home.reports_of(unit)
        context["reference"] = national().reference("regulations-2019/49")
        return render(request, f"{PAGE}/annual.html", context)
    context["groups"] = _groups(mine, place)
    return render(request, f"{PAGE}/part.html", context)


@require_safe
def column_feed(request: HttpRequest, key: int) -> HttpResponse:  # noqa: ARG001  # Django's signature
    """Send the feed of a column."""
    section, place, _ = _column(key)
    if place is None or not place.holds_items:
        raise NotThere(what="这个栏目的订阅")
    title = f"{section.organisation.name} {place.title}"
    mine = Item.objects.filter(column=key)
    return _xml(
        feeds.feed(title, page=place.href, own=addresses.column_feed(key), items=mine), "atom"
    )


@require_safe
def organisation_feed(request: HttpRequest, key: int) -> HttpResponse:  # noqa: ARG001  # Django's signature
    """Send the feed of an organisation."""
    unit = _organisation(key)
    mine = Item.objects.filter(organisation=unit)
    title = f"{unit.name}政府信息公开"
    own = addresses.organisation_feed(key)
    return _xml(feeds.feed(title, page=addresses.organisation(key), own=own, items=mine), "atom")


@require_safe
def feed(request: HttpRequest) -> HttpResponse:  # noqa: ARG001  # Django's signature
    """Send what is new anywhere."""
    own = addresses.FEED
    made = feeds.feed("政府信息公开", page="/", own=own, items=Item.objects.all())
    return _xml(made, "atom")


@require_safe
def sitemap(request: HttpRequest) -> HttpResponse:  # noqa: ARG001  # Django's signature
    """Send the list of the parts of the site map."""
    return _xml(feeds.sitemap())


@require_safe
def shard(request: HttpRequest, number: int) -> HttpResponse:  # noqa: ARG001  # Django's signature
    """Send a part of the site map."""
    body = feeds.shard(number)
    if body is None:
        raise NotThere(what="这部分站点地图")
    return _xml(body)


@require_safe
def organisations_map(request: HttpRequest, number: int) -> HttpResponse:  # noqa: ARG001  # Django's signature
    """Send a part of the site map of organisations."""
    body = feeds.organisations_part(number) if number < BIGGEST // mapping.PER_PART else None
    if body is None:
        raise NotThere(what="这部分站点地图")
    return _xml(body)


def _gone(request: HttpRequest, key: int) -> HttpResponse:
    """Say that an item was public once, and why it is no more; nothing of what it said."""
    found = Item.objects.filter(pk=_key(key), live=False).select_related("organisation").first()
    note = None
    if found is not None and found.withdrawn_at is not None:
        note = found.change_notes.filter(kind=NoteKind.WITHDRAWN).order_by("-pk").first()
    # whatever is made of it at the desk meanwhile: once public, its address goes on telling so
    if found is None or found.first_published_at is None:
        raise NotThere(what="这条信息")
    guide = Guide.objects.filter(organisation=found.organisation).first()
    context = {"item": found, "note": note, "guide": guide}
    context |= frames.around_place(section_of(found.organisation), None)
    return render(request, f"{PAGE}/gone.html", context, status=410)


def _newest(request: HttpRequest, section: Section, place: Place) -> HttpResponse:
    """Show what stands at the address of a column that holds items."""
    page = lists.newest_of(place)
    if place.is_plain:
        ((_, text),) = frames.column_pages(section, place, [page])
        return HttpResponse(text)
    context = frames.around_place(section, place)
    context |= {"page": page, "feed": addresses.column_feed(place.pk)}
    context["apply_links"] = apply_links(section.organisation, place.section)
    if page.count > 1:
        context["search_here"] = search_in(place)
    if place.section == APPLY and not page.lines:
        context["guide"] = Guide.objects.filter(organisation=section.organisation).first()
        context["reference"] = national().reference("regulations-2019/29")
        return render(request, f"{PAGE}/apply.html", context)
    if place.kind == "document" and page.lines:
        newest = lists.newest_item(place.pk)
        if newest is not None:
            context["shown"] = items.show([newest])[newest.pk]
            context["item"] = newest
    context["listing"] = render_to_string(f"{PAGE}/listing.html", context)
    return render(request, f"{PAGE}/column.html", context)


def _groups(section: Section, place: Place) -> list[dict[str, Any]]:
    """Return the columns below *place* with what is newest in each, under the groups they stand in.

    ``level`` is that of the heading: one deeper where a group has one above.
    """
    direct = len(place.path) + Column.steplen
    newest = lists.newest_by_column(section.leaves(place), home.FEW)
    return [
        {
            "place": below,
            "lines": newest.get(below.pk, []),
            "below": section.below(below),
            "level": 2 if len(below.path) <= direct else 3,
        }
        for below in section.places
        if below.path.startswith(place.path) and below.path != place.path
    ]


def _column(key: int) -> tuple[Section, Place | None, int | None]:
    """Return a column's section, itself, and the key of what followed it where it is closed."""
    found = Column.objects.select_related("organisation").filter(pk=_key(key)).first()
    if found is None:
        raise NotThere(what="这个栏目")
    section = section_of(found.organisation)
    place = section.by_key.get(key)
    return section, place, None if place else found.successor_id


def _organisation(key: int) -> Organisation:
    found: Organisation | None = Organisation.objects.filter(pk=_key(key)).first()
    if found is None:
        raise NotThere(what="这个机构的政府信息公开专栏")
    return found


def _key(key: int) -> int:
    return min(key, BIGGEST)


def _xml(body: bytes, kind: str = "") -> HttpResponse:
    what = f"application/{kind}+xml" if kind else "application/xml"
    return HttpResponse(body, content_type=f"{what}; charset=utf-8")
