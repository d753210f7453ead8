"""What people write stays what they wrote: no text of any field becomes markup on any page.

Every text column of every model of the offices' work is filled with a piece of markup that also breaks
out of attributes; then the public's pages, feeds and screens and the desk's pages are asked for, following links.
"""

import re
from datetime import date
from urllib.parse import urlsplit

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import DatabaseError, models, transaction
from django.test import Client
from django.urls import URLResolver, get_resolver
from tests.factories.directories import adopted, line
from tests.factories.information import drafted, published, publishing_office, signed

from gongkai.domain.channels.actions import compose, include, issue, plan
from gongkai.domain.channels.actions.screens import put_up
from gongkai.domain.information.actions import submit, withdraw
from gongkai.domain.information.models import Item
from gongkai.foundation.accounts.models import User
from gongkai.foundation.notices.actions import notify
from gongkai.foundation.publicfiles.rebuilding import all_pages
from gongkai.oversight.reports.actions import open_round

pytestmark = pytest.mark.django_db
RAW = re.compile(r"<gk\b|x777777")
"""Markup as it was written, or the product in it worked out: long enough that no random token holds it by chance."""
SEEN = re.compile(r"&lt;gk&gt;(\d+)x")
LABELS = (
    "gongkai.domain.",
    "gongkai.foundation.notices",
    "gongkai.foundation.accounts",
)
KEYS = {
    *(
        "slug",
        "url_path",
        "path",
        "digest",
        "public_digest",
        "source_digest",
        "username",
        "password",
    ),
    *("key", "secret", "translation_key", "draft_title", "identity", "scope", "subject_type"),
    *("Column.basis", "Alteration.ground", "Change.ground", "SigningTask.role", "Notice.href"),
    *("Item.topic", "Item.genre", "Item.ground", "IndexRule.template", "Organisation.division"),
}
"""Texts that only the program writes, and looks things up by."""
LINK = re.compile(r"""href="([^"#]+)""")
PAGES = (
    "text/html",
    "text/xml",
    "application/xml",
    "application/atom+xml",
    "application/rss+xml",
    "image/svg+xml",
)
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
MOST = 150
"""Pages that are looked at on either side of the counter, one of each shape."""
KEYED = re.compile(r"/(?:cells|templates)/.+|/[\w-]+\.[\w.-]+(?=/)")


def mark(number):
    """Return what breaks out of a text, an attribute and a template; *number* tells it again."""
    return f"\"'><gk>{number}x{{{{777*1001}}}}</gk>"


MARK = mark(0)


def texts(model):
    """Return the names of the columns of *model* that hold what somebody wrote."""
    return [
        field.name
        for field in model._meta.concrete_fields
        if isinstance(field, models.CharField | models.TextField)
        and not isinstance(field, models.URLField | models.SlugField | models.FileField)
        and not {field.name, f"{model.__name__}.{field.name}"} & KEYS
        and not field.choices
        and not field.primary_key
    ]


def fill_everything():
    """Write a mark into every text of every row; return what could be filled, by the numbers of the marks."""
    filled = {}
    for model in apps.get_models():
        if not model.__module__.startswith(LABELS) or not model.objects.exists():
            continue
        for name in texts(model):
            field = model._meta.get_field(name)
            try:
                with transaction.atomic():
                    first = model.objects.order_by("pk").first()
                    told = mark(len(filled) + 1)[: field.max_length or None]
                    rows = (
                        model.objects.filter(pk=first.pk) if field.unique else model.objects.all()
                    )
                    rows.update(**{name: told})
                    filled[len(filled) + 1] = f"{model.__name__}.{name}"
            except DatabaseError:
                continue  # what was signed or issued stays; these texts go in by the actions
    return filled


def an_office_with_everything():
    office = publishing_office()
    told = {
        "title": f"通知{MARK}",
        "body": f"<p>{MARK}</p><gk onclick='x'>x</gk>",
        "summary": MARK,
        "keywords": MARK,
    }
    told |= {
        "document_number": f"云水〔2026〕3号{MARK}",
        "source": MARK,
        "kind": "normative",
        "made_on": date(2026, 1, 1),
    }
    item = published(office, **told)
    withdrawn = published(office, **told)
    withdraw(withdrawn, by=office.head, reason=MARK)
    signed(office, drafted(office, **told, publicity="closed", ground="internal", ground_note=MARK))
    submit(drafted(office, **told), by=office.clerk)
    adopted(office.bureau, [line(MARK, body=MARK)])
    facts = {
        "title": MARK,
        "year": 2026,
        "number": 1,
        "total": 1,
        "day": date(2026, 2, 1),
        "print_run": 10,
    }
    gazette = compose(office.city, by=office.office, **facts)
    include(gazette, [item], by=office.office)
    issue(gazette, by=office.office)
    screens = [
        put_up(office.bureau, by=office.office, kind=kind, name=MARK, line=MARK).key
        for kind in ("screen", "kiosk")
    ]
    plan(item, ["weibo"], by=office.clerk)
    open_round(office.city, 2025, by=office.office)
    notify([office.office.user], MARK, href="/desk/")
    return screens, office.office.user.pk


def doors(resolver=None, before="/"):
    """Yield every address of ours that needs no key."""
    for pattern in (resolver or get_resolver()).url_patterns:
        route = before + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from doors(pattern, route)
        elif pattern.lookup_str.startswith("gongkai.") and re.fullmatch(r"[\w/-]*", route):
            yield route


def walk(client, begun, most, below):
    """Yield address and text of *begun* and of what is linked from there."""
    waiting, seen = list(begun), set()
    while waiting and len(seen) < most:
        address = waiting.pop(0)
        shape = KEYED.sub("/0", re.sub(r"\d+", "0", address))
        if shape in seen or "logout" in address:
            continue
        seen.add(shape)
        answer = client.get(address)
        assert answer.status_code < 500, address
        body = b"".join(answer.streaming_content) if answer.streaming else answer.content
        if not answer.get("Content-Type", "").startswith(PAGES):
            continue
        text = body.decode("utf-8", "replace")
        yield address, text
        for href in LINK.findall(text):
            place = urlsplit(href.replace("&amp;", "&"))
            if not place.netloc and place.path.startswith(below):
                waiting.append(place.path)


def test_no_text_that_somebody_wrote_becomes_part_of_a_page(settings, tmp_path):
    settings.GONGKAI_SEARCH_INDEX = tmp_path / "search"
    screens, officer = an_office_with_everything()
    filled = fill_everything()
    call_command("search_index", verbosity=0)
    desk = Client()
    desk.force_login(User.objects.get(pk=officer), backend=BACKEND)
    behind = [door for door in doors() if door.startswith("/desk/")]
    begun = [*all_pages(), *(door for door in doors() if door not in behind)]
    begun += [f"/{kind}/{key}/" for kind in ("screens", "kiosk") for key in screens]
    begun += [f"/search/?q={word}" for word in ("通知", "%22%27%3E%3Cgk%3E")]
    begun += [item.address for item in Item.objects.all()]
    executed, seen = [], []
    for client, start, most, below in (
        (
            Client(),
            begun,
            MOST,
            ("/items", "/columns", "/organisations", "/gazette", "/directories"),
        ),
        (desk, ["/desk/", *behind], MOST, ("/desk/",)),
    ):
        found = set()
        for address, text in walk(client, start, most, below):
            found |= {int(number) for number in SEEN.findall(text)}
            if raw := RAW.search(text):
                executed.append(f"{address}: …{text[max(0, raw.start() - 80) : raw.end()]}…")
        seen.append({filled[number] for number in found if number})
    assert executed == []
    # the mark is really there to be seen, on either side of the counter
    # the marks are really there to be seen, on either side of the counter
    public, inside = seen
    assert public >= {"Organisation.name", "Column.title", "Guide.office", "Gazette.title", "Screen.line"}  # fmt: skip
    assert inside >= {"User.name", "Notice.text", "Review.title", "Release.text", "SigningTask.name"}  # fmt: skip
    assert (len(public) > 25, len(inside) > 35) == (True, True), seen
