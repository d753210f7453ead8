"""``/hant/…`` is the same page in traditional characters, made of the file where the page has one."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.middleware.gzip import GZipMiddleware

from gongkai.foundation.publicfiles.variant import (
    HANT,
    PREFIX,
    has_traditional,
    traditional_page,
)


class VariantMiddleware:
    """Serve ``/hant/…`` as the same page in traditional characters."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response
        self.squeeze = GZipMiddleware(get_response)  # only its second half is used

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Take the prefix off on the way in, convert on the way out."""
        if not request.path_info.startswith(PREFIX) or not _is_open(request.path_info):
            return self.get_response(request)
        request.path = request.path_info = request.path_info[len(HANT) + 1 :]
        codings = request.META.pop(
            "HTTP_ACCEPT_ENCODING", ""
        )  # a compressed copy could not be read
        response = self.get_response(request)
        request.META["HTTP_ACCEPT_ENCODING"] = codings
        if isinstance(response, HttpResponse) and "html" in response.get("Content-Type", ""):
            response.content = traditional_page(response.content)
            if "Content-Length" in response:
                response["Content-Length"] = str(len(response.content))
            if "X-Served-From" in response:  # for everybody: no length of it tells a secret
                self.squeeze.process_response(request, response)
        target = response.get("Location", "")
        if target.startswith("/") and not target.startswith("//") and _is_open(target):
            response["Location"] = f"/{HANT}{target}"
        return response


def _is_open(path: str) -> bool:
    return has_traditional(path.removeprefix(PREFIX))
