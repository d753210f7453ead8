"""The portal's front page and the machine's pulse."""

from django.db import connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render

import gongkai


def front(request: HttpRequest) -> HttpResponse:
    """Show where to go."""
    return render(request, "portal/front.html")


def health(request: HttpRequest) -> JsonResponse:  # noqa: ARG001  # Django's signature
    """Answer whether the platform and its database are up."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return JsonResponse({"status": "ok", "version": gongkai.__version__})
