"""The content security policy of the desk: what Wagtail needs and no more."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase

DESK = "/desk/"


class DeskPolicyMiddleware:
    """Loosen styles, frames and images for pages under ``/desk/``; script stays strict."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Hand *request* on and mark the response for django-csp."""
        response = self.get_response(request)
        if request.path.startswith(DESK):
            response._csp_replace = settings.DESK_CONTENT_SECURITY_POLICY  # type: ignore[attr-defined]  # noqa: SLF001  # django-csp's own way
        return response
