"""The pages of standard directories: which there are, and which change when a version is adopted."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from django.db.models.signals import post_save
from django.urls import reverse

from gongkai.domain.directory import events
from gongkai.domain.directory.models import Listing, StandardDirectory
from gongkai.domain.organisations.models import Organisation
from gongkai.foundation.publicfiles import PageSource, mapping, register, touch, touch_group


def all_pages() -> Iterator[str]:
    """Yield every address that has a file."""
    yield reverse("public_directory:index")
    for key in StandardDirectory.objects.order_by("pk").values_list("pk", flat=True):
        yield from sorted(pages_of(key))


def pages_of(key: int) -> set[str]:
    """Return the addresses that show one version."""
    used = (
        Listing.objects.filter(directory=key)
        .order_by()
        .values_list("entry__field", flat=True)
        .distinct()
    )
    pages = {
        reverse(f"public_directory:{name}", args=[key])
        for name in ("directory", "download", "calendar")
    }
    return pages | {reverse("public_directory:field", args=[key, field]) for field in used}


def pages_showing(directory: StandardDirectory) -> set[str]:
    """Return the addresses that change when *directory* is adopted: its versions name each other."""
    versions = StandardDirectory.objects.filter(organisation=directory.organisation)
    pages = {reverse("public_directory:index")}
    return pages.union(*(pages_of(key) for key in versions.values_list("pk", flat=True)))


def _pages_to_find(organisations: Sequence[int]) -> Iterator[str]:
    found = StandardDirectory.objects.filter(organisation__in=organisations).order_by("pk")
    for key in found.values_list("pk", flat=True):
        yield from sorted(page for page in pages_of(key) if page.endswith("/"))


def _adopted(directory: StandardDirectory, **_: Any) -> None:
    touch(pages_showing(directory) | mapping.parts_of([directory.organisation_id]))


def _organisation_saved(instance: Organisation, created: bool, **_: Any) -> None:  # noqa: ARG001, FBT001  # Django's signature
    if not created:
        touch_group("directories")


register(
    PageSource(
        name="directories",
        title="基层政务公开标准目录",
        owns=("/directories/",),
        all_pages=all_pages,
        of_organisations=_pages_to_find,
        looks=(
            Path(__file__).parent / "portal",
            Path(__file__).parent / "templates" / "directory_public",
        ),
    )
)
post_save.connect(_organisation_saved, sender=Organisation, dispatch_uid="directory-pages-unit")
events.directory_adopted.connect(_adopted, dispatch_uid="directory-pages-adopted")
