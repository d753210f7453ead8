"""The organisation's own old site, page by page, as its site map lists them."""

import json
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urljoin, urlsplit

from django.conf import settings
from lxml import etree

from gongkai.core.inspection import read_article
from gongkai.core.refusal import Refusal
from gongkai.domain.information.importing import errors, places, tables
from gongkai.domain.information.importing.models import Batch
from gongkai.domain.information.importing.pictures import absolute
from gongkai.domain.media.errors import Forbidden, Unreachable
from gongkai.domain.media.fetching import Fetcher
from gongkai.domain.media.models import Site
from gongkai.domain.media.models.site import host_of
from gongkai.domain.organisations.models import Organisation
from gongkai.foundation import clock
from gongkai.foundation.jobs.progress import Progress

MOST_MAPS = 50
_XML = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)


def site_of(organisation: Organisation, address: str) -> Site:
    """Return the open site of *organisation* itself on which *address* stands.

    Raises:
        SiteNotOurs: There is none in the register.
    """
    host = host_of(address)
    for site in Site.objects.open_on().filter(organisation=organisation):
        if host and host in site.all_hosts:
            return site
    raise errors.SiteNotOurs(address=address[:80])


def fetch(batch: Batch, progress: Progress, *, fetcher: Fetcher | None = None) -> None:
    """Fetch what the site map lists and keep it as the content of *batch*; run again, it goes on.

    Raises:
        SiteNotOurs: The site was taken off the register meanwhile.
        NothingToRead: There is no site map, or no document on any page.
    """
    site = site_of(batch.organisation, batch.address)
    fetcher = fetcher or Fetcher(site.all_hosts)
    place = Path(settings.GONGKAI_UPLOADS) / f"import-{batch.pk}.jsonl"
    place.parent.mkdir(parents=True, exist_ok=True)
    done = _addresses_in(place)
    wanted = list(dict.fromkeys(_listed(batch.address, fetcher)))[: tables.MOST_ROWS]
    if not wanted:
        raise errors.NothingToRead(where=f"{site.host} 的网站地图")
    progress.start(len(wanted), done=sum(address in done for address in wanted))
    with place.open("a", encoding="utf-8") as stream:
        for address in wanted:
            if address in done:
                continue
            line = _read(address, fetcher)
            # a page that holds no document is remembered, too, so that it is not asked for again
            stream.write(
                json.dumps(line or {"address": address, "": "none"}, ensure_ascii=False) + "\n"
            )
            stream.flush()
            progress.step(urlsplit(address).path)
    _keep(batch, place, site)


def _keep(batch: Batch, place: Path, site: Site) -> None:
    whole = place.with_suffix(".whole")
    count = 0
    with place.open(encoding="utf-8") as lines, whole.open("w", encoding="utf-8") as kept:
        for line in lines:
            if "" not in json.loads(line):
                kept.write(line)
                count += 1
    try:
        if not count:
            raise errors.NothingToRead(where=site.host)
        with whole.open("rb") as stream:
            refusal = errors.TooMuch(what="网站的内容", limit="500 MB")
            batch.content = places.keep(stream, most=500 * 2**20, refusal=refusal)
        batch.state = Batch.State.CHECKING
        batch.save(update_fields=["content", "state"])
    finally:
        whole.unlink()
    place.unlink()


def _addresses_in(place: Path) -> set[str]:
    if not place.is_file():
        return set()
    found: set[str] = set()
    kept: list[str] = []
    for line in place.read_text("utf-8").splitlines():
        try:
            found.add(json.loads(line)["address"])
        except (ValueError, KeyError):
            continue  # the last line of a server that died while writing
        kept.append(line)
    place.write_text("".join(f"{line}\n" for line in kept), "utf-8")
    return found


def _listed(address: str, fetcher: Fetcher) -> Iterator[str]:
    """Yield the pages of the site map at *address*, or of the site's usual one."""
    first = address if urlsplit(address).path.endswith(".xml") else urljoin(address, "/sitemap.xml")
    waiting, seen = [first], set[str]()
    while waiting and len(seen) < MOST_MAPS:
        here = waiting.pop(0)
        if here in seen:
            continue
        seen.add(here)
        for kind, found in _in_map(here, fetcher):
            if host_of(found) not in fetcher.hosts:
                continue
            if kind == "sitemap":
                waiting.append(found)
            else:
                yield found


def _in_map(address: str, fetcher: Fetcher) -> Iterator[tuple[str, str]]:
    try:
        found = fetcher.get(address)
        root = etree.fromstring(found.content, _XML) if found.status == 200 else None
    except (Unreachable, Forbidden, etree.XMLSyntaxError, ValueError):
        return
    if root is None or root.getroottree().docinfo.doctype:
        return
    for entry in root:
        if not isinstance(entry.tag, str):
            continue
        kind = etree.QName(entry).localname
        place = next(
            (c.text for c in entry if isinstance(c.tag, str) and etree.QName(c).localname == "loc"),
            None,
        )
        if kind in {"url", "sitemap"} and place:
            yield kind, place.strip()


def _read(address: str, fetcher: Fetcher) -> dict[str, str] | None:
    try:
        found = fetcher.get(address)
    except Refusal:
        return None
    if not found.is_page or host_of(found.address) not in fetcher.hosts:
        return None
    article = read_article(found.content, found.address, today=clock.today())
    if article is None:
        return None
    return {
        "title": article.title,
        "address": address,
        "body": absolute(article.body, found.address),
        "published_on": article.day.isoformat() if article.day else "",
        "document_number": article.number,
        "source": article.source,
        "editor": article.author,
        "column": article.column,
        "keywords": article.keywords,
    }
