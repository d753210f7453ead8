"""A gazette is put together from what is public, appears with page numbers, and never shows what was taken back."""

from datetime import date
from io import BytesIO

import pypdfium2
import pytest
from django.test import Client
from tests.factories.information import drafted, published, publishing_office, signed
from tests.factories.organisations import OrganisationFactory, PostFactory

from gongkai.domain.channels import errors, queries
from gongkai.domain.channels.actions import arrange, compose, drop, include, issue, revise
from gongkai.domain.channels.models import Gazette, Release, State
from gongkai.domain.channels.public_pages import all_pages
from gongkai.domain.information.actions import save, withdraw
from gongkai.foundation import clock
from gongkai.foundation.figures import Period, sources
from gongkai.foundation.permissions import NotAllowed, Reader
from gongkai.foundation.publicfiles.models import OutdatedPage
from gongkai.foundation.trail.models import Record

pytestmark = pytest.mark.django_db
DAY = date(2025, 3, 31)
FACTS = {
    "title": "云川市人民政府公报",
    "year": 2025,
    "number": 1,
    "total": 87,
    "day": DAY,
    "print_run": 6245,
}


@pytest.fixture
def office():
    with clock.moved_to(DAY):
        yield publishing_office()


@pytest.fixture
def documents(office):
    """Two documents and a notice, all public."""
    told = [
        (
            "云川市水利局关于水库管理的通知",
            {"kind": "normative", "document_number": "云水〔2025〕1号"},
        ),
        ("云川市供水管理办法", {"kind": "rule", "document_number": "云川市人民政府令第1号"}),
        ("关于停水检修的公告", {}),
    ]
    body = "<p>各县（市、区）人民政府：</p><p>{}的全文，&lt;script&gt;。</p>"
    return [published(office, title=t, body=body.format(t), **facts) for t, facts in told]


def text_of(content: bytes) -> list[str]:
    pdf = pypdfium2.PdfDocument(BytesIO(content))
    return [page.get_textpage().get_text_range().replace("\r\n", "") for page in pdf]


def test_an_issue_from_the_first_document_to_the_public_page(office, documents):
    normative, rule, notice = documents
    draft = drafted(office, title="还没有公开的办法", kind="rule")
    with pytest.raises(NotAllowed):
        compose(office.city, by=office.clerk, **FACTS)
    gazette = compose(office.city, by=office.office, **FACTS)
    assert [item.pk for item in queries.candidates(gazette)] == [rule.pk, normative.pk]
    assert [i.pk for i in queries.candidates(gazette, text="停水检修")] == [notice.pk]
    with pytest.raises(errors.NotForGazette, match="还没有公开"):
        include(gazette, [draft], by=office.office)
    include(gazette, [normative, notice, rule], by=office.office)
    entries = list(gazette.entries.order_by("place"))
    assert [(e.item_id, e.section) for e in entries] == [
        (rule.pk, "政府规章"),
        (normative.pk, "部门规范性文件"),
        (notice.pk, "公告公示"),
    ]
    by_hand = [
        (e.pk, "市政府文件" if e.item_id == rule.pk else e.section) for e in reversed(entries)
    ]
    arrange(gazette, by_hand, by=office.office)
    with pytest.raises(errors.NoSuchEntry):
        arrange(gazette, [(entries[0].pk, "x"), (entries[0].pk, "y")], by=office.office)
    revise(gazette, by=office.office, print_run=6300)
    public = Client()
    assert public.get(gazette.address).status_code == 404
    issue(gazette, by=office.office)
    gazette.refresh_from_db()
    assert {gazette.address, gazette.file_address} < set(all_pages())
    placed = list(gazette.entries.order_by("place").values_list("item", "section", "page"))
    assert [(item, section) for item, section, _ in placed] == [
        (notice.pk, "公告公示"),
        (normative.pk, "部门规范性文件"),
        (rule.pk, "市政府文件"),
    ]
    pages = text_of(public.get(gazette.file_address).content)
    assert "2025年第1期（总第87期）" in pages[0]
    assert "印数：6300份" in pages[0].replace(" ", "")
    for item, _, page in placed:
        title = next(document.title for document in documents if document.pk == item)
        assert title in pages[1 + page], "the contents and the printed page agree"
    assert "<script>" in "".join(pages), "what people wrote is words, not markup"
    html = public.get(gazette.address).content.decode()
    assert all(document.title in html for document in documents)
    assert "<script>。" not in html
    releases = Release.objects.filter(outlet="gazette")
    assert set(releases.values_list("state", "on")) == {(State.DONE, DAY)}
    assert releases.get(item=rule).page == f"2025年第1期第{placed[2][2]}页"
    answer = sources()["channels.gazette"].ask([office.bureau.pk], Period(2025))
    assert int(answer[office.bureau.pk].value) == 3
    with pytest.raises(errors.Issued):
        include(gazette, [draft], by=office.office)
    with pytest.raises(errors.NumberTaken, match="第 1 期"):
        compose(office.city, by=office.office, **FACTS)
    assert queries.following(office.city, 2025) == (2, 88)
    assert not queries.candidates(gazette)
    assert Record.objects.filter(event="channels.issued").exists()


def test_what_was_corrected_or_taken_back_since_is_marked_and_nowhere_to_be_read(
    office, documents, settings, tmp_path
):
    settings.GONGKAI_PUBLIC = tmp_path
    normative, rule, _ = documents
    gazette = compose(office.city, by=office.office, **FACTS)
    include(gazette, [normative, rule], by=office.office)
    issue(gazette, by=office.office)
    public = Client()
    public.get(gazette.address)
    OutdatedPage.objects.all().delete()
    with clock.moved_to(date(2025, 5, 9)):
        withdraw(rule, by=office.head, reason="越权制定")
        values = {"body": "<p>水库管理，以此为准。</p>"}
        save(normative, by=office.clerk, values=values)
        signed(office, normative, reason="更正文字")
        html = public.get(gazette.address).content.decode()
        printed = "".join(text_of(public.get(gazette.file_address).content))
    assert {gazette.address, gazette.file_address} <= set(
        OutdatedPage.objects.values_list("address", flat=True)
    )
    for shown in (html, printed):
        assert rule.title not in shown
        assert "云川市供水管理办法的全文" not in shown
        assert "2025年5月9日撤回" in shown
        assert "以此为准" in shown
        assert "2025年5月9日更正" in shown
        assert "水库管理的通知的全文" not in shown


def test_an_issue_that_cannot_appear_says_why(office, documents):
    gazette = compose(office.city, by=office.office, **FACTS)
    with pytest.raises(errors.EmptyGazette):
        issue(gazette, by=office.office)
    include(gazette, documents, by=office.office)
    revise(gazette, by=office.office, day=date(2025, 4, 1))
    with pytest.raises(errors.NotYet):
        issue(gazette, by=office.office)
    revise(gazette, by=office.office, day=DAY)
    withdraw(documents[0], by=office.head, reason="有误")
    with pytest.raises(errors.NotForGazette):
        issue(gazette, by=office.office)
    odd = published(office, title="关于𱍐字的公告", kind="normative")
    keep = [(e.pk, e.section) for e in gazette.entries.exclude(item=documents[0])]
    arrange(gazette, keep, by=office.office)
    include(gazette, [odd], by=office.office)
    with pytest.raises(errors.Unprintable, match="𱍐"):
        issue(gazette, by=office.office)
    drop(gazette, by=office.office)
    assert not Gazette.objects.exists()


def test_the_gazette_of_a_city_leaves_a_countys_documents_to_the_county(office):
    county = OrganisationFactory(
        parent=office.city, name="石桥县人民政府", kind="government", level="county"
    )
    office_of_county = Reader.of(PostFactory(organisation=county, role="office").user)
    below = OrganisationFactory(parent=county, name="石桥县水务局", level="county")
    city = compose(office.city, by=office.office, **FACTS)
    own = compose(county, by=office_of_county, **{**FACTS, "title": "石桥县人民政府公报"})
    assert below not in queries.served_by(city.organisation)
    assert below in queries.served_by(own.organisation)
