"""A version of a directory as a file, in the form in which it is published."""

from collections.abc import Iterator
from urllib.parse import quote

from django.http import HttpResponse

from gongkai.core.directories.writing import WrittenRow, directory_xlsx
from gongkai.domain.directory.models import Listing, StandardDirectory

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def written(listing: Listing) -> WrittenRow:
    """Return *listing* as a line of the published table."""
    entry = listing.entry
    ticked = {
        name
        for name, ticked in (
            ("public", listing.everybody),
            ("some", not listing.everybody),
            ("active", not listing.on_request),
            ("request", listing.on_request),
            ("city", listing.city),
            ("county", listing.county),
            ("township", listing.township),
        )
        if ticked
    }
    return WrittenRow(
        field=entry.field,
        texts={
            "number": listing.number,
            "first": entry.first,
            "second": entry.second,
            "third": entry.third,
            "content": entry.content,
            "basis": listing.basis,
            "deadline": listing.deadline,
            "body": listing.body,
            "some": listing.group,
            **listing.extra,
        },
        ticked=frozenset(ticked),
        channels=tuple(listing.channels),
        other=tuple(listing.other_channels),
    )


def rows_of(directory: StandardDirectory) -> Iterator[WrittenRow]:
    """Yield every line of *directory* in its order."""
    for listing in directory.listings.select_related("entry"):
        yield written(listing)


def directory_file(directory: StandardDirectory) -> HttpResponse:
    """Return *directory* as a download."""
    content = directory_xlsx(directory.title, rows_of(directory), since=directory.effective_from)
    response = HttpResponse(content, content_type=XLSX)
    name = quote(f"{directory.title}（第{directory.version}版）.xlsx")
    response["Content-Disposition"] = f"attachment; filename*=UTF-8''{name}"
    return response
