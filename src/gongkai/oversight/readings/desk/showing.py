"""The page of a reading, comparisons, and what can be taken along."""

from typing import Any

from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from gongkai.core.refusal import Refusal
from gongkai.foundation.desk import DeskView
from gongkai.foundation.desk.views import Crumb
from gongkai.foundation.permissions import behind
from gongkai.foundation.permissions.guard import reader_of
from gongkai.oversight.readings import comparing, errors, exporting, policies, queries
from gongkai.oversight.readings.models import Finding, Reading
from gongkai.oversight.readings.spread import Spread

ALL = "全部"


class Page(DeskView):
    """One reading: the text at the left, the findings at the right."""

    act = policies.VIEW

    @cached_property
    def reading(self) -> Reading:
        """The reading, if this reader may know of it."""
        return policies.fetch(self.reader, self.kwargs["pk"])

    def get_title(self) -> str:
        """Return what the document calls itself."""
        return str(self.reading)

    def get_crumbs(self) -> list[Crumb]:
        """Lead back to the list."""
        return [Crumb("年报审校", reverse("readings:index"))]

    def get_template_names(self) -> list[str]:
        """Show a page of its own while there is nothing to read."""
        return ["readings/reading.html" if self.reading.is_read else "readings/unread.html"]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the spread, or the state of the work."""
        reading = self.reading
        context = super().get_context_data(
            reading=reading, may_judge=policies.may(self.reader, policies.JUDGE, reading), **kwargs
        )
        if not reading.is_read:
            return context
        query = self.request.GET
        page = query.get("page", "")
        spread = Spread(
            reading,
            query.get("view", ""),
            int(page) if page.isascii() and page.isdigit() and len(page) < 6 else 1,
        )
        shown = spread.shown()
        context.update(
            spread=spread,
            shown=shown,
            waiting=[s for s in shown if s.finding.state == Finding.State.OPEN],
            chosen=spread.chosen(query["cell"]) if query.get("cell") else None,
            neighbours=queries.neighbours(reading, self.reader),
        )
        return context


class Compare(DeskView):
    """Two or more readings side by side."""

    act = policies.VIEW
    title = "比较年报"
    template_name = "readings/compare.html"

    def get_crumbs(self) -> list[Crumb]:
        """Lead back to the list."""
        return [Crumb("年报审校", reverse("readings:index"))]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the comparison, or say why there is none."""
        try:
            comparison = _comparison(self.request)
        except Refusal as refusal:
            return super().get_context_data(refused=str(refusal), **kwargs)
        query = self.request.GET.copy()
        changed = query.pop("all", None) is None
        return super().get_context_data(
            comparison=comparison, only_changed=changed, query=query.urlencode(), **kwargs
        )


def _comparison(request: HttpRequest) -> comparing.Comparison:
    keys = [int(k) for k in request.GET.getlist("r") if k.isascii() and k.isdigit() and len(k) < 18]
    keys = list(dict.fromkeys(keys))
    found = policies.visible_to(reader_of(request)).filter(pk__in=keys, state=Reading.State.READ)
    by_key = {r.pk: r for r in found.select_related("transcript", "organisation")}
    readings = [by_key[k] for k in keys if k in by_key]
    if not 2 <= len(readings) <= comparing.LIMIT:
        raise errors.TooFewToCompare(limit=comparing.LIMIT)
    return comparing.compare(readings)


@require_safe
@behind(policies.VIEW)
def compare_export(request: HttpRequest, format: str) -> HttpResponse:  # noqa: A002  # the name in the address
    """Send a comparison as a file."""
    if format not in comparing.FORMATS:
        raise Http404
    return _download(*comparing.export(_comparison(request), format))


@require_safe
@behind(policies.VIEW)
def export(request: HttpRequest, pk: int, format: str) -> HttpResponse:  # noqa: A002  # the name in the address
    """Send a reading as a file."""
    reading = policies.fetch(reader_of(request), pk)
    if format not in exporting.FORMATS:
        raise Http404
    if not reading.is_read:
        raise Http404(str(errors.NotReadYet()))
    return _download(*exporting.export(reading, format))


@require_safe
@behind(policies.VIEW)
def original(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Send the file as it came, for saving only: the browser never shows it."""
    reading = policies.fetch(reader_of(request), pk)
    if not reading.file:
        raise Http404
    response = FileResponse(
        reading.file.open("rb"),
        as_attachment=True,
        filename=reading.name,
        content_type="application/octet-stream",
    )
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return response


def _download(name: str, content_type: str, content: bytes) -> HttpResponse:
    response = HttpResponse(content, content_type=content_type)
    response["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=name)
    return response
