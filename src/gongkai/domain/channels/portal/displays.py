"""Screens and kiosks: pages that nobody minds, for whoever stands before them."""

import re
from typing import Any

from django.conf import settings
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import path
from django.views.decorators.http import require_safe

from gongkai.core.rendering.qr import code_of
from gongkai.domain.channels import displaying
from gongkai.domain.channels.actions import show
from gongkai.domain.channels.models import Screen, ScreenKind
from gongkai.domain.channels.printing import absolute
from gongkai.domain.directory.models import Column
from gongkai.domain.information.models import Item
from gongkai.foundation.permissions import NotThere
from gongkai.foundation.search.asking import ask
from gongkai.foundation.search.engine import engine
from gongkai.foundation.search.query import Query

A_PAGE = 10
"""Items on a page of a kiosk: so many lines a finger can tell apart."""
FOUND = 30
ITEM = re.compile(r"^/items/\d+/(\d+)/$")
KEYS = ("1234567890", "qwertyuiop", "asdfghjkl", "zxcvbnm")
"""The keyboard of a kiosk: titles are found by the first letters of how they sound."""


def urls() -> list[Any]:
    """Return the addresses of screens and kiosks."""
    return [
        path("screen/<str:key>/", screen, name="screen"),
        path("screen/<str:key>/content.json", screen_content, name="screen-content"),
        path("screen/<str:key>/worker.js", screen_worker, name="screen-worker"),
        path("kiosk/<str:key>/", kiosk, name="kiosk"),
        path("kiosk/<str:key>/columns/<int:column>/", kiosk_column, name="kiosk-column"),
        path("kiosk/<str:key>/items/<int:item>/", kiosk_item, name="kiosk-item"),
        path("kiosk/<str:key>/search/", kiosk_search, name="kiosk-search"),
    ]


def _fetch(key: str, kind: ScreenKind) -> Screen:
    found = (
        Screen.objects.select_related("organisation").filter(key=key, kind=kind, is_on=True).first()
    )
    if found is None:
        raise NotThere(what="这块屏")
    return found


def _unseen(response: HttpResponse) -> HttpResponse:
    """Keep a page of a screen out of caches and search engines: its address is nobody's business."""
    response["Cache-Control"] = "no-cache, private"
    response["X-Robots-Tag"] = "noindex, nofollow"
    response["Referrer-Policy"] = "no-referrer"
    return response


# -- unattended ------------------------------------------------------------------------------------


@require_safe
def screen(request: HttpRequest, key: str) -> HttpResponse:
    """Show the frame; what stands in it is fetched by ``screen.js``."""
    found = _fetch(key, ScreenKind.SCREEN)
    return _unseen(render(request, "channels/screen.html", {"screen": found}))


@require_safe
def screen_content(request: HttpRequest, key: str) -> HttpResponse:  # noqa: ARG001  # Django's signature
    """Give what is shown, and take the question for a sign that the screen is on."""
    found = _fetch(key, ScreenKind.SCREEN)
    displaying.beat(found)
    told = displaying.content(found)
    show(found, [each["key"] for each in told["items"]])
    answer = JsonResponse(
        told,
        json_dumps_params={"ensure_ascii": False, "separators": (",", ":")},
    )
    return _unseen(answer)


@require_safe
def screen_worker(request: HttpRequest, key: str) -> HttpResponse:
    """Give the service worker, which must lie where its pages lie."""
    _fetch(key, ScreenKind.SCREEN)
    context = {"prefix": settings.STATIC_URL}
    return _unseen(
        render(
            request, "channels/worker.js", context, content_type="text/javascript; charset=utf-8"
        )
    )


# -- touched ---------------------------------------------------------------------------------------


def _shown(request: HttpRequest, template: str, found: Screen, **context: Any) -> HttpResponse:
    displaying.beat(found)
    facts = {"screen": found, "home": found.address, **context}
    return _unseen(render(request, template, facts))


@require_safe
def kiosk(request: HttpRequest, key: str) -> HttpResponse:
    """Offer the columns, what is new, and the search."""
    found = _fetch(key, ScreenKind.KIOSK)
    return _shown(
        request,
        "channels/kiosk_home.html",
        found,
        columns=displaying.sections_of(found),
        latest=displaying.newest(found, 6),
    )


@require_safe
def kiosk_column(request: HttpRequest, key: str, column: int) -> HttpResponse:
    """Show a column: the ones below it, and its items."""
    found = _fetch(key, ScreenKind.KIOSK)
    here = displaying.columns_of(found).filter(pk=column).first()
    if here is None:
        raise NotThere(what="这个栏目")
    keys = displaying.items_in(found, here).values_list("pk", flat=True)
    page = Paginator(keys, A_PAGE).get_page(request.GET.get("page"))
    return _shown(
        request,
        "channels/kiosk_column.html",
        found,
        column=here,
        above=displaying.way_to(found, here),
        columns=displaying.below(found, here),
        page=page,
        items=displaying.loaded(page.object_list),
    )


@require_safe
def kiosk_item(request: HttpRequest, key: str, item: int) -> HttpResponse:
    """Show an item to read."""
    found = _fetch(key, ScreenKind.KIOSK)
    visible = displaying.items_of(found).filter(pk=item).values_list("pk", flat=True)
    read = next(iter(displaying.loaded(visible)), None)
    if read is None:
        raise NotThere(what="这条信息")
    show(found, [read.pk])
    address = absolute(read.address)
    return _shown(
        request,
        "channels/kiosk_item.html",
        found,
        item=read,
        body=displaying.without_links(read.public_body),
        files=[file.title for file in read.files.all() if not file.in_text],
        code=code_of(address),
        above=_way(found, read.column),
    )


def _way(found: Screen, column: Column | None) -> list[Column]:
    """Return the way to *column* as far as this kiosk shows it."""
    here = displaying.columns_of(found).filter(pk=column.pk).first() if column else None
    return [*displaying.way_to(found, here), here] if here else []


@require_safe
def kiosk_search(request: HttpRequest, key: str) -> HttpResponse:
    """Find items by words, or by the first letters of their titles."""
    found = _fetch(key, ScreenKind.KIOSK)
    text = " ".join(request.GET.get("q", "").split())[:40]
    return _shown(
        request,
        "channels/kiosk_search.html",
        found,
        text=text,
        items=_matching(found, text) if text else [],
        rows=[list(row) for row in KEYS],
    )


def _matching(found: Screen, text: str) -> list[Item]:
    """Return the public items within reach of the kiosk that *text* finds, in the order of the search."""
    path = str(found.organisation.path)
    results = ask(Query(text, filters={"kind": "item"}, within=path, size=FOUND), facets=False)
    begun = (ITEM.match(each.url) for each in engine().suggest(text.casefold(), FOUND))
    keys = [int(document.key) for document in results.documents]
    keys += [int(told[1]) for told in begun if told]
    wanted = list(dict.fromkeys(keys))
    visible = set(displaying.items_of(found).filter(pk__in=wanted).values_list("pk", flat=True))
    return displaying.loaded([key for key in wanted if key in visible][:FOUND])
