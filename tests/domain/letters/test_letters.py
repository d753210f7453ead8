"""From a fact of a case to a letter that arrived, and to the case file at the end."""

import io
import re
from datetime import date, timedelta

import pypdfium2
import pytest
from django.core.files.base import ContentFile
from django.db import DatabaseError, transaction
from PIL import Image
from tests.factories.applications import answering_office, applied, decided
from tests.factories.organisations import OrganisationFactory, PostFactory, UserFactory

from gongkai.core import chain
from gongkai.core.casefile import verify
from gongkai.core.letters import MissingFacts, template
from gongkai.domain.applications.actions import proceed
from gongkai.domain.applications.models import Letter, Party, Term
from gongkai.domain.letters import policies
from gongkai.domain.letters.actions import (
    adapt,
    assemble_case,
    deliver,
    draft,
    issue,
    revert,
    rewrite,
    set_office,
    set_seal,
)
from gongkai.domain.letters.desk.blocks import letters_of
from gongkai.domain.letters.errors import AlreadyIssued, BadWording, MarkTaken, NoMark, StillOpen
from gongkai.domain.letters.offices import template_of
from gongkai.domain.letters.sealing import contents
from gongkai.domain.letters.suggesting import suggestions
from gongkai.domain.letters.writing import composed
from gongkai.foundation import clock
from gongkai.foundation.permissions import NotAllowed, NotThere, Reader
from gongkai.foundation.trail.models import Record

pytestmark = pytest.mark.django_db


@pytest.fixture
def office():
    made = answering_office()
    elsewhere = OrganisationFactory(parent=made.city, name="云川市教育局")
    post = PostFactory(user=UserFactory(), organisation=elsewhere, role="clerk")
    made.stranger = Reader.of(post.user)
    both = PostFactory(user=made.clerk.user, organisation=made.bureau, role="head")
    made.boss = Reader.of(both.user)
    set_office(
        made.bureau,
        by=made.head,
        mark="云建公复",
        reviewers="云川市人民政府",
        contact="0000-8800300",
    )
    return made


def picture():
    stream = io.BytesIO()
    Image.new("RGBA", (200, 200), (220, 0, 0, 120)).save(stream, "PNG")
    return ContentFile(stream.getvalue(), name="印章.png")


def replied(office, *, on=None, ground="not-existing"):
    application = applied(office, on=on)
    proceed(application, "accept", by=office.clerk)
    decided(office, application, ground)
    fact = application.facts.get(act="decide")
    (found,) = (s for s in suggestions(application) if s.fact == fact)
    return application, draft(application, found.key, by=office.clerk, fact=fact)


def test_a_reply_is_written_from_the_case_numbered_sealed_and_frozen(office):
    set_seal(office.bureau, picture(), by=office.head)
    application, letter = replied(office)
    with pytest.raises(MissingFacts, match="检索情况"):
        issue(letter, by=office.clerk)
    rewrite(
        letter,
        by=office.clerk,
        addressee="测试申请人甲",
        values={"检索情况": "以工程名称检索了办公系统和档案室"},
    )
    issue(letter, by=office.clerk)
    assert letter.number == f"云建公复〔{clock.today().year}〕1号"
    assert letter.digest == chain.digest(letter.content["letter"])
    text = "".join(composed(letter, clock.today()).lines())
    assert "申请人甲：" in text
    assert application.number in text
    assert "以工程名称检索了办公系统和档案室" in text
    page = pypdfium2.PdfDocument(contents(letter.pdf))[0]
    assert letter.number in page.get_textpage().get_text_range()
    assert contents(letter.docx)[:2] == b"PK"
    with pytest.raises(AlreadyIssued):
        issue(letter, by=office.clerk)
    with pytest.raises(AlreadyIssued):
        rewrite(letter, by=office.clerk, addressee="乙", values={})
    with pytest.raises(DatabaseError), transaction.atomic():
        Letter.objects.filter(pk=letter.pk).update(number="云建公复〔2026〕9号")
    told = Record.objects.filter(event="letters.issued").get()
    assert "申请人甲" not in str(told.facts)


def test_numbers_have_no_gap_where_issuing_fails(office):
    _, failing = replied(office)
    _, good = replied(office, ground="making")
    for _ in range(2):
        with pytest.raises(MissingFacts):
            issue(failing, by=office.clerk)
    assert issue(good, by=office.clerk).number.endswith("〕1号")
    set_office(office.bureau, by=office.head, mark="")
    with pytest.raises(NoMark):
        issue(failing, by=office.clerk)


def test_no_two_offices_number_with_the_same_mark(office):
    set_office(office.bureau, by=office.head, mark="云建公复", contact="0000-8800300")
    with pytest.raises(MarkTaken, match=r"云建公复.*水利局.*请换一个"):
        set_office(office.city, by=office.office, mark="云建公复")
    set_office(office.city, by=office.office, mark="云政公复")


def test_what_is_served_starts_the_limit_and_what_is_delivered_closes_the_case(office):
    with clock.moved_to(date(2026, 9, 21)):
        application = applied(office)
        asked = proceed(
            application,
            "ask-supplement",
            by=office.clerk,
            until=date(2026, 10, 15),
            text="没有写明是哪一个标段\n没有写明获取方式",
        )
        (found,) = (s for s in suggestions(application) if s.key == "supplement")
        letter = issue(draft(application, found.key, by=office.clerk, fact=asked), by=office.clerk)
        text = "".join(composed(letter, clock.today()).lines())
        assert "1.没有写明是哪一个标段；2.没有写明获取方式。" in text
        assert "请在2026年10月15日以前" in text
        assert letter.number == ""
    with clock.moved_to(date(2026, 9, 24)):
        deliver(
            letter,
            by=office.clerk,
            way="post",
            tracking="EX000000001CN",
            proof=picture(),
        )
    served = application.facts.get(act="serve")
    assert (served.about, served.means, str(served.tracking)) == (asked, "post", "EX000000001CN")
    assert application.documents.get(kind="proof").fact == served
    assert Term.objects.running().exists()
    with clock.moved_to(date(2026, 9, 28)):
        proceed(application, "supplement", by=office.clerk, about=asked)
        application.refresh_from_db()
        proceed(application, "extend", by=office.boss, working_days=10, text="需要查找档案")
        (found,) = (s for s in suggestions(application) if s.key == "extension")
        extension = draft(application, "extension", by=office.clerk, fact=found.fact)
        told = "".join(composed(extension, clock.today(), draft=True).lines())
    application.refresh_from_db()
    before = template("extension").title
    assert before in told
    assert "延长10个工作日" in told
    assert f"到{application.due.year}年{application.due.month}月{application.due.day}日届满" in told


def test_letters_go_to_whom_they_concern_and_name_nobody_else(office):
    application = applied(office)
    party = Party.objects.create(application=application, whom="third-party", name="某建设公司")
    asked = proceed(application, "consult", by=office.clerk, whom="third-party", party=party)
    keys = {found.key for found in suggestions(application) if found.fact == asked}
    assert keys == {"third-party", "consulting"}
    letter = draft(application, "third-party", by=office.clerk, fact=asked)
    assert letter.content["addressee"] == "某建设公司"
    assert letter not in application.letters.to_applicant()
    lines = "".join(composed(letter, clock.today(), draft=True).lines())
    assert "测试申请人甲" not in lines
    with pytest.raises(NotAllowed):
        draft(application, "third-party", by=office.stranger, fact=asked)
    with pytest.raises(NotThere):
        policies.fetch_letter(office.stranger, letter.pk)


def test_an_office_words_a_template_anew_but_not_away(office):
    mine = template("receipt").text(clock.today()).partition("\n")[2]
    with pytest.raises(BadWording, match="登记编号"):
        adapt(
            office.bureau,
            "receipt",
            title="回执",
            body=mine.replace("{{登记编号}}", ""),
            by=office.head,
        )
    made = adapt(office.bureau, "receipt", title="申请回执", body=mine + "\n谢谢。", by=office.head)
    assert made.version == 1
    assert template_of(office.bureau, "receipt").body[-1] == "谢谢。"
    assert revert(office.bureau, "receipt", by=office.head).version == 2
    assert template_of(office.bureau, "receipt") == template("receipt")
    with pytest.raises(NotAllowed):
        adapt(office.bureau, "receipt", title="", body=mine, by=office.clerk)


def test_an_office_uses_the_wording_of_the_office_above_until_that_goes_back_to_the_law(office):
    mine = template("receipt").text(clock.today()).partition("\n")[2] + "\n谢谢。"
    adapt(office.city, "receipt", title="", body=mine, by=office.office)
    assert template_of(office.bureau, "receipt").body[-1] == "谢谢。"
    revert(office.city, "receipt", by=office.office)
    assert template_of(office.bureau, "receipt") == template("receipt")


def test_the_case_file_holds_everything_in_order_and_proves_it(office):
    application, letter = replied(office)
    with pytest.raises(StillOpen):
        assemble_case(applied(office), by=office.clerk)
    rewrite(letter, by=office.clerk, addressee="甲", values={"检索情况": "检索了档案室"})
    issue(letter, by=office.clerk)
    deliver(letter, by=office.clerk, way="in-person", proof=picture())
    application.refresh_from_db()
    assert application.state == "closed"
    made = assemble_case(application, by=office.clerk)
    told, faults = verify(contents(made.pdf), made.manifest["text"].encode())
    assert faults == ()
    kinds = [entry.kind for entry in told.pieces]
    assert kinds == ["登记表", "呈批单", "文书", "送达证明", "办理情况"]
    with pypdfium2.PdfDocument(contents(made.pdf)) as file:
        text = re.sub(r"\s", "", "".join(page.get_textpage().get_text_bounded() for page in file))
    assert "居民身份证" in text
    assert "id-card" not in text
    for who in (office.head, office.office):
        assert re.search(rf"同意（[^）]+）{who.user}", text), "who signed, article 45"
    assert f"拟办人{office.clerk.user}" in text
    assert f"作出决定（{office.office.user}登记）" in text
    assert told.case == application.number
    assert made.until == date(clock.today().year + 10, 12, 31)


def test_the_letter_that_the_applicant_waits_for_is_the_first_thing_to_do(office):
    application = applied(office)
    until = clock.today() + timedelta(days=14)
    asked = proceed(application, "ask-supplement", by=office.clerk, until=until, text="哪一年的")

    def first():
        application.refresh_from_db()
        step = letters_of(office.clerk, application)["first"]
        return step.title if step else ""

    assert first() == "制作政府信息公开申请补正告知书"
    letter = draft(application, "supplement", by=office.clerk, fact=asked)
    assert first() == "接着写政府信息公开申请补正告知书"
    issue(letter, by=office.clerk)
    assert first() == ""
    on_paper = applied(office)
    told = proceed(on_paper, "ask-supplement", by=office.clerk, until=until)
    proceed(on_paper, "serve", by=office.clerk, about=told, means="in-person")
    on_paper.refresh_from_db()
    assert letters_of(office.clerk, on_paper)["first"] is None, "told on paper"
