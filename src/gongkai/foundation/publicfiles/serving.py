"""The application server delivers the files itself, before anything asks the database.

A web server in front (``deploy/``) does the same and sends on what has no file.
"""

import mimetypes
import os
from collections.abc import Callable
from email.utils import formatdate
from pathlib import Path

from django.conf import settings
from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseBase
from django.utils.cache import get_conditional_response

from gongkai.foundation.publicfiles.places import PACKED, are_kept, is_current, packed, place_of
from gongkai.foundation.publicfiles.rendering import FRESH

TYPES = {
    ".html": "text/html; charset=utf-8",
    ".json": "application/json; charset=utf-8",
    ".jsonl": "application/jsonl; charset=utf-8",
    ".csv": "text/csv; charset=utf-8",
    ".txt": "text/plain; charset=utf-8",
    ".xml": "application/xml; charset=utf-8",
    ".svg": "image/svg+xml; charset=utf-8",
}
SHOWN = {".pdf", ".jpg", ".jpeg", ".png", ".gif", ".webp"}
"""Attachments that browsers may show; all others are saved."""
ASK_AGAIN = "public, no-cache"
"""Browsers and proxies keep the page and ask each time whether it is still the same."""


class PublicFilesMiddleware:
    """Answer with the file of a page where there is a current one."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Serve the file, or go on."""
        asked = request.method in {"GET", "HEAD"} and not request.META.get("QUERY_STRING")
        if asked and are_kept() and settings.GONGKAI_SERVE_PUBLIC and not request.META.get(FRESH):
            place = place_of(request.path_info)
            if place is not None and place.suffix and is_current():
                try:
                    return _serve(request, place)
                except OSError:
                    pass  # not there, or taken away this moment: rendered on request
        return self.get_response(request)


def _serve(request: HttpRequest, place: Path) -> HttpResponseBase:
    facts = place.stat()
    if not os.path.isfile(place):  # noqa: PTH113  # one call less
        raise FileNotFoundError(place)
    etag = f'"{facts.st_mtime_ns:x}-{facts.st_size:x}"'
    if place.suffix not in TYPES:
        response: HttpResponse | FileResponse = _attachment(place)
    else:
        body, coding = _read(request, place)
        response = HttpResponse(body, content_type=TYPES[place.suffix])
        response["Content-Length"] = str(len(body))
        if place.suffix in PACKED:
            response["Vary"] = "Accept-Encoding"
        if coding:
            response["Content-Encoding"] = coding
            etag = f'{etag[:-1]}-{coding}"'
    response["ETag"] = etag
    response["Last-Modified"] = formatdate(int(facts.st_mtime), usegmt=True)
    response["Cache-Control"] = ASK_AGAIN
    response["X-Served-From"] = "file"
    answer: HttpResponseBase = get_conditional_response(  # type: ignore[assignment]  # never None here
        request,
        etag=etag,
        last_modified=int(facts.st_mtime),
        response=response,  # type: ignore[arg-type]  # a stream has the same headers
    )
    if answer is not response:
        response.close()
    return answer


def _read(request: HttpRequest, place: Path) -> tuple[bytes, str]:
    """Return the bytes to send and their coding, the compressed copy for whoever takes it."""
    if place.suffix in PACKED and "gzip" in request.headers.get("Accept-Encoding", ""):
        try:
            return packed(place).read_bytes(), "gzip"
        except OSError:
            pass
    return place.read_bytes(), ""


def _attachment(place: Path) -> FileResponse:
    kind = mimetypes.guess_type(place.name)[0] or "application/octet-stream"
    response = FileResponse(place.open("rb"), content_type=kind)
    # without a name in it, the link may give one, or the address does; nginx is told the same
    del response["Content-Disposition"]
    if place.suffix.lower() not in SHOWN:
        response["Content-Disposition"] = "attachment"
    return response
