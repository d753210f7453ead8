"""``request.reader``."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponseBase
from django.utils.functional import SimpleLazyObject

from gongkai.foundation.permissions.backend import reader_for


class ReaderMiddleware:
    """Give every request its reader, worked out when first asked for."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Hand *request* on."""
        request.reader = SimpleLazyObject(lambda: reader_for(request.user))  # type: ignore[attr-defined]  # our own attribute
        return self.get_response(request)
