"""The public pages of standard directories, and calendars for calendar programs."""

from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from gongkai.core.directories import fields
from gongkai.domain.directory.exporting import directory_file
from gongkai.domain.directory.feed import calendar_of, owed_event, public_events
from gongkai.domain.directory.models import CalendarKey, Obligation, StandardDirectory
from gongkai.foundation import clock
from gongkai.foundation.permissions import NotThere

ICS = "text/calendar; charset=utf-8"
AHEAD = 2
"""Years shown in the public calendar, the directory's first one included."""


def published(key: int) -> StandardDirectory:
    """Return a directory that the public may see: every version that has been adopted."""
    found = StandardDirectory.objects.select_related("organisation").filter(pk=key).first()
    if found is None:
        raise NotThere(what="这个标准目录")
    return found


def field_counts(directory: StandardDirectory) -> list[tuple[str, str, int]]:
    """Return key, title and number of entries of each field that *directory* has."""
    counts = dict(directory.listings.order_by().values_list("entry__field").annotate(n=Count("pk")))
    return [(key, facts.title, counts[key]) for key, facts in fields().items() if key in counts]


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """Show whose directories there are."""
    found = (
        StandardDirectory.objects.filter(effective_until=None)
        .select_related("organisation")
        .annotate(entries=Count("listings"))
        .order_by("organisation__path")
    )
    return render(request, "directory_public/index.html", {"directories": found})


@require_safe
def directory(request: HttpRequest, key: int) -> HttpResponse:
    """Show the fields of a directory, and its versions."""
    found = published(key)
    counts = field_counts(found)
    context = {
        "directory": found,
        "fields": counts,
        "total": sum(count for _, _, count in counts),
        "versions": StandardDirectory.objects.filter(organisation=found.organisation),
    }
    return render(request, "directory_public/directory.html", context)


@require_safe
def field(request: HttpRequest, key: int, field: str) -> HttpResponse:
    """Show the entries of a field."""
    found = published(key)
    listings = list(
        found.listings.filter(entry__field=field).select_related("entry").order_by("order")
    )
    if not listings:
        raise NotThere(what="这个领域")
    groups: list[tuple[str, list[object]]] = []
    for listing in listings:
        if not groups or groups[-1][0] != listing.entry.first:
            groups.append((listing.entry.first, []))
        groups[-1][1].append(listing)
    context = {
        "directory": found,
        "fields": field_counts(found),
        "field": field,
        "title": fields()[field].title,
        "groups": groups,
        "count": len(listings),
    }
    return render(request, "directory_public/field.html", context)


@require_safe
def download(request: HttpRequest, key: int) -> HttpResponse:  # noqa: ARG001  # Django's signature
    """Send the whole directory in the form in which it is published."""
    return directory_file(published(key))


@require_safe
def public_calendar(request: HttpRequest, key: int) -> HttpResponse:  # noqa: ARG001  # Django's signature
    """Send what the directory lays down for fixed days."""
    found = published(key)
    first = found.effective_from.year
    years = range(first, first + AHEAD + 1)
    return HttpResponse(
        calendar_of(f"{found.organisation}政府信息公开日历", public_events(found, years)),
        content_type=ICS,
    )


@never_cache
@require_safe
def unit_calendar(request: HttpRequest, secret: str) -> HttpResponse:
    """Send what a unit owes to whoever knows its secret address."""
    key = CalendarKey.objects.select_related("unit").filter(secret=secret).first()
    if key is None:
        raise NotThere(what="这个日历")
    year = clock.today().year
    rows = (
        Obligation.objects.filter(unit=key.unit, year__in=(year - 1, year, year + 1))
        .exclude(due=None)
        .select_related("entry", "listing")
        .order_by("due", "pk")
    )
    events = (
        owed_event(
            row,
            key.made,
            request.build_absolute_uri(reverse("directory:obligation", args=[row.pk])),
        )
        for row in rows
    )
    return HttpResponse(calendar_of(f"{key.unit}应公开信息", events), content_type=ICS)
