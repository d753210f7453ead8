"""The public pages of gazettes."""

from itertools import groupby

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from gongkai.core.rendering.gazette import gazette_file
from gongkai.domain.channels import printing
from gongkai.domain.channels.models import Gazette
from gongkai.foundation.keys import BIGGEST
from gongkai.foundation.permissions import NotThere


def _issues() -> "list[Gazette]":
    return list(
        Gazette.objects.issued()
        .select_related("organisation")
        .order_by("organisation__path", "-year", "-number")
    )


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """Show every issue, by publisher and year."""
    publishers = [
        (title, [(year, list(inside)) for year, inside in groupby(issues, key=lambda g: g.year)])
        for title, issues in groupby(_issues(), key=lambda g: g.title)
    ]
    return render(request, "channels/gazettes.html", {"publishers": publishers})


@require_safe
def gazette(request: HttpRequest, organisation: int, year: int, number: int) -> HttpResponse:
    """Show a whole issue on one page."""
    found = _fetch(organisation, year, number)
    documents = printing.shown(found)
    return render(
        request,
        "channels/gazette.html",
        {
            "gazette": found,
            "sections": printing.by_section(documents),
            "imprint": printing.imprint(found),
            "is_changed": any(document.note for document in documents),
        },
    )


@require_safe
def file(request: HttpRequest, organisation: int, year: int, number: int) -> HttpResponse:  # noqa: ARG001  # Django's signature
    """Give the issue as a PDF file."""
    found = _fetch(organisation, year, number)
    response = HttpResponse(gazette_file(printing.printed(found)), content_type="application/pdf")
    name = f"gazette-{found.year}-{found.number}.pdf"
    response["Content-Disposition"] = f'inline; filename="{name}"'
    return response


def _fetch(organisation: int, year: int, number: int) -> Gazette:
    found = (
        Gazette.objects.issued()
        .select_related("organisation")
        .filter(organisation=min(organisation, BIGGEST), year=year, number=number)
        .first()
    )
    if found is None:
        raise NotThere(what="这期政府公报")
    return found
