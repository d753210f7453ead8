"""An item is found as soon as it is public, by what its attachments say, and never otherwise."""

from datetime import date

import pytest
from tests.factories.information import drafted, published, publishing_office, signed

from gongkai.domain.channels.models import Gazette, GazetteEntry
from gongkai.domain.channels.searching import documents as gazettes
from gongkai.domain.information.actions import withdraw
from gongkai.domain.information.searching import documents, keys, plain
from gongkai.foundation import clock
from gongkai.foundation.attachments.models import FileText, StoredFile
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
    item = published(office)
    cleaned = StoredFile(
        name="a.docx", kind="docx", size=1, digest="a" * 64, public_digest="b" * 64
    )
    never = StoredFile(name="b.doc", kind="doc", size=1, digest="c" * 64)
    for stored, text in ((cleaned, "堤防加固清单"), (never, "内部批注")):
        stored.save()
        FileText.objects.create(digest=stored.digest, text=text)
    rows = [(item.pk, "附件一", cleaned), (item.pk, "附件二", never)]
    with pytest.MonkeyPatch.context() as patch:
        # what the database lets nobody attach to a public item is handed over by hand
        patch.setattr(
            "gongkai.domain.information.searching.ItemFile.objects",
            Rows([(key, title, s.digest, s.public_digest) for key, title, s in rows]),
        )
        with django_assert_num_queries(2):
            (told,) = documents([str(item.pk)])
    assert "堤防加固清单" in told.text
    assert "内部批注" not in told.text


class Rows:
    """Stands for the rows of attachments."""

    def __init__(self, rows):
        self.rows = rows

    def filter(self, **_):
        return self

    order_by = values_list = lambda self, *_: self

    def __iter__(self):
        return iter(self.rows)


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
