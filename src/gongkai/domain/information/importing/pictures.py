"""Pictures in the texts of an old site, fetched from the organisation's own registered sites and from nowhere else."""

import hashlib
import html
import re
import shutil
import zipfile
from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from urllib.parse import unquote, urljoin, urlsplit

from django.conf import settings

from gongkai.core.cleaning import strip_metadata
from gongkai.core.cleaning.placed import as_shown
from gongkai.core.extraction.guarding import Guard
from gongkai.core.extraction.sources.errors import Unreadable
from gongkai.core.refusal import Refusal
from gongkai.domain.information.importing import archive, errors, places
from gongkai.domain.information.importing.bodies import IMAGE, source_of
from gongkai.domain.information.importing.models import Batch
from gongkai.domain.information.importing.reading import lines
from gongkai.domain.media.fetching import Fetcher
from gongkai.domain.media.models import Site
from gongkai.domain.media.models.site import host_of
from gongkai.foundation.attachments.kinds import ENDINGS, KINDS, PICTURES
from gongkai.foundation.attachments.sizes import sized
from gongkai.foundation.jobs.progress import Progress

MOST_PICTURES = 20_000
_SOURCE = re.compile(r"(\bsrc\s*=\s*)(?:\"[^\"]*\"|'[^']*'|[^\s>]+)", re.IGNORECASE)


def fetch_pictures(batch: Batch, progress: Progress, *, fetcher: Fetcher | None = None) -> None:
    """Fetch the pictures of *batch*, an old site's, and keep them as its archive; run again, it goes on.

    Whoever brought an archive has the pictures there. What cannot be had is counted with its line by the check.
    """
    if batch.source == Batch.Source.SHEET or batch.archive:
        return
    hosts = {
        host
        for site in Site.objects.open_on().filter(organisation=batch.organisation_id)
        for host in site.all_hosts
    }
    wanted = dict(_wanted(batch, hosts))
    if not wanted:
        return
    fetcher = fetcher or Fetcher(hosts)
    folder = folder_of(batch)
    folder.mkdir(parents=True, exist_ok=True)
    kept = {path: folder / hashlib.sha256(path.encode()).hexdigest() for path in wanted}
    progress.start(len(wanted), done=sum(place.exists() for place in kept.values()))
    with Guard() as guard:
        for path, address in wanted.items():
            if not kept[path].exists():
                _write(kept[path], _picture(address, fetcher, guard) or b"")
                progress.step(path)
    _keep(batch, kept, folder)


def folder_of(batch: Batch) -> Path:
    """Return where the pictures of *batch* stand until all are there."""
    return Path(settings.GONGKAI_UPLOADS) / f"import-{batch.pk}-pictures"


def absolute(body: str, address: str) -> str:
    """Return *body* with the whole address of each picture; *address* is that of its page."""

    def put(match: re.Match[str]) -> str:
        whole = html.escape(_whole(match[0], address))
        return _SOURCE.sub(lambda found: f'{found[1]}"{whole}"', match[0], count=1)

    return IMAGE.sub(put, body)


def _wanted(batch: Batch, hosts: set[str]) -> Iterator[tuple[str, str]]:
    """Yield the pictures on *hosts*: under which name the texts look for them, and their address."""
    count = 0
    with lines(batch) as raws:
        for raw in raws:
            for image in IMAGE.findall(raw.said.get("body", "")):
                address = _whole(image, raw.said.get("address", ""))
                path = unquote(urlsplit(address).path).lstrip("/.")
                kind = ENDINGS.get(PurePosixPath(path).suffix.lower().lstrip("."))
                if kind in PICTURES and host_of(address) in hosts and count < MOST_PICTURES:
                    count += 1
                    yield path, address


def _whole(image: str, address: str) -> str:
    try:
        whole = urljoin(address, html.unescape(source_of(image)).strip())
        urlsplit(whole)
    except ValueError:
        return ""
    return whole


def _picture(address: str, fetcher: Fetcher, guard: Guard) -> bytes | None:
    """Return the picture at *address*, if it is one that can be published."""
    try:
        found = fetcher.get(address)
        if found.status != 200 or host_of(found.address) not in fetcher.hosts:
            return None
        shown = guard.call(as_shown, found.content, None)
        if shown is None:
            return None
        kind = KINDS[ENDINGS[shown.ending]]
        if kind.key != "gif":
            guard.call(strip_metadata, shown.data, kind.media_type)
    except (Refusal, Unreadable):
        return None
    return shown.data


def _write(place: Path, data: bytes) -> None:
    fresh = place.with_suffix(".part")
    fresh.write_bytes(data)
    fresh.replace(place)


def _keep(batch: Batch, kept: dict[str, Path], folder: Path) -> None:
    """Make one archive of what was fetched; the check and the import look for pictures there."""
    whole = folder / "whole.zip"
    with zipfile.ZipFile(whole, "w", zipfile.ZIP_STORED) as packed:
        for path, place in kept.items():
            if place.stat().st_size:
                packed.write(place, path)
        found = len(packed.namelist())
    if found:
        refusal = errors.TooMuch(what="网站的图片", limit=sized(archive.MOST_BYTES))
        with whole.open("rb") as stream:
            batch.archive = places.keep(stream, most=archive.MOST_BYTES, refusal=refusal)
        batch.save(update_fields=["archive"])
    shutil.rmtree(folder)
