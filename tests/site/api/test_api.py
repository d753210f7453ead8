"""Open data: everything public, nothing else, in an order in which nothing is missed."""

import json
import re
from datetime import date, timedelta

import pytest
from django.core.cache import cache
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.factories.information import drafted, published, publishing_office, signed
from tests.factories.organisations import reader

from gongkai.domain.directory.models import Column
from gongkai.domain.information.actions import withdraw
from gongkai.domain.information.models import Item
from gongkai.domain.organisations.actions import amend_guide
from gongkai.domain.organisations.models import Guide
from gongkai.foundation import clock
from gongkai.foundation.trail.models import Record
from gongkai.site.api import journal, limits
from gongkai.site.api.actions import issue_key, revoke_key
from gongkai.site.api.models import Change, ExchangeKey

pytestmark = pytest.mark.django_db
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


@pytest.fixture
def office(settings, tmp_path):
    settings.GONGKAI_PUBLIC = None
    settings.GONGKAI_SEARCH_INDEX = tmp_path
    cache.clear()
    return publishing_office()


def ask(client, path, **told):
    answer = client.get(f"/api/v1/{path}", told)
    assert answer.status_code == 200, answer.content
    return answer.json()


def all_of(client, path, **told):
    """Return all rows, page by page."""
    rows, cursor = [], ""
    while cursor is not None:
        page = ask(client, path, cursor=cursor, **told)
        rows += page["items"]
        cursor = page["next"]
    return rows


def test_lists_are_complete_page_by_page_and_newest_first(office, client):
    for number in range(5):
        with clock.moved_to(date(2026, 3, 1) + timedelta(days=number // 2)):
            published(office, title=f"第{number}号公告")
    rows = all_of(client, "items", size=2)
    assert [row["title"] for row in rows] == [f"第{n}号公告" for n in (4, 3, 2, 1, 0)]
    assert all_of(client, "items", size=3, organisation=office.bureau.pk, year=2026) == rows
    assert all_of(client, "items", published_from="2026-03-03") == rows[:1]
    one = ask(client, f"items/{rows[0]['key']}")
    assert "防汛抗旱" in one["text"]
    assert {name: one[name] for name in rows[0]} == rows[0]
    assert (
        len(all_of(client, "columns", size=7))
        == Column.objects.open().filter(depth__gte=Column.SECTION_DEPTH).count()
    )
    names = [row["name"] for row in all_of(client, "organisations", size=1)]
    assert names == ["云川市人民政府", "云川市水利局"]
    assert all_of(client, "reports") == all_of(client, "obligations") == []


def test_who_follows_the_changes_knows_what_is_public(office, client):
    kept: dict[int, str] = {}

    def follow(cursor):
        more = True
        while more:
            page = ask(client, "changes", cursor=cursor, kind="item", size=2)
            for change in page["items"]:
                if change["gone"]:
                    kept.pop(change["key"], None)
                else:
                    kept[change["key"]] = change["data"]["title"]
            cursor, more = page["next"], page["more"]
        return cursor

    def public():
        return dict(Item.objects.public().values_list("pk", "title"))

    items = [published(office, title=f"第{n}号公告") for n in range(3)]
    cursor = follow("")
    assert kept == public()
    assert follow(cursor) == cursor
    drafted(office, title="草稿")
    withdraw(items[1], by=office.office, reason="内容有误")
    published(office, title="后来的公告")
    follow(cursor)
    assert kept == public()
    assert len(kept) == 3
    assert journal.complete() == 0
    Change.objects.all().delete()
    assert journal.complete() >= 3
    tomorrow = (clock.today() + timedelta(days=1)).isoformat()
    page = ask(client, "changes", since=f"{tomorrow}T00:00:00+08:00")
    assert page["items"] == []
    published(office, title="再后来的公告")
    later = ask(client, "changes", cursor=page["next"])
    assert [c["data"]["title"] for c in later["items"]] == ["再后来的公告"]


def test_who_follows_the_changes_hears_of_a_new_telephone_number(office, client):
    Guide.objects.get_or_create(organisation=office.bureau)
    journal.complete()
    cursor = ask(client, "changes", size=100)["next"]
    amend_guide(office.bureau.guide, facts={"telephone": "0000-7654321"}, by=None)
    (change,) = ask(client, "changes", cursor=cursor)["items"]
    assert (change["kind"], change["key"]) == ("organisation", office.bureau.pk)
    assert change["data"]["guide"]["telephone"] == "0000-7654321"


def test_nothing_that_is_not_public_comes_out_anywhere(office, client):
    secret = "绝不外露的标题"
    drafted(office, title=secret)
    in_review = drafted(office, title=secret)
    signed(office, in_review, by=("head",))
    gone = published(office, title=secret)
    withdraw(gone, by=office.office, reason="内容有误")
    kept = drafted(
        office, title=secret, publicity="on-request", ground="trade", ground_note="涉及第三方"
    )
    signed(office, kept)
    published(office, title="公开的公告")
    part = gone.pk // 1000
    addresses = [
        "/api/v1/items?full=true", "/api/v1/changes", "/api/v1/obligations", "/api/v1/columns", "/api/v1/search?q=外露",
        "/api/v1/search?q=公告", f"/data/items/{part}.jsonl", f"/data/items/{part}.csv", "/search/?q=外露", "/search/feed/",
        "/search/suggest/?q=绝不", *(f"/api/v1/items/{i.pk}" for i in (in_review, gone, kept)),
    ]  # fmt: skip
    for address in addresses:
        answer = client.get(address)
        assert answer.status_code in {200, 404}, address
        found = answer.content.decode().replace("“绝不", "")
        assert secret not in found.replace("外露”", ""), address
    lines = client.get(f"/data/items/{part}.jsonl").content.decode().splitlines()
    assert [json.loads(line)["title"] for line in lines] == ["公开的公告"]
    assert "公开的公告" in client.get(f"/data/items/{part}.csv").content.decode("utf-8-sig")


def test_too_many_requests_are_refused_and_a_key_raises_the_limit(office, client, monkeypatch):
    monkeypatch.setattr(limits, "PER_MINUTE", 3)
    told = [client.get("/api/v1/items").status_code for _ in range(4)]
    assert told == [200, 200, 200, 429]
    assert client.get("/api/v1/items", REMOTE_ADDR="10.9.8.7").status_code == 200
    key, word = issue_key("云岭省政务公开平台", "每日取数", by=reader("administrator", office.city))
    assert word not in f"{key.digest}{key.prefix}"
    signed_in = {"HTTP_AUTHORIZATION": f"Bearer {word}"}
    answer = client.get("/api/v1/items?size=500", **signed_in)
    assert (answer.status_code, answer["RateLimit-Limit"]) == (200, str(limits.PER_MINUTE_WITH_KEY))
    for wrong in (f"{word}x", "gk_", "Basic abc", "Bearer gk__", "Bearer \x00"):
        assert client.get("/api/v1/items", HTTP_AUTHORIZATION=wrong).status_code == 401
    revoke_key(key, by=reader("administrator", office.city))
    assert client.get("/api/v1/items", **signed_in).status_code == 401


odd = st.one_of(
    st.text(max_size=30), st.integers().map(str), st.sampled_from(["W10", "WzFd", "WyJ4Il0", "null", "-1", "1e9", "9" * 30])
)  # fmt: skip
NAMES = ["cursor", "size", "since", "kind", "organisation", "column", "year", "topic", "q", "page", "full", "published_from", "name"]  # fmt: skip


@given(
    st.sampled_from(["items", "organisations", "columns", "obligations", "reports", "changes", "search", "items/1", "organisations/x", "items/99999999999999999999"]),
    st.dictionaries(st.sampled_from(NAMES), odd, max_size=5),
)  # fmt: skip
@settings(
    max_examples=120, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_whatever_is_asked_there_is_an_answer_in_the_form_that_was_promised(client, path, told):
    cache.clear()
    answer = client.get(f"/api/v1/{path}", {k: v.encode("utf-8", "replace").decode() for k, v in told.items()})  # fmt: skip
    assert answer.status_code in {200, 404, 422}
    assert ("error" in answer.json()) == (answer.status_code != 200)


def test_people_and_machines_are_told_what_there_is(office, client):
    schema = client.get("/api/v1/openapi.json").json()
    page = client.get("/api/v1/").content.decode()
    assert schema["openapi"].startswith("3.")
    assert {f"/api/v1/{name}" for name in ("items", "changes", "search")} <= set(schema["paths"])
    assert all(path in page for path in schema["paths"])
    assert "http://testserver" not in page.replace("http://testserver/hant", "")
    catalogue = client.get("/api/v1/catalog.jsonld")
    assert catalogue["Content-Type"] == "application/ld+json"
    told = catalogue.json()["dcat:dataset"]
    links = [d.get("dcat:downloadURL", d.get("dcat:accessURL"))["@id"] for s in told for d in s["dcat:distribution"]]  # fmt: skip
    for link in links:
        assert client.get("/" + link.split("/", 3)[3]).status_code == 200, link


def test_whoever_harvests_the_catalogue_can_follow_what_it_names(office, client):
    told = client.get("/api/v1/catalog.jsonld").json()
    served = {each["@id"] for each in told["dcat:service"]["dcat:servesDataset"]}
    assert served == {each["@id"] for each in told["dcat:dataset"]}
    followed = [told["dct:language"]]
    for dataset in told["dcat:dataset"]:
        assert dataset["dcat:keyword"]
        assert dataset["dct:publisher"]["foaf:name"]
        assert dataset["dct:rights"]["@type"] == "dct:RightsStatement"
        followed.append(dataset["dct:accrualPeriodicity"])
        followed += [each["dcat:mediaType"] for each in dataset["dcat:distribution"]]
    assert all(each["@id"].startswith(("http://", "https://")) for each in followed)


def test_whoever_harvests_the_catalogue_knows_what_has_changed_since(office, client):
    def modified():
        told = client.get("/api/v1/catalog.jsonld").json()
        sets = {
            row["@id"].rpartition("/")[2]: row.get("dct:modified") for row in told["dcat:dataset"]
        }
        return told["dct:modified"]["@value"], sets["items"], sets["organisations"]

    with clock.moved_to(date(2026, 3, 1)):
        first = published(office, title="第一份公告")
    journal.complete()
    before = modified()
    with clock.moved_to(clock.today() + timedelta(days=40)):
        withdraw(first, by=office.office, reason="有误")
    whole, items, organisations = modified()
    assert items["@type"] == "xsd:dateTime"
    assert items["@value"] == whole > before[1]["@value"]
    assert organisations == before[2]


def test_programs_are_answered_in_json_also_where_nothing_is(office, client):
    answer = client.get("/api/v1/item")
    assert answer.status_code == 404
    assert "/api/v1/openapi.json" in answer.json()["error"]


@pytest.mark.parametrize("number", [7, 2**63 // 1000, 10**30])
def test_a_part_that_is_none_is_not_there(office, client, number):
    assert client.get(f"/data/items/{number}.csv").status_code == 404


def test_the_head_of_an_answer_can_be_asked_for(office, client):
    answer = client.head("/api/v1/items")
    assert answer.status_code == 200
    assert answer["RateLimit-Limit"] == "120"


@pytest.mark.parametrize(
    ("path", "said"),
    [
        ("items?organisation=abc", "organisation：应当是整数"),
        ("items?size=0", "size：不能小于 1"),
        ("items?published_from=2026-13-01", "published_from：应当是日期"),
        ("items?kind=x", "kind：只能是下列之一"),
        ("items?full=x", "full：应当是 true 或者 false"),
        ("changes?since=x", "since：应当是时刻"),
    ],
)
def test_a_wrong_parameter_is_told_in_chinese(office, client, path, said):
    answer = client.get(f"/api/v1/{path}")
    assert answer.status_code == 422
    (detail,) = answer.json()["details"]
    assert detail.startswith(said)
    assert "should" not in detail


def test_keys_are_given_out_and_taken_back_at_the_desk(office, client, monkeypatch):
    client.force_login(office.clerk.user, backend=BACKEND)
    assert client.get("/desk/exchange-keys/").status_code in {302, 403}
    administrator = reader("administrator", office.city)
    monkeypatch.setattr(
        "gongkai.foundation.permissions.reader.wants_second_factor", lambda _: False
    )
    client.force_login(administrator.user, backend=BACKEND)
    page = client.post("/desk/exchange-keys/new/", {"holder": "省平台", "purpose": "每日取数"})
    word = re.search(r'value="(gk_[^"]+)"', page.content.decode())[1]
    signed_in = {"HTTP_AUTHORIZATION": f"Bearer {word}"}
    assert client.get("/api/v1/items", **signed_in)["RateLimit-Limit"] == "3000"
    assert word not in client.get("/desk/exchange-keys/").content.decode()
    client.post(f"/desk/exchange-keys/{ExchangeKey.objects.get().pk}/revoke/")
    assert client.get("/api/v1/items", **signed_in).status_code == 401
    told = list(Record.objects.filter(event__startswith="api.").values_list("event", flat=True))
    assert sorted(told) == ["api.key-issued", "api.key-revoked"]
