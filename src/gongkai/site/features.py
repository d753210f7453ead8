"""Which features of the reader's device a page may use: ``settings.PERMISSIONS_POLICY``."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase

HEADER = "Permissions-Policy"


class DeviceFeaturesMiddleware:
    """Tell the browser, with every answer."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Hand *request* on and add the header."""
        response = self.get_response(request)
        response[HEADER] = settings.PERMISSIONS_POLICY
        return response
