"""Issues of the gazette in the search: their contents, as far as they are public now."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from django.db.models.signals import post_save

from gongkai.domain.channels.models import Gazette, GazetteEntry
from gongkai.domain.information.events import shown
from gongkai.foundation.search import Document, Issuer, search_source, touch

KIND = "gazette"


def keys(after: str) -> Iterator[str]:
    """Yield the key of every issue behind *after* that has appeared."""
    found = Gazette.objects.issued().filter(pk__gt=int(after or 0)).order_by("pk")
    yield from map(str, found.values_list("pk", flat=True))


def public(wanted: Sequence[str]) -> Iterator[str]:
    """Yield those of *wanted* that have appeared."""
    found = Gazette.objects.issued().filter(pk__in=wanted).order_by()
    yield from map(str, found.values_list("pk", flat=True))


@search_source(KIND, title="政府公报", all_keys=keys, public=public)
def documents(wanted: Sequence[str]) -> Iterator[Document]:
    """Yield the issues *wanted*, two queries; what is no longer public stands in no table of contents."""
    issues = Gazette.objects.issued().filter(pk__in=wanted).select_related("organisation")
    contents: dict[int, list[str]] = defaultdict(list)
    entries = GazetteEntry.objects.filter(gazette__in=[int(key) for key in wanted], item__live=True)
    for key, title in entries.values_list("gazette", "item__title"):
        contents[key].append(title)
    for issue in issues:
        unit = issue.organisation
        yield Document(
            kind=KIND,
            key=str(issue.pk),
            title=str(issue),
            url=issue.address,
            text="\n".join(contents[issue.pk]),
            issuer=Issuer(unit.pk, unit.name, str(unit.path)),
            column="政府公报",
            year=issue.year,
            day=issue.day,
        )


def _gazette_saved(instance: Gazette, **_: Any) -> None:
    if instance.is_issued:
        touch(KIND, [instance.pk])


def _shown(items: Iterable[int], **_: Any) -> None:
    issues = GazetteEntry.objects.filter(item__in=list(items), gazette__issued_at__isnull=False)
    touch(KIND, issues.order_by().values_list("gazette", flat=True).distinct())


post_save.connect(_gazette_saved, sender=Gazette, dispatch_uid="search-gazette")
shown.connect(_shown, dispatch_uid="search-gazette-items")
