"""Views that carry personal data."""

from collections.abc import Callable
from functools import wraps
from traceback import extract_tb
from types import TracebackType
from typing import Any, TypeVar

from django.core.exceptions import BadRequest, PermissionDenied, SuspiciousOperation
from django.http import Http404, HttpRequest, HttpResponseBase
from django.utils.cache import add_never_cache_headers

from gongkai.core.refusal import Refusal

View = TypeVar("View", bound=Callable[..., HttpResponseBase])
_MARK = "_is_confidential"
_EXPECTED = (Http404, PermissionDenied, SuspiciousOperation, BadRequest, Refusal)
"""What has a page of its own, with a sentence of ours in it."""
_FRAMES = 6


class Failed(Exception):
    """An unexpected error in a confidential view: its kind and where it was, and nothing of what it was about."""


def confidential(view: View) -> View:
    """Keep what *view* is told and shows between it and the person."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        setattr(request, _MARK, True)
        try:
            response = view(request, *args, **kwargs)
        except _EXPECTED:
            raise
        except Exception as error:  # noqa: BLE001  # whatever it is, its message may quote a value
            told = f"{type(error).__name__} at {_places(error.__traceback__)}"
            raise Failed(told) from None
        add_never_cache_headers(response)
        response["Cache-Control"] = "no-store, private"
        # not "no-referrer": browsers then send forms with "Origin: null", which nobody can tell from a forgery
        response["Referrer-Policy"] = "same-origin"
        response["X-Robots-Tag"] = "noindex, nofollow"
        return response

    return guarded  # type: ignore[return-value]  # wraps keeps the signature


def is_confidential(request: HttpRequest | None) -> bool:
    """Tell whether *request* went to a confidential view."""
    return bool(getattr(request, _MARK, False))


def _places(trace: TracebackType | None) -> str:
    frames = extract_tb(trace)[-_FRAMES:]
    return " < ".join(f"{f.filename}:{f.lineno} {f.name}" for f in reversed(frames))
