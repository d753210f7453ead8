"""The body of a page, as the public would get it."""

import io
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import groupby
from typing import Any

from django.conf import settings
from django.core.handlers.wsgi import WSGIHandler, WSGIRequest
from django.core.signals import request_finished
from django.db import close_old_connections
from django.http import Http404
from django.urls import resolve

from gongkai.core.refusal import Refusal
from gongkai.foundation.publicfiles.registry import Body, PageSource, source_of

FRESH = "gongkai.fresh"
"""In a request of our own: render, do not serve the file. No client can set it."""


def render(address: str) -> bytes | None:
    """Return what the platform answers at *address*, ``None`` where there is no page."""
    response = _handler().get_response(own_request(address))
    try:
        if response.status_code != 200:
            return None
        return b"".join(response)
    finally:
        # our own request ends here, the connection to the database does not (Django's test client does so too)
        request_finished.disconnect(close_old_connections)
        try:
            response.close()
        finally:
            request_finished.connect(close_old_connections)


def render_view(address: str) -> bytes | None:
    """Return what the view at *address* answers, without what surrounds it; for pages that everybody sees alike.

    Middleware adds headers and knows who asks. A page that depends on neither is quicker this way.
    """
    request = own_request(address)
    try:
        found = resolve(request.path_info)
        response = found.func(request, *found.args, **found.kwargs)
    except (Http404, Refusal):
        return None
    return bytes(response.content) if response.status_code == 200 else None


def render_many(addresses: Sequence[str]) -> Iterator[tuple[str, Body | Exception]]:
    """Yield each of *addresses* with its body, by the source's own fast way where it has one.

    A page that cannot be rendered comes with its error, so that one does not hold up the others.
    """
    owned = [(source_of(address), address) for address in addresses]
    owned.sort(key=lambda pair: (pair[0].name if pair[0] else "", pair[1]))
    for source, pairs in groupby(owned, key=lambda pair: pair[0]):
        yield from _of_source(source, [address for _, address in pairs])


def _of_source(
    source: PageSource | None, addresses: list[str]
) -> Iterator[tuple[str, Body | Exception]]:
    if source and source.render_many:
        try:
            # whole, before anything is yielded: what fails is done one by one below
            yield from list(source.render_many(addresses))
        except Exception as error:  # noqa: BLE001  # told to whoever asked for the page
            if len(addresses) == 1:
                yield addresses[0], error
            else:
                for address in addresses:
                    yield from _of_source(source, [address])
        return
    for address in addresses:
        try:
            yield address, render(address) if source else None
        except Exception as error:  # noqa: BLE001
            yield address, error


def own_request(address: str) -> WSGIRequest:
    """Return a request from ourselves, as plain as one from a stranger."""
    hosts = [h for h in settings.ALLOWED_HOSTS if h != "*" and not h.startswith((".", "["))]
    environ: dict[str, Any] = {
        "REQUEST_METHOD": "GET",
        "PATH_INFO": address.encode().decode("latin-1"),
        "QUERY_STRING": "",
        "SERVER_NAME": hosts[0] if hosts else "localhost",
        "SERVER_PORT": "443",
        "SERVER_PROTOCOL": "HTTP/1.1",
        "REMOTE_ADDR": "127.0.0.1",
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": "https",
        "wsgi.input": io.BytesIO(),
        "wsgi.errors": io.StringIO(),
        "wsgi.multithread": False,
        "wsgi.multiprocess": True,
        "wsgi.run_once": False,
        FRESH: True,
    }
    return WSGIRequest(environ)


@cache
def _handler() -> WSGIHandler:
    return WSGIHandler()
