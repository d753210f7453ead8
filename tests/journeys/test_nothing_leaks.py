"""What is not public cannot be found: by any address, search, feed, interface, site map, dump, file or screen.

One office, one item in every state in which it must not be seen, each with a mark of its own in title, text, summary,
keywords, number, file name and file. Then everything that the public can ask for is asked for: every public address of the
URL configuration with every key there is, every link from there, every file on the disk. A public item
with a mark of its own shows that each of the ways would have found the others.
"""

import gzip
import itertools
import re
from collections import deque
from datetime import date, datetime, timedelta
from html import unescape
from urllib.parse import unquote, urlsplit

import pytest
from django.core.files.base import ContentFile
from django.core.management import call_command
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver
from django.utils import timezone
from tests.factories.applications import applied, closed
from tests.factories.information import drafted, published, publishing_office, signed

from gongkai.domain.applications.actions import (
    decline_publication,
    put_into_log,
    set_log,
    suggest_publication,
    take_out_of_log,
)
from gongkai.domain.applications.models import LogEntry
from gongkai.domain.channels.actions.screens import put_up
from gongkai.domain.directory.models import Column
from gongkai.domain.information.actions import (
    Attached,
    expire_due,
    recall,
    save,
    submit,
    withdraw,
)
from gongkai.domain.information.models import Item, Status
from gongkai.domain.information.portal import addresses as public_addresses
from gongkai.domain.organisations.models import Organisation
from gongkai.domain.review.actions import return_
from gongkai.foundation import clock
from gongkai.foundation.attachments import receive
from gongkai.site.api import dumps

pytestmark = pytest.mark.django_db(transaction=True)
DAY = date(2026, 3, 2)
PUBLIC = "MARKPUBLIC"
BEHIND_A_DOOR = ("desk/", "account/", "health/")
HIDDEN = [
    f"MARK{state}"
    for state in (
        *("DRAFT", "REVIEW", "RETURNED", "COMMENT", "RECALLED", "REQUEST", "CLOSED"),
        *("SCHEDULED", "WITHDRAWN", "EXPIRED", "BEFORE", "LATER"),
        # of applications: nothing, but what an official wrote for the public log
        *("APPLICANT", "MATTER", "SUGGESTION", "REFUSAL", "UNLOGGED", "SHUT"),
    )
]
LINK = re.compile(r"""(?:href|src)="([^"#]+)|<loc>([^<]+)|"(/[^"\s]+)"|<(?:id|link)>([^<]+)""")
NOT_FOLLOWED = ("/static/", "/desk/", "/account/", "/search/", "/hant/search/")
MOST = 700
"""Pages after which no further links are followed."""


@pytest.fixture
def office(settings, tmp_path):
    settings.GONGKAI_PUBLIC = tmp_path / "public"
    settings.GONGKAI_SEARCH_INDEX = tmp_path / "search"
    with clock.moved_to(DAY):
        yield publishing_office()


def marked(mark, **facts):
    """Return the values of an item that carries *mark* wherever it can."""
    return {
        "title": f"防汛通知{mark}",
        "body": f"<p>防汛工作安排{mark}。</p>",
        "summary": f"摘要{mark}",
        "keywords": f"防汛 {mark}",
        "document_number": f"云水〔2026〕{mark}号",
        "source": f"来源{mark}",
        "kind": "normative",
        "made_on": DAY,
        "files": [attachment(mark)],
        **facts,
    }


def attachment(mark):
    upload = ContentFile(f"附件正文{mark}".encode(), name=f"附件{mark}.txt")
    return Attached(receive(upload, None, at_once=True), f"附件{mark}")


def everything_hidden(office):
    """Make one item in every state in which nobody may see it."""
    grounds = {"ground": "internal", "ground_note": "内部事项"}
    tomorrow = timezone.make_aware(datetime(2026, 3, 9, 8))  # noqa: DTZ001  # made aware here
    evening = clock.now() + timedelta(hours=1)

    drafted(office, **marked("MARKDRAFT"))
    submit(drafted(office, **marked("MARKREVIEW")), by=office.clerk)
    review = submit(drafted(office, **marked("MARKRETURNED")), by=office.clerk)
    return_(review, by=office.head, digest=review.digest, comment="MARKCOMMENT")
    taken = drafted(office, **marked("MARKRECALLED"))
    submit(taken, by=office.clerk)
    recall(taken, by=office.clerk)
    signed(office, drafted(office, **marked("MARKREQUEST", publicity="on-request", **grounds)))
    signed(office, drafted(office, **marked("MARKCLOSED", publicity="closed", **grounds)))
    signed(office, drafted(office, **marked("MARKSCHEDULED", go_live_at=tomorrow)))
    withdraw(published(office, **marked("MARKWITHDRAWN")), by=office.head, reason="内容有误")
    published(office, **marked("MARKEXPIRED", expire_at=evening))
    with clock.moved_to(DAY + timedelta(days=1)):
        assert expire_due() == 1
    # what is public now was another before, and is to be another soon
    corrected = published(office, **marked("MARKBEFORE", keywords="防汛"))
    save(corrected, by=office.clerk, values=correction("MARKNOW"), files=[])
    signed(office, corrected, reason="更正")
    save(corrected, by=office.clerk, values=correction("MARKLATER"))
    submit(corrected, by=office.clerk, reason="再次更正")


def asked_for(office):
    """Make applications with a mark in each thing that only the applicant and the office know; one is in the log."""
    summaries = ("MARKPUBLIC", "MARKUNLOGGED", "MARKSHUT")
    for summary in summaries:
        row = applied(office, matter="防汛通知MARKMATTER", name="防汛MARKAPPLICANT")
        closed(office, row, "granted")
        suggest_publication(row, "防汛MARKSUGGESTION")
        decline_publication(row, by=office.clerk, reason="防汛MARKREFUSAL")
        unit = office.city if summary == "MARKSHUT" else office.bureau
        set_log(office.bureau, by=office.office, is_open=True)
        put_into_log(row, by=office.clerk, summary=f"防汛通知{summary}")
        LogEntry.objects.filter(application=row).update(organisation=unit)
        if summary == "MARKUNLOGGED":
            take_out_of_log(row, by=office.clerk)


def correction(mark):
    told = marked(mark)
    return {
        name: told[name] for name in ("title", "body", "summary", "document_number", "source")
    } | {"keywords": "防汛"}


def patterns(resolver, before=""):
    """Yield every public address pattern with its converters."""
    for pattern in resolver.url_patterns:
        route = before + str(pattern.pattern)
        if route.startswith(BEHIND_A_DOOR):
            continue
        if isinstance(pattern, URLResolver):
            yield from patterns(pattern, route)
        elif isinstance(pattern, URLPattern):
            yield route


PARTS = (dumps.PER_PART, public_addresses.PER_SHARD)
"""How many keys a part of the dumps and of the site map has."""


def addresses(office, screens):
    """Yield every public address with every key there is."""
    items = Item.objects.values_list("pk", flat=True)
    keys = {
        "items": items,
        "columns": [office.column.pk, *Column.objects.sections().values_list("pk", flat=True)[:2]],
        "organisations": Organisation.objects.values_list("pk", flat=True),
        "requests": Organisation.objects.values_list("pk", flat=True),
    }
    files = ("PUBLIC", "DRAFT", "SCHEDULED", "WITHDRAWN", "EXPIRED", "BEFORE", "LATER")
    names = [f"附件MARK{state}.txt" for state in files]
    told = {
        "section": ["policy", "guide", "system", "statutory", "annual", "apply"],
        "format": ["csv", "jsonl", "json", "xlsx"],
        "name": [*names, "items", "columns", "organisations", "reports", "obligations"],
        "folder": [0],
        "number": sorted({0, 1, 2, *(key // size for key in items for size in PARTS)}),
        "item": items,
        "column": keys["columns"],
        "organisation": keys["organisations"],
        "address": ["items/0/1/"],
        "year": [2026],
        "field": ["budget"],
        "secret": ["x"],
        "act": ["supplement"],
    }
    for route in patterns(get_resolver()):
        gaps = re.findall(r"<(?:\w+:)?(\w+)>", route)
        first = route.split("/")[0] if "/v1/" not in route else "items"
        values = [
            screens
            if gap == "key" and first in {"screen", "kiosk"}
            else keys.get(first, [1])
            if gap == "key"
            else told[gap]
            for gap in gaps
        ]
        for chosen in itertools.product(*values):
            address = route
            for gap, value in zip(gaps, chosen, strict=True):
                address = re.sub(rf"<(?:\w+:)?{gap}>", str(value), address)
            yield "/" + address.lstrip("/")


def searches(marks):
    """Yield every way to ask for a word."""
    for word in ("防汛", "附件", *marks):
        yield f"/search/?q={word}"
        yield f"/search/suggest/?q={word}"
        yield f"/search/feed/?q={word}"
        yield f"/api/v1/search?q={word}"
        yield f"/api/v1/items?q={word}"


def ask(client, address):
    """Return what is answered: as it came, for its links, and in words, for the marks."""
    answer = client.get(address)
    body = b"".join(answer.streaming_content) if answer.streaming else answer.content
    assert answer.status_code < 500, address
    raw = unescape(body.decode("utf-8", "replace"))
    words = unquote(raw)
    if answer.status_code in {
        404,
        410,
    }:  # what is not there may be called by the name that it was asked by
        words = words.replace(unquote(urlsplit(address).path).rpartition("/")[2] or address, "")
    # a search page repeats what was asked for; that is no find
    asked = unquote(urlsplit(address).query.partition("q=")[2])
    return raw, words.replace(asked, "") if asked.startswith("MARK") else words


def walk(client, begun):
    """Yield every page that can be come to, with its words; what is searched for is begun with."""
    waiting, seen = deque(begun), set(begun)
    while waiting:
        address = waiting.popleft()
        raw, words = ask(client, address)
        yield address, words
        for found in LINK.findall(raw):
            link = next(filter(None, found)).replace("http://testserver", "")
            link = link.replace("http://localhost:8000", "")
            away = not link.startswith("/") or link.startswith(("//", *NOT_FOLLOWED))
            if not away and link not in seen and len(seen) < MOST:
                seen.add(link)
                waiting.append(link)


def on_the_disk(folder):
    """Yield every file that a web server could deliver, with its text and its name."""
    for place in sorted(folder.rglob("*")):
        if place.is_file():
            body = place.read_bytes()
            body = gzip.decompress(body) if place.suffix == ".gz" else body
            yield str(place), f"{place.name} {body.decode('utf-8', 'replace')}"


def test_what_is_not_public_cannot_be_found_anywhere(office, settings):
    shown = published(office, **marked(PUBLIC))
    everything_hidden(office)
    asked_for(office)
    screens = [
        put_up(unit, by=office.office, kind=kind, name=kind, line="").key
        for unit, kind in ((office.city, "screen"), (office.bureau, "kiosk"))
    ]
    call_command("search_index", verbosity=0)
    call_command("public_pages", verbosity=0)
    assert Item.objects.filter(live=False).count() == 9
    assert Item.objects.get(status=Status.SCHEDULED).title.endswith("SCHEDULED")

    begun = [*addresses(office, screens), *searches([PUBLIC, *HIDDEN])]
    begun += [f"/hant{item.address}" for item in Item.objects.all()]
    found_at = set()
    for address, text in itertools.chain(
        walk(Client(), begun), on_the_disk(settings.GONGKAI_PUBLIC)
    ):
        leaked = [mark for mark in HIDDEN if mark in text]
        assert not leaked, f"{address} shows {leaked}"
        if PUBLIC in text:
            found_at.add(re.sub(r"\d+", "0", urlsplit(address).path))

    item = re.sub(r"\d+", "0", shown.address)
    for way in (
        item,
        "/hant" + item,
        "/columns/0/",
        "/columns/0/feed.xml",
        "/organisations/0/",
        "/feed.xml",
        "/",
        "/search/",
        "/search/feed/",
        "/api/v0/items",
        "/api/v0/search",
        "/requests/0/",
        "/data/items/0.csv",
    ):
        assert way in found_at, f"{way} does not even show what is public: {sorted(found_at)}"
    assert any(f"{item}files/" in address for address in found_at)
    assert any(address.startswith("/kiosk/") for address in found_at)
    assert any(address.endswith("content.json") for address in found_at)
