"""The pages of public logs: which there are, and which change."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.db.models.signals import post_save

from gongkai.domain.applications.events import log_changed
from gongkai.domain.applications.models import LogEntry, PublicationProposal, PublicLog
from gongkai.domain.applications.portal.log import addresses_of
from gongkai.domain.directory.models import Column
from gongkai.domain.information import events
from gongkai.domain.information.portal import addresses
from gongkai.domain.organisations.models import Organisation
from gongkai.foundation.publicfiles import PageSource, register, touch, touch_group

NAME = "requests"


def all_pages() -> Iterator[str]:
    """Yield every address that has a file."""
    logs = PublicLog.objects.filter(is_open=True).order_by("pk")
    for organisation in logs.values_list("organisation", flat=True):
        yield from addresses_of(organisation)


def group(key: str) -> Iterator[str]:
    """Yield the pages of the organisation *key*."""
    yield from addresses_of(int(key))


def _log_changed(organisation: int, **_: Any) -> None:
    """Have the log written anew, and the page that leads to it."""
    listed = LogEntry.objects.filter(organisation=organisation).count()
    columns = Column.objects.filter(organisation=organisation, section="apply", live=True)
    leading = [addresses.column(key) for key in columns.values_list("pk", flat=True)]
    touch([*addresses_of(organisation, more=listed), *leading])


def _shown(items: set[int], **_: Any) -> None:
    """Have logs written anew that lead to what was published or taken back."""
    made = PublicationProposal.objects.filter(item__in=items).values("application")
    entries = LogEntry.objects.public().filter(application__in=made)
    for organisation in entries.order_by().values_list("organisation", flat=True).distinct():
        touch(addresses_of(organisation))


def _organisation_saved(instance: Organisation, created: bool, **_: Any) -> None:  # noqa: FBT001  # Django's signature
    if not created and PublicLog.objects.filter(organisation=instance, is_open=True).exists():
        touch_group(NAME, str(instance.pk))


register(
    PageSource(
        name=NAME,
        title="依申请公开办理情况",
        owns=("/requests/",),
        all_pages=all_pages,
        group=group,
        looks=(
            Path(__file__).with_name("log.py"),
            Path(__file__).parent / "templates" / "requests",
        ),
    )
)
log_changed.connect(_log_changed, dispatch_uid="requests-pages-changed")
events.shown.connect(_shown, dispatch_uid="requests-pages-shown")
post_save.connect(_organisation_saved, sender=Organisation, dispatch_uid="requests-pages-unit")
