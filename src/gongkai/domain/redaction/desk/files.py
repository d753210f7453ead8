"""Pictures of pages, and the file that goes out."""

from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.views.decorators.http import require_safe

from gongkai.domain.redaction import policies
from gongkai.domain.redaction.events import SEEN
from gongkai.domain.redaction.models import RedactionPage
from gongkai.domain.redaction.working import opened
from gongkai.foundation.permissions import behind
from gongkai.foundation.permissions.guard import reader_of
from gongkai.foundation.sealing import SealedFile
from gongkai.foundation.trail import record


@behind(policies.VIEW)
@require_safe
def picture(request: HttpRequest, key: int, number: int) -> HttpResponseBase:
    """Give the picture of a page of the source."""
    return _png(_page(request, key, number).picture)


@behind(policies.VIEW)
@require_safe
def result(request: HttpRequest, key: int, number: int) -> HttpResponseBase:
    """Give the picture of a page of the output."""
    return _png(_page(request, key, number).result)


@behind(policies.VIEW)
@require_safe
def output(request: HttpRequest, key: int) -> HttpResponseBase:
    """Give the output."""
    reader = reader_of(request)
    redaction = policies.fetch(reader, key)
    if redaction.output is None:
        raise Http404
    record(
        SEEN,
        by=reader,
        act=policies.VIEW,
        path=str(redaction.organisation.path),
        on=redaction,
    )
    response = FileResponse(
        redaction.output.open_public(),
        as_attachment=True,
        filename=redaction.output.name,
        content_type=redaction.output.media_type,
    )
    response["Cache-Control"] = "no-store"
    return response


def _page(request: HttpRequest, key: int, number: int) -> RedactionPage:
    redaction = policies.fetch(reader_of(request), key)
    found = redaction.pages.select_related("picture", "result").filter(number=number).first()
    if found is None:
        raise Http404
    return found


def _png(file: SealedFile | None) -> HttpResponse:
    if file is None:
        raise Http404
    response = HttpResponse(opened(file), content_type="image/png")
    response["Cache-Control"] = "no-store"
    return response
