"""The portal's front page and the machine's pulse."""

from django.conf import settings
from django.db import connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from wagtail import hooks

import gongkai

CLOSED_TO_MACHINES = ("/desk/", "/account/", "/search/", "/hant/search/")


def front(request: HttpRequest) -> HttpResponse:
    """Show the home that an area makes, and before there is one, where to go."""
    made = (make(request) for make in hooks.get_hooks("register_portal_front"))
    return next(filter(None, made), None) or render(request, "portal/front.html")


def robots(request: HttpRequest) -> HttpResponse:  # noqa: ARG001  # Django's signature
    """Tell machines what there is to read, and what to leave alone."""
    lines = [
        "User-agent: *",
        *(f"Disallow: {closed}" for closed in CLOSED_TO_MACHINES),
        f"Sitemap: {settings.GONGKAI_PUBLIC_URL}/sitemap.xml",
    ]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")


def health(request: HttpRequest) -> JsonResponse:  # noqa: ARG001  # Django's signature
    """Answer whether the platform and its database are up."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return JsonResponse({"status": "ok", "version": gongkai.__version__})
