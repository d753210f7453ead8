"""Public pages as files: written when what they show changes, served without asking the database.

A page lies under ``GONGKAI_PUBLIC`` at its own address (``reports/12/2024/index.html``, ``.gz`` beside it), in
simplified characters and, below ``hant/``, in traditional ones, so that any web server can deliver the folder.
When an edition appears the pages that show it are taken away at once, so that nothing outdated is served, and a
job writes them anew. What has no file is rendered on request.

The folder belongs to one state of the software (:func:`stamp`): after an update its files are left alone until
they are written again. ``gongkai manage public_pages`` writes all, ``--check`` compares.
"""

import gzip
import hashlib
import io
import os
import tempfile
from collections.abc import Callable, Iterable, Iterator
from functools import cache, wraps
from pathlib import Path
from typing import Any, TypeVar
from urllib.parse import unquote

from django.conf import settings
from django.core.handlers.wsgi import WSGIHandler, WSGIRequest
from django.db import connection, transaction
from django.db.models.signals import post_save
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.urls import reverse

import gongkai
from gongkai.domain.organisations.models import Organisation
from gongkai.foundation.jobs.actions import start
from gongkai.oversight.reports.models import Edition, Report

PACKAGE = Path(gongkai.__file__).parent
LOOKS = ("site/templates", "site/static", "oversight/reports/portal")
"""Folders of the package whose files decide how a page looks."""
FRESH = "gongkai.fresh"
"""In a request of our own: render, do not serve the file. No client can set it."""
HANT = "hant"
DATA_FORMATS = ("json", "csv")
PACKED = (".html", ".json", ".csv")
TYPES = {
    ".html": "text/html; charset=utf-8",
    ".json": "application/json; charset=utf-8",
    ".csv": "text/csv; charset=utf-8",
}

View = TypeVar("View", bound=Callable[..., HttpResponseBase])


def root() -> Path:
    """Return the folder of the public files."""
    return Path(settings.GONGKAI_PUBLIC)


@cache
def stamp() -> str:
    """Return what tells this state of the software from others: version, templates, styles."""
    seal = hashlib.sha256(gongkai.__version__.encode())
    for folder in LOOKS:
        for place in sorted((PACKAGE / folder).rglob("*")):
            if place.is_file() and place.suffix != ".pyc":
                facts = place.stat()
                seal.update(
                    f"{place.relative_to(PACKAGE)} {facts.st_size} {facts.st_mtime_ns}".encode()
                )
    return seal.hexdigest()


def is_current() -> bool:
    """Tell whether the folder belongs to this state of the software."""
    try:
        return (root() / ".stamp").read_text(encoding="ascii") == stamp()
    except OSError:
        return False


def place_of(address: str) -> Path:
    """Return the file of the page at *address*, such as ``/reports/12/2024/``."""
    inside = unquote(address).strip("/")
    return root() / inside / "index.html" if address.endswith("/") else root() / inside


def from_file(view: View) -> View:
    """Serve the file of a page where there is a current one; render it otherwise."""

    @wraps(view)
    def served(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not request.META.get("QUERY_STRING") and not request.META.get(FRESH):
            # the traditional view is made of the simplified page on its way out
            place = place_of(request.path_info)
            if place.suffix in TYPES and place.is_file() and is_current():
                return _serve(place)
        return view(request, *args, **kwargs)

    return served  # type: ignore[return-value]  # wraps keeps the signature


def _serve(place: Path) -> HttpResponse:
    body = place.read_bytes()
    response = HttpResponse(body, content_type=TYPES[place.suffix])
    response["X-Served-From"] = "file"
    return response


# -- which pages -----------------------------------------------------------------------------------------


def general_pages() -> set[str]:
    """Return the addresses that show reports of many organisations."""
    from gongkai.oversight.reports.portal import queries  # noqa: PLC0415  # views import this module

    pages = {reverse("portal_reports:index")}
    return pages | {reverse("portal_reports:year", args=[year]) for year, _ in queries.years()}


def pages_of(organisation: int) -> set[str]:
    """Return the addresses that show the reports of *organisation* alone."""
    from gongkai.oversight.reports.portal import queries  # noqa: PLC0415

    pages = {reverse("portal_reports:organisation", args=[organisation])}
    for format in DATA_FORMATS:  # noqa: A001  # the name in the address
        pages.add(reverse("portal_reports:figures", args=[organisation, format]))
    for report in queries.issued().filter(organisation=organisation):
        pages |= _pages_of_report(report)
    return pages


def pages_showing(report: Report) -> set[str]:
    """Return the addresses that change when *report* is issued or corrected."""
    pages = general_pages() | pages_of(report.organisation_id)
    pages.add(reverse("portal_reports:year", args=[report.year]))
    if report.above is not None:
        pages |= _pages_of_report(report.above)
    return pages


def all_pages() -> set[str]:
    """Return every address that has a file."""
    from gongkai.oversight.reports.portal import queries  # noqa: PLC0415

    pages = general_pages()
    for unit in queries.organisations():
        pages |= pages_of(unit.pk)
    return pages


def _pages_of_report(report: Report) -> set[str]:
    key = [report.organisation_id, report.year]
    pages = {
        reverse("portal_reports:report", args=key),
        reverse("portal_reports:units", args=key),
    }
    pages |= {reverse("portal_reports:units-data", args=[*key, f]) for f in DATA_FORMATS}
    formats = ("docx", "pdf", "xlsx", "json", "csv")
    return pages | {reverse("portal_reports:download", args=[*key, f]) for f in formats}


# -- writing ---------------------------------------------------------------------------------------------


def render(address: str) -> bytes | None:
    """Return the body of the page at *address* as the public would get it, ``None`` where there is none."""
    response = _handler().get_response(WSGIRequest(_environ(address)))
    try:
        if response.status_code != 200:
            return None
        return b"".join(response)
    finally:
        response.close()


def write(addresses: Iterable[str]) -> Iterator[str]:
    """Write the pages at *addresses*, yielding each; one that is no more is taken away."""
    for address in addresses:
        for variant in variants(address):
            body = render(variant)
            if body is None:
                _remove(place_of(variant))
            else:
                _put(place_of(variant), body)
        yield address


def write_all() -> Iterator[str]:
    """Write every page, take away what is no page any more, and set the stamp."""
    pages = sorted(all_pages())
    yield from write(pages)
    wanted = {place_of(variant) for page in pages for variant in variants(page)}
    for orphan in _strays(wanted):
        _remove(orphan)
    _put(root() / ".stamp", stamp().encode())


def differing() -> Iterator[tuple[str, str]]:
    """Yield each page whose file is missing, differs or has no page, with what is the matter."""
    wanted: set[Path] = set()
    for address in sorted(all_pages()):
        for variant in variants(address):
            place, body = place_of(variant), render(variant)
            if body is not None:
                wanted.add(place)
            if body is None and place.exists():
                yield variant, "多余"
            elif body is not None and not place.exists():
                yield variant, "缺少"
            elif body is not None and place.read_bytes() != body:
                yield variant, "与现在的内容不同"
    for stray in _strays(wanted):
        yield str(stray.relative_to(root())), "多余"


def variants(address: str) -> tuple[str, ...]:
    """Return *address* and, for a page, its view in traditional characters."""
    return (address, f"/{HANT}{address}") if address.endswith("/") else (address,)


def take_away(addresses: Iterable[str]) -> None:
    """Remove the files of *addresses*, so that the pages are rendered on request."""
    for address in addresses:
        for variant in variants(address):
            _remove(place_of(variant))


def _strays(wanted: set[Path]) -> Iterator[Path]:
    for top in (root() / "reports", root() / HANT / "reports"):
        for place in sorted(top.rglob("*")):
            original = place.with_suffix("") if place.suffix == ".gz" else place
            if place.is_file() and original not in wanted and not place.name.startswith(".new-"):
                yield place


def _put(place: Path, body: bytes) -> None:
    """Write *body* at once or not at all; first the packed copy, so that the two never disagree long."""
    place.parent.mkdir(parents=True, exist_ok=True)
    if place.suffix in PACKED:
        _replace(place.with_name(f"{place.name}.gz"), gzip.compress(body, 6, mtime=0))
    _replace(place, body)


def _replace(place: Path, body: bytes) -> None:
    if place.exists() and place.read_bytes() == body:
        return
    handle, fresh = tempfile.mkstemp(dir=place.parent, prefix=".new-")
    try:
        with os.fdopen(handle, "wb") as out:
            out.write(body)
            out.flush()
            os.fsync(out.fileno())
        Path(fresh).chmod(0o644)
        Path(fresh).replace(place)
    except OSError:
        Path(fresh).unlink(missing_ok=True)
        raise


def _remove(place: Path) -> None:
    place.unlink(missing_ok=True)
    place.with_name(f"{place.name}.gz").unlink(missing_ok=True)


@cache
def _handler() -> WSGIHandler:
    return WSGIHandler()


def _environ(address: str) -> dict[str, Any]:
    """Return a request from ourselves, as plain as one from a stranger."""
    hosts = [h for h in settings.ALLOWED_HOSTS if h != "*" and not h.startswith((".", "["))]
    return {
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


# -- listening -------------------------------------------------------------------------------------------


def listen() -> None:
    """Hear of new editions and of changed organisations."""
    post_save.connect(_edition_saved, sender=Edition, dispatch_uid="portal-pages-edition")
    post_save.connect(_organisation_saved, sender=Organisation, dispatch_uid="portal-pages-unit")


def _edition_saved(instance: Edition, **_: Any) -> None:
    _soon(report=instance.report_id)


def _organisation_saved(instance: Organisation, created: bool, **_: Any) -> None:  # noqa: ARG001, FBT001  # Django's signature
    if not created:
        _soon()


class _Touched:
    """What the transaction that runs has touched; looked at once, after it."""

    def __init__(self) -> None:
        self.reports: set[int] = set()
        self.everything = False

    def __call__(self) -> None:
        """Take away what is outdated, and have it written anew."""
        reports = Report.objects.filter(pk__in=self.reports).select_related("above")
        if self.everything:
            pages = all_pages()
        else:
            pages = set().union(*(pages_showing(report) for report in reports))
        if not pages:
            return
        take_away(pages)
        from gongkai.oversight.reports.portal.jobs import write_pages  # noqa: PLC0415

        with transaction.atomic():
            start(write_pages, arguments={"pages": sorted(pages)})


def _soon(*, report: int | None = None) -> None:
    waiting = [call for _, call, *_ in connection.run_on_commit if isinstance(call, _Touched)]
    touched = waiting[-1] if waiting else _Touched()
    if report is None:
        touched.everything = True
    else:
        touched.reports.add(report)
    if not waiting:
        transaction.on_commit(touched)
