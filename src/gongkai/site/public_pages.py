"""The front page and what machines read first, as files; and what every page shows."""

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from django.db.models.signals import post_save

from gongkai.domain.directory.events import columns_changed
from gongkai.domain.directory.models import Column
from gongkai.domain.organisations.models import Organisation
from gongkai.domain.organisations.queries import top
from gongkai.foundation import search
from gongkai.foundation.publicfiles import PageSource, register, touch_group
from gongkai.foundation.publicfiles.registry import sources

PAGES = ("/", "/robots.txt")


def touch_everything() -> None:
    """Have every page of every source written anew, for what stands on all of them has changed."""
    for source in sources():
        touch_group(source.name)


def _organisation_saved(instance: Organisation, **_: Any) -> None:
    """Every page names whose platform it is."""
    if instance.depth == 1 and instance == top():
        touch_everything()


def _columns_changed(columns: Iterable[int], organisations: Iterable[int], **_: Any) -> None:
    """The parts of the first organisation's section are the navigation of every page."""
    first = top()
    if first is None or first.pk not in organisations:
        return
    parts = Column.objects.filter(organisation=first, depth=Column.SECTION_DEPTH)
    if parts.filter(pk__in=columns).exists():
        touch_everything()


register(
    PageSource(
        name="site",
        title="首页",
        owns=PAGES,
        gathering=PAGES,
        all_pages=lambda: PAGES,
        looks=(Path(__file__).parent / "portal", Path(search.__file__).parent / "templates"),
    )
)
post_save.connect(_organisation_saved, sender=Organisation, dispatch_uid="site-pages-owner")
columns_changed.connect(_columns_changed, dispatch_uid="site-pages-navigation")
