"""An item is found as soon as it is public, by what its attachments say, and never otherwise."""

import re
from datetime import date, timedelta
from html import unescape

import pytest
from django.core.files.base import ContentFile
from tests.factories.information import drafted, published, publishing_office, signed

from gongkai.domain.channels.models import Gazette, GazetteEntry
from gongkai.domain.channels.searching import documents as gazettes
from gongkai.domain.directory.actions.columns import amend
from gongkai.domain.directory.models import Column
from gongkai.domain.information.actions import Attached, withdraw
from gongkai.domain.information.portal.facets import search_in
from gongkai.domain.information.portal.sections import section_of
from gongkai.domain.information.searching import documents, keys, plain
from gongkai.foundation import clock
from gongkai.foundation.attachments import examine, receive
from gongkai.foundation.search.asking import ask
from gongkai.foundation.search.pending import drain
from gongkai.foundation.search.query import Query

pytestmark = pytest.mark.django_db


@pytest.fixture
def office(settings, tmp_path):
    settings.GONGKAI_PUBLIC = None
    settings.GONGKAI_SEARCH_INDEX = tmp_path
    return publishing_office()


def found(text):
    drain()
    return [document.key for document in ask(Query(text), literal=True).documents]


def test_what_is_public_is_found_and_what_is_withdrawn_is_not(office):
    item = drafted(
        office, title="关于水库移民的通知", keywords="后期扶持", document_number="云水发〔2026〕7号"
    )
    assert found("水库移民") == []
    signed(office, item, by=("head",))
    assert found("水库移民") == []
    signed_by_all = published(office, title="关于河长制的通知", keywords="后期扶持")
    assert found("后期扶持") == found("云川市水利局 河长") == [str(signed_by_all.pk)]
    assert "1" not in list(keys(str(signed_by_all.pk)))
    withdraw(signed_by_all, by=office.head, reason="内容有误")
    assert ask(Query("河长制")).documents == [], "even before the index is drained"
    assert found("河长制") == []


def test_attachments_are_found_by_the_text_of_their_public_copies(
    office, django_assert_num_queries
):
    stored = receive(ContentFile("工程,金额\n堤防加固,2\n".encode(), "清单.csv"), office.clerk)
    examine(stored)
    stored.refresh_from_db()
    item = drafted(office, files=[Attached(stored, "工程清单")])
    signed(office, item)
    assert found("工程清单") == found("堤防加固") == [str(item.pk)]
    with django_assert_num_queries(3):
        list(documents([str(item.pk), "999"]))
    # an original without a public copy is nobody's to find
    type(stored).objects.filter(pk=stored.pk).update(public_digest="")
    assert "堤防加固" not in next(documents([str(item.pk)])).text


def test_each_facet_of_a_column_leads_to_as_many_results_as_it_says(office, client):
    published(office, title="关于灌区节水的通知", genre="notice", topic="t01-01")
    for number in range(2):
        published(office, title=f"水资源公报第{number}期", genre="communique", topic="t02")
    drain()
    page = client.get(f"/columns/{office.column.pk}/").content.decode()
    told = re.findall(r'<a href="(/search/\?[^"]+)">([^<]+) <span>(\d+)</span>', page)
    assert len(told) >= 4
    for href, label, count in told:
        results = client.get(unescape(href)).content.decode()
        assert f"共 <strong>{count}</strong> 条" in results, label
        assert f"栏目：{office.column.title}" in results


def test_a_column_can_be_narrowed_to_what_is_in_force(office, client):
    today = clock.today()
    for title, ends in (("供水办法", None), ("节水办法", today - timedelta(days=1))):
        published(office, title=title, kind="normative", effective_on=date(2020, 1, 1), expires_on=ends)  # fmt: skip
    published(office, title="不是规范性文件")
    drain()
    page = client.get(f"/columns/{office.column.pk}/").content.decode()
    told = dict(
        re.findall(r'<a href="(/search/\?[^"]+validity[^"]+)">([^<]+) <span>1</span>', page)
    )
    assert sorted(told.values()) == ["失效", "现行有效"]
    (href,) = [href for href, label in told.items() if label == "失效"]
    results = client.get(unescape(href)).content.decode()
    assert "节水办法" in results
    assert "供水办法" not in results


def test_two_columns_of_an_office_with_one_title_are_two_columns(office, client):
    other = Column.objects.of(office.bureau).get(key="news")
    amend(other, facts={"title": office.column.title}, by=office.office)
    published(office, title="甲栏的通知")
    published(office, title="乙栏的通知", column=other)
    drain()
    results = client.get(search_in(section_of(office.bureau).by_key[other.pk])).content.decode()
    assert "乙栏的通知" in results
    assert "甲栏的通知" not in results


def test_markup_of_a_body_becomes_lines():
    html = (
        "<p>一、<strong>总则</strong></p><table><tr><td>甲</td><td>1&nbsp;&lt;2</td></tr></table>"
    )
    assert plain(html) == "一、总则\n甲\n1\xa0<2"


def test_an_issue_of_the_gazette_is_found_by_what_is_public_in_it(office):
    item, gone = published(office), published(office, title="后来撤回的通知")
    issue = Gazette.objects.create(
        organisation=office.city, title="云川市人民政府公报", year=2026, number=1, total=1,
        day=date(2026, 1, 30), by=office.office.user, issued_at=clock.now(),
    )  # fmt: skip
    for place, each in enumerate((item, gone)):
        GazetteEntry.objects.create(gazette=issue, item=each, section="文件", place=place)
    withdraw(gone, by=office.head, reason="内容有误")
    (told,) = gazettes([str(issue.pk)])
    assert (told.title, told.text) == ("云川市人民政府公报2026年第1期", item.title)
    drain()
    results = ask(Query("zhengfu gongbao"))
    assert (results.corrected, results.documents[0].url) == ("政府公报", issue.address)
