"""The public log of requests and answers."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from gongkai.core.lifecycle import occasions
from gongkai.domain.applications.actions.log import is_open
from gongkai.domain.applications.portal.log import address, page_of
from gongkai.domain.organisations.models import Organisation
from gongkai.foundation.permissions import NotThere

BIGGEST = 2**31
"""Beyond it no database has a key."""


@require_safe
def log(request: HttpRequest, key: int, number: int | None = None) -> HttpResponse:
    """Show a page of an organisation's log; where none is kept there is nothing."""
    organisation = Organisation.objects.filter(pk=min(key, BIGGEST)).first()
    page = page_of(key, number) if organisation and is_open(organisation.pk) else None
    if organisation is None or page is None:
        raise NotThere(what="这个公开页面")
    context = {
        "organisation": organisation,
        "page": page,
        "pages": [(n, address(key, n)) for n in range(page.count, 0, -1)],
        "reference": occasions()["several"].reference,
        "newest": address(key),
    }
    return render(request, "requests/log.html", context)
