"""The door: no desk view without an act."""

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar

from django.http import HttpRequest

from gongkai.foundation.permissions.reader import Reader

View = TypeVar("View", bound=Callable[..., Any])
SIGNED_IN = "signed-in"
"""For what everybody at the desk may do, such as ending one's own session."""


def reader_of(request: HttpRequest) -> Reader:
    """Return the reader of *request*, also where the middleware has not run."""
    reader = getattr(request, "reader", None)
    return reader if isinstance(reader, Reader) else Reader.of(getattr(request, "user", None))


def behind(act: str) -> Callable[[View], View]:
    """Let only those through who may do *act* somewhere; whom to is the policy's affair."""

    def guard(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
            if act != SIGNED_IN:
                reader_of(request).must(act)
            return view(request, *args, **kwargs)

        guarded.guarded_by = act  # type: ignore[attr-defined]  # read by the system check
        return guarded  # type: ignore[return-value]  # wraps keeps the signature

    return guard
