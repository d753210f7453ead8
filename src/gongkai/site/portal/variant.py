"""The portal in traditional characters, under ``/hant/``.

An address of its own, so that it can be linked, indexed and written as a file.
"""

import re
from collections.abc import Callable
from functools import cache

import opencc
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.urls import set_script_prefix

HANT = "hant"
PREFIX = f"/{HANT}/"
CLOSED = ("/hant/desk/", "/hant/account/", "/hant/api/")
"""What has no traditional view: offices work in simplified characters."""
LANGUAGE = re.compile(r'<html lang="zh-hans"', re.IGNORECASE)


@cache
def _converter() -> opencc.OpenCC:
    return opencc.OpenCC("s2t")


def traditional(text: str) -> str:
    """Return *text* in traditional characters, by phrases."""
    return str(_converter().convert(text))


class VariantMiddleware:
    """Serve ``/hant/…`` as the same page in traditional characters."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Take the prefix off on the way in, convert on the way out."""
        if not request.path_info.startswith(PREFIX) or request.path_info.startswith(CLOSED):
            return self.get_response(request)
        request.variant = HANT  # type: ignore[attr-defined]  # our own attribute
        request.path_info = request.path_info[len(HANT) + 1 :]
        set_script_prefix(PREFIX)
        try:
            response = self.get_response(request)
        finally:
            set_script_prefix("/")
        if isinstance(response, HttpResponse) and "html" in response.get("Content-Type", ""):
            text = LANGUAGE.sub('<html lang="zh-hant"', response.content.decode())
            response.content = traditional(text).encode()
            if "Content-Length" in response:
                response["Content-Length"] = str(len(response.content))
        return response
