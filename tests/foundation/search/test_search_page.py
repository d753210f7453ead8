"""What the public sees of the search, without any script, whatever is typed."""

import re
from datetime import date
from html import unescape

import pytest
from django.core.cache import cache
from lxml import etree
from tests.factories import city, reader

from gongkai.foundation import clock
from gongkai.foundation.search import Document, Issuer, counting
from gongkai.foundation.search.engine import engine
from gongkai.foundation.search.models import CountedQuery
from gongkai.foundation.search.sources import Source, _sources
from gongkai.foundation.search.synonyms import forget_names

pytestmark = pytest.mark.django_db
COUNT = 45
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


@pytest.fixture
def index(settings, tmp_path, monkeypatch):
    settings.GONGKAI_SEARCH_INDEX = tmp_path
    forget_names()
    documents = {
        str(n): Document(
            "tests", str(n), f"第{n}号公告<b>：公租房</b>", f"/items/0/{n}/",
            text="申请公租房的\x07条件。", issuer=Issuer(n % 9, f"云川市第{n % 9}局"),
            genre="公告" if n % 3 else "通知", day=date(2020 + n % 5, 1, 1), number=f"云发〔2024〕{n}号",
        )
        for n in range(1, COUNT + 1)
    }  # fmt: skip
    source = Source("tests", "样本", lambda keys: [documents[k] for k in keys], lambda _: documents)
    monkeypatch.setitem(_sources, "tests", source)
    engine().write(documents.values(), [])
    cache.clear()


def text_of(response):
    return unescape(re.sub(r"<[^>]+>", "", response.content.decode()))


def test_facets_and_pages_are_links_that_lead_to_what_they_count(index, client):
    page = client.get("/search/", {"q": "公租房"})
    assert f"共 {COUNT} 条" in text_of(page)
    assert "&lt;b&gt;：<mark>公租房</mark>&lt;/b&gt;" in page.content.decode()
    links = re.findall(r'<a href="\?([^"]+)">通知 <span>(\d+)</span>', page.content.decode())
    assert [count for _, count in links] == ["15"]
    narrowed = client.get(f"/search/?{unescape(links[0][0])}")
    assert "共 15 条" in text_of(narrowed)
    assert "体裁：通知" in text_of(narrowed)
    last = client.get("/search/", {"q": "公租房", "page": "3"})
    assert len(re.findall(r"<li>\s*<h2>", last.content.decode())) == COUNT - 40
    dated = client.get("/search/", {"q": "公租房", "from": "2024-12-31", "to": "2024-01-01"})
    assert "共 9 条" in text_of(dated)
    assert "可以这样找" in text_of(client.get("/search/"))
    for typed in ("火星", "“火星”"):
        assert "没有找到“火星”" in text_of(client.get("/search/", {"q": typed}))


@pytest.mark.parametrize(
    "typed",
    ["就" * 10_000, "\x00\x00", "'; DROP TABLE items; --", "<script>alert(1)</script>", "title:(* AND ~^9", "😀" * 50, "%00%0a\ud800"],
    ids=["ten thousand characters", "null bytes", "SQL", "markup", "operators", "emoji", "half a surrogate"],
)  # fmt: skip
def test_nothing_that_is_typed_does_harm(index, client, typed):
    told = {"q": typed.encode("utf-8", "replace").decode(), "page": "-1", "year": typed[:9].encode("utf-8", "replace").decode()}  # fmt: skip
    page = client.get(
        "/search/", {**told, "organisation": "1|2", "from": "9999-99-99", "sort": "x"}
    )
    assert page.status_code == 200
    assert "<script>alert" not in page.content.decode()
    assert client.get("/search/suggest/", told).status_code == 200
    feed = client.get("/search/feed/", told)
    assert etree.fromstring(feed.content).tag == "{http://www.w3.org/2005/Atom}feed"


def test_a_search_can_be_followed_as_a_feed(index, client):
    feed = etree.fromstring(client.get("/search/feed/", {"q": "公租房", "genre": "通知"}).content)
    atom = "{http://www.w3.org/2005/Atom}"
    entries = feed.findall(f"{atom}entry")
    days = [entry.findtext(f"{atom}updated") for entry in entries]
    assert len(entries) == 15
    assert days == sorted(days, reverse=True)
    assert entries[0].find(f"{atom}link").get("href").startswith("http")
    nothing = etree.fromstring(client.get("/search/feed/", {"q": "火星"}).content)
    assert nothing.findtext(f"{atom}updated") < "2020"  # and not this moment, each time anew


def test_queries_are_counted_only_when_several_callers_typed_them(index, client):
    def typed_by(address, text):
        client.get("/search/", {"q": text}, REMOTE_ADDR=address)

    with clock.moved_to(date(2026, 3, 2)):
        for n in range(counting.KEPT_FROM - 1):
            typed_by(f"10.0.0.{n}", " 公租房 ")
            typed_by(f"10.0.0.{n}", "公租房")
        assert not CountedQuery.objects.exists(), "one caller typing it again is no further caller"
        for n in range(20, 23):
            typed_by(f"10.0.0.{n}", "公租房")
        for n in range(9):
            for personal in ("110101199003078515", "13800138000", "张某 a@b.cn", "人民路8号3室"):
                typed_by(f"10.0.1.{n}", personal)
            typed_by(f"10.0.1.{n}", "火星")
    told = set(CountedQuery.objects.values_list("text", "count", "results"))
    assert told == {("公租房", counting.KEPT_FROM + 2, COUNT), ("火星", 9, 0)}
    town = city()
    # signing in and reading happen at the same moment
    with clock.moved_to(date(2026, 3, 3)):
        client.force_login(reader("office", town.top).user, backend=BACKEND)
        desk = text_of(client.get("/desk/search-words/"))
    assert (
        desk.index("热搜词") < desk.index("公租房") < desk.index("无结果词") < desk.rindex("火星")
    )
    client.force_login(reader("clerk", town.finance).user, backend=BACKEND)
    assert client.get("/desk/search-words/").status_code in {302, 403}
