"""A source is brought."""

from typing import Any

from django.db import transaction

from gongkai.domain.information.importing import (
    archive,
    errors,
    places,
    tables,
    website,
    wordpress,
)
from gongkai.domain.information.importing.events import BEGUN
from gongkai.domain.information.importing.fields import guess
from gongkai.domain.information.importing.models import Batch
from gongkai.domain.information.importing.policies import BEGIN
from gongkai.domain.information.importing.reading import headings
from gongkai.domain.organisations.models import Organisation
from gongkai.foundation.attachments.naming import plain_name
from gongkai.foundation.attachments.sizes import sized
from gongkai.foundation.permissions import Reader, person
from gongkai.foundation.trail import record


def begin(organisation: Organisation, *, file: Any, files: Any = None, by: Reader) -> Batch:
    """Take a sheet or a WordPress export, with a ZIP of files, and guess what its columns mean.

    Args:
        organisation: For lines that name no other.
        file: The sheet or export as uploaded.
        files: The ZIP, where there is one.
        by: Who brings it.

    Raises:
        NotAllowed: The post does not allow it.
        Unreadable, NotAnExport, NotAnArchive, TooMuch: It cannot be read.
    """
    by.must(BEGIN, str(organisation.path))
    name = plain_name(str(file.name))
    is_export = name.lower().endswith((".xml", ".wxr"))
    batch = Batch(
        organisation=organisation,
        name=name,
        begun_by=person(by),
        source=Batch.Source.WORDPRESS if is_export else Batch.Source.SHEET,
    )
    most = wordpress.MOST_BYTES if is_export else tables.MOST_BYTES
    try:
        batch.content = places.keep(
            file, most=most, refusal=errors.TooMuch(what=f"“{name}”", limit=sized(most))
        )
        if files is not None:
            _keep_archive(batch, files)
        if is_export:
            _must_hold_something(batch)
        else:
            batch.headings = headings(batch)
            batch.mapping = guess(batch.headings)
    except Exception:
        places.drop(batch.content, batch.archive)
        raise
    return _written(batch, by)


def begin_from_site(organisation: Organisation, *, address: str, by: Reader) -> Batch:
    """Make ready to take what the organisation's own registered site at *address* publishes.

    Raises:
        NotAllowed: The post does not allow it.
        SiteNotOurs: No such site is registered for it.
    """
    by.must(BEGIN, str(organisation.path))
    website.site_of(organisation, address)
    batch = Batch(
        organisation=organisation,
        name=address[:200],
        address=address[:300],
        begun_by=person(by),
        source=Batch.Source.SITE,
    )
    return _written(batch, by)


def _written(batch: Batch, by: Reader) -> Batch:
    with transaction.atomic():
        batch.save()
        record(
            BEGUN,
            by=by,
            act=BEGIN,
            path=str(batch.organisation.path),
            on=batch,
            facts={"source": batch.source},
        )
    return batch


def _keep_archive(batch: Batch, files: Any) -> None:
    name = plain_name(str(files.name))
    refusal = errors.TooMuch(what=f"“{name}”", limit=sized(archive.MOST_BYTES))
    batch.archive = places.keep(files, most=archive.MOST_BYTES, refusal=refusal)
    with places.as_path(batch.archive) as path, archive.opened(path, name):
        pass


def _must_hold_something(batch: Batch) -> None:
    with places.as_path(batch.content) as path:
        if next(wordpress.posts(path, batch.name), None) is None:
            raise errors.NothingToRead(where=f"“{batch.name}”")
