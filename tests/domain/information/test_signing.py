"""Nothing is public that was not signed exactly so: by the office's own way, and by every way around it."""

from datetime import date, datetime, timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone
from tests.core.screening.made import identity
from tests.factories.information import BODY, drafted, published, publishing_office, signed
from tests.factories.organisations import OrganisationFactory, UserFactory

from gongkai.domain.information import events
from gongkai.domain.information.actions import (
    Reviewed,
    arrange,
    expire_due,
    link,
    publish_due,
    publish_many,
    recall,
    save,
    submit,
    withdraw,
)
from gongkai.domain.information.errors import (
    BadDates,
    KeywordsNotPublic,
    NoReason,
    NotComplete,
    NotEditable,
    NotTheirs,
    OverAlready,
    RegistrationTaken,
    TimedChange,
)
from gongkai.domain.information.models import ChangeNote, Item, Status, Validity
from gongkai.domain.review import errors as review_errors
from gongkai.domain.review.actions import return_, sign
from gongkai.domain.review.models import Chain, Review, Signature
from gongkai.domain.review.queries import waiting_for
from gongkai.foundation import clock
from gongkai.foundation.notices.models import Notice
from gongkai.foundation.permissions import NotAllowed, Reader

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture
def office():
    return publishing_office()


@pytest.fixture
def heard():
    told = []

    def hear(**facts):
        told.append(facts)

    events.shown.connect(hear)
    yield told
    events.shown.disconnect(hear)


def test_an_item_becomes_public_with_the_last_signature_and_not_before(office, heard):
    item = drafted(office)
    assert item.index_number
    review = submit(item, by=office.clerk)
    assert item.status == Status.REVIEW
    assert [r.pk for r in waiting_for(office.head)] == [review.pk]
    assert not waiting_for(office.office)
    sign(review, by=office.head, digest=review.digest)
    item.refresh_from_db()
    assert not item.live
    assert not heard
    sign(review, by=office.office, digest=review.digest, comment="同意公开")
    item.refresh_from_db()
    assert item.live
    assert item.status == Status.PUBLIC
    assert item.published_on == clock.today()
    assert Item.objects.public().get() == item
    assert heard == [
        {
            "signal": events.shown,
            "sender": Item,
            "items": {item.pk},
            "columns": {item.column_id},
            "organisations": {office.bureau.pk},
        }
    ]


def test_the_weightier_the_more_signatures(office):
    item = drafted(office, importance="critical")
    signed(office, item, by=("head", "office", "leader"))
    assert not item.live
    review = Review.objects.get(subject_id=item.pk)
    with pytest.raises(review_errors.NotYourStep):
        sign(review, by=office.leader, digest=review.digest)
    sign(review, by=office.mayor, digest=review.digest)
    item.refresh_from_db()
    assert item.live


def test_nobody_signs_their_own_work_or_twice_or_what_they_have_not_read(office):
    item = drafted(office)
    review = submit(item, by=office.clerk)
    with pytest.raises(review_errors.NotYourStep):
        sign(review, by=office.clerk, digest=review.digest)
    with pytest.raises(review_errors.ContentChanged):
        sign(review, by=office.head, digest="sha256:0")
    with pytest.raises(NotAllowed):
        submit(drafted(office), by=office.head)


def test_what_is_sent_back_says_what_to_change_and_begins_anew(office):
    item = drafted(office)
    review = submit(item, by=office.clerk)
    with pytest.raises(NotEditable, match="撤回送审"):
        save(item, by=office.clerk, values={"title": "另一个标题"})
    with pytest.raises(review_errors.NoComment):
        return_(review, by=office.head, digest=review.digest, comment=" ")
    return_(review, by=office.head, digest=review.digest, comment="请补充责任单位")
    item.refresh_from_db()
    assert item.status == Status.RETURNED
    save(item, by=office.clerk, values={"body": BODY + "<p>责任单位：水利局。</p>"})
    signed(office, item)
    assert item.live
    assert "责任单位" in item.body


def test_taking_it_back_before_it_is_signed_frees_it_for_changes(office):
    item = drafted(office)
    submit(item, by=office.clerk)
    recall(item, by=office.clerk)
    assert item.status == Status.DRAFT
    save(item, by=office.clerk, values={"title": "改过的标题"})


def test_a_correction_is_reviewed_before_it_is_seen_and_then_told_openly(office):
    item = published(office)
    save(item, by=office.clerk, values={"title": "改正后的标题"})
    assert Item.objects.get(pk=item.pk).title != "改正后的标题"
    with pytest.raises(NoReason):
        submit(item, by=office.clerk)
    signed(office, item, reason="标题中年份有误")
    assert item.title == "改正后的标题"
    note = ChangeNote.objects.get(item=item)
    assert (note.kind, note.reason) == ("corrected", "标题中年份有误")


def test_what_is_taken_back_leaves_a_notice_and_comes_back_only_by_review(office, heard):
    item = published(office)
    with pytest.raises(NotAllowed):
        withdraw(item, by=office.clerk, reason="内容有误")
    withdraw(item, by=office.head, reason="内容有误")
    assert not Item.objects.public().exists()
    assert len(heard) == 2
    save(item, by=office.clerk, values={"body": "<p>改正后的正文。</p>"})
    signed(office, item)
    assert [n.kind for n in item.change_notes.all()] == ["withdrawn", "restored"]


def test_signatures_for_a_correction_do_not_bring_back_what_was_withdrawn_meanwhile(office):
    item = published(office)
    save(item, by=office.clerk, values={"title": "改正后的标题"})
    review = submit(item, by=office.clerk, reason="标题有误")
    sign(review, by=office.head, digest=review.digest)
    withdraw(item, by=office.head, reason="附件里有个人信息")
    assert not waiting_for(office.office)
    with pytest.raises(review_errors.NotInReview):
        sign(review, by=office.office, digest=review.digest)
    item.refresh_from_db()
    assert (item.live, item.status) == (False, Status.WITHDRAWN)
    told = Notice.objects.get(to=office.clerk.user, text__contains="已撤回公开")
    assert "附件里有个人信息" in told.text
    # the desk goes on with what was written last, and hands in what it shows
    assert item.title == "改正后的标题"
    assert submit(item, by=office.clerk).digest == item.content_digest()


def test_what_ran_out_with_a_change_begun_goes_on_as_it_was_written_last(office):
    item = published(office, expire_at=clock.now() + timedelta(days=1))
    save(item, by=office.clerk, values={"title": "改正后的标题"})
    with clock.moved_to(clock.today() + timedelta(days=3)):
        expire_due()
    item.refresh_from_db()
    assert (item.status, item.expired, item.title) == (Status.EXPIRED, True, "改正后的标题")


def test_a_change_of_what_is_public_does_not_pretend_to_wait_for_an_hour(office):
    item = published(office)
    save(item, by=office.clerk, values={"title": "新标题", "go_live_at": clock.now() + DAY})
    with pytest.raises(TimedChange, match="清空“定时公开”"):
        submit(item, by=office.clerk, reason="标题有误")
    save(item, by=office.clerk, values={"go_live_at": None, "expire_at": clock.now() - DAY})
    with pytest.raises(OverAlready, match="定时下线"):
        submit(item, by=office.clerk, reason="标题有误")
    save(item, by=office.clerk, values={"expire_at": clock.now() + DAY})
    signed(office, item, reason="标题有误")
    assert item.title == "新标题"


def test_a_correction_does_not_go_out_with_a_number_that_another_document_has_taken(office):
    number = "云规〔2026〕1号"
    first = published(office, title="节水奖励办法", kind="normative")
    save(first, by=office.clerk, values={"registration_number": number})
    review = submit(first, by=office.clerk, reason="补登记号")
    sign(review, by=office.head, digest=review.digest)
    drafted(office, title="防汛办法", kind="normative", registration_number=number)
    with pytest.raises(RegistrationTaken, match="《防汛办法》用了"), transaction.atomic():
        sign(Review.objects.get(pk=review.pk), by=office.office, digest=review.digest)
    first.refresh_from_db()
    assert first.registration_number is None


def test_what_is_not_to_be_open_needs_a_ground_and_never_goes_live(office):
    item = drafted(office, publicity="closed")
    with pytest.raises(Exception, match="依据和理由"):
        submit(item, by=office.clerk)
    save(item, by=office.clerk, values={"ground": "internal", "ground_note": "内部人事安排"})
    signed(office, item)
    assert item.status == Status.KEPT
    assert not Item.objects.public().exists()


def test_what_has_its_hour_waits_for_it_and_goes_when_it_is_over(office):
    morning = datetime(2026, 12, 1, 9, tzinfo=timezone.get_default_timezone())
    item = drafted(office, go_live_at=morning, expire_at=morning + timedelta(days=3))
    with clock.moved_to(date(2026, 11, 30)):
        signed(office, item)
        assert item.status == Status.SCHEDULED
        assert publish_due() == 0
    with clock.moved_to(date(2026, 12, 1)):
        assert publish_due() == 1
        item.refresh_from_db()
        assert item.live
        assert item.published_on == date(2026, 12, 1)
    with clock.moved_to(date(2026, 12, 5)):
        assert expire_due() == 1
        assert publish_due() == 0
    item.refresh_from_db()
    assert (item.live, item.status) == (False, Status.EXPIRED)


def test_moving_and_tagging_need_no_signature(office, heard):
    item = published(office)
    other = (
        type(item.column)
        .objects.of(office.bureau)
        .holding_items()
        .exclude(pk=item.column_id)
        .first()
    )
    arrange([item], by=office.clerk, values={"column": other, "keywords": "防汛 抗旱"})
    item.refresh_from_db()
    assert (item.column_id, item.keywords) == (other.pk, "防汛 抗旱")
    assert heard[-1]["columns"] == {office.column.pk, other.pk}


def test_keywords_that_nobody_signs_bring_no_secret_to_the_public(office):
    item, draft = published(office), drafted(office)
    number = {"keywords": f"低保 {identity()}"}
    with pytest.raises(KeywordsNotPublic, match="公民身份号码"):
        arrange([item], by=office.clerk, values=number)
    with pytest.raises(KeywordsNotPublic):
        arrange([item], by=office.clerk, values={"keywords": "机密★三年"})
    arrange([draft], by=office.clerk, values=number)  # looked at when it is handed in
    arrange([item], by=office.clerk, values={"keywords": "低保 名单"})


def test_a_document_is_in_force_until_another_repeals_it(office):
    facts = {"kind": "normative", "made_on": date(2024, 3, 1), "effective_on": date(2024, 4, 1)}
    old = published(office, **facts, expires_on=date(2029, 4, 1), title="旧办法")
    new = published(office, kind="normative", made_on=date(2026, 5, 1), title="新办法")
    assert old.validity(date(2024, 3, 20)) == Validity.PENDING
    assert old.validity(date(2026, 1, 1)) == Validity.VALID
    link(new, old, "repeals", by=office.clerk)
    old.refresh_from_db()
    assert old.validity(date(2026, 6, 1)) == Validity.REPEALED
    in_2025 = Item.objects.valid_on(date(2025, 12, 31))
    in_2026 = Item.objects.valid_on(date(2026, 12, 31))
    assert [list(in_2025), list(in_2026)] == [[old], [new]]


def test_a_document_is_repealed_by_whoever_made_it_or_stands_above_and_nobody_else(office):
    other = OrganisationFactory(parent=office.city, name="云川市财政局")
    theirs = Item.objects.create(
        organisation=other, author=office.clerk.user, title="关于转发《票据办法》的通知"
    )
    mine = published(office, title="新办法")
    with pytest.raises(NotTheirs, match="《关于转发〈票据办法〉的通知》是云川市财政局的文件"):
        link(mine, theirs, "repeals", by=office.clerk)
    link(mine, theirs, "relates", by=office.clerk)
    link(mine, theirs, "repeals", by=office.office)
    theirs.refresh_from_db()
    assert theirs.repealed_on


def test_an_amendment_counts_from_its_day_on(office):
    facts = {"kind": "normative", "made_on": date(2024, 3, 1)}
    old, new = (published(office, **facts, title=title) for title in ("旧办法", "新办法"))
    link(new, old, "amends", by=office.clerk, day=date(2026, 12, 1))
    for day, validity in ((date(2026, 11, 30), "valid"), (date(2026, 12, 1), "amended")):
        assert old.validity(day) == validity
        (row,) = Item.objects.filter(pk=old.pk).with_amended(day)
        assert row.validity(day) == validity


def test_what_ran_out_goes_on_repealing_while_it_is_worked_on(office):
    facts = {"kind": "normative", "made_on": date(2024, 3, 1)}
    old = published(office, **facts, title="旧办法")
    new = published(office, **facts, title="新办法", expire_at=clock.now() + DAY)
    link(new, old, "amends", by=office.clerk)
    with clock.moved_to(clock.today() + 2 * DAY):
        expire_due()
        save(new, by=office.clerk, values={"expire_at": None})
        submit(new, by=office.clerk)
        assert old.validity() == Validity.AMENDED


def test_nothing_to_read_cannot_be_handed_in(office):
    with pytest.raises(NotComplete, match="正文或附件"):
        submit(drafted(office, body=""), by=office.clerk)


def test_items_reviewed_elsewhere_come_in_together_with_their_signatures(office, heard):
    chain = Chain.objects.active().get(importance="general")
    things = [
        Reviewed({"title": f"第{n}号公告", "body": BODY, "column": office.column})
        for n in range(20)
    ] + [Reviewed({"title": "内部事项", "publicity": "closed", "ground": "internal"})]
    items = publish_many(
        office.bureau,
        things,
        chain=chain,
        signers=[office.head.user, office.office.user],
        evidence="纸质审批单 2020-01",
        by=office.second,
    )
    assert Item.objects.public().count() == 20
    assert len({item.index_number for item in items}) == 21
    assert Signature.objects.count() == 42
    assert len(heard[0]["items"]) == 20
    first = Item.objects.get(pk=items[0].pk)
    assert first.digest == first.content_digest() == first.review.digest


def test_only_the_office_takes_in_what_was_reviewed_elsewhere_and_only_clean_text(office):
    def take(by, **values):
        return publish_many(
            office.bureau,
            [Reviewed({"title": "公告", "column": office.column, **values})],
            chain=Chain.objects.active().get(importance="general"),
            signers=[office.head.user, office.office.user],
            evidence="纸质审批单",
            by=by,
        )

    for by in (office.clerk, office.head, Reader()):
        with pytest.raises(NotAllowed):
            take(by, body=BODY)
    with pytest.raises(TypeError):
        take(office.second, body=BODY, live=True)
    with pytest.raises(BadDates):
        take(office.second, effective_on=date(2026, 2, 1), expires_on=date(2026, 1, 1))
    assert not Item.objects.exists()
    (item,) = take(office.second, body='<p onclick="x()">依据<script>x()</script></p>')
    assert Item.objects.get(pk=item.pk).body == "<p>依据</p>"


# -- ways around ------------------------------------------------------------------------------------------


def refused(act):
    with pytest.raises(IntegrityError), transaction.atomic():
        act()


def sql(statement, *values):
    with connection.cursor() as cursor:
        cursor.execute(statement, values)


def test_the_database_refuses_every_way_around_the_signatures(office):
    item = drafted(office)
    other = published(office, title="已公开的信息")
    live = {"live": True, "status": "public", "published_on": date(2026, 1, 1)}
    one = Item.objects.filter(pk=item.pk)

    refused(lambda: one.update(**live))
    refused(lambda: one.update(**live, review=other.review, digest=other.digest))
    refused(
        lambda: sql(
            "UPDATE information_item SET live = %s, status = 'public' WHERE id = %s", True, item.pk
        )
    )

    review = submit(item, by=office.clerk)
    mine = Review.objects.filter(pk=review.pk)
    refused(lambda: mine.update(status="complete"))
    refused(lambda: mine.update(steps_needed=0))
    refused(lambda: one.update(**live, review=review, digest=review.digest))
    refused(lambda: sql("UPDATE review_review SET status = 'complete' WHERE id = %s", review.pk))
    sign(review, by=office.head, digest=review.digest)
    forged = {"review": review, "step": 2, "title": "伪造", "opinion": "agreed", "authority": "x"}
    refused(lambda: Signature.objects.create(**forged, by=office.clerk.user, digest=review.digest))
    refused(lambda: Signature.objects.create(**forged, by=office.head.user, digest=review.digest))
    refused(lambda: Signature.objects.create(**forged, by=UserFactory(), digest="sha256:0"))
    refused(lambda: Signature.objects.update(opinion="returned"))
    refused(lambda: Chain.objects.update(steps_count=1))

    public = Item.objects.filter(pk=other.pk)
    refused(lambda: public.update(title="未经审查的标题"))
    refused(lambda: public.update(title="未经审查的标题", digest="sha256:0"))
    refused(lambda: public.update(publicity="closed"))
    refused(lambda: sql("UPDATE information_item SET body = 'x' WHERE id = %s", other.pk))
    refused(lambda: Review.objects.filter(pk=other.review_id).update(digest="sha256:0"))
    refused(lambda: Review.objects.filter(pk=other.review_id).update(status="open"))
    other.title = "未经审查的标题"
    refused(other.save)
    assert list(Item.objects.public().values_list("title", flat=True)) == ["已公开的信息"]


def test_a_row_that_borrows_an_older_signature_has_no_page(office, client, caplog):
    item = published(office)
    older = item.review
    save(item, by=office.clerk, values={"title": "改正后的标题"})
    signed(office, item, reason="标题有误")
    assert client.get(item.address).status_code == 200
    sql(
        "UPDATE information_item SET title = %s, digest = %s, review_id = %s WHERE id = %s",
        "谁也没有签过的标题",
        older.digest,
        older.pk,
        item.pk,
    )
    answer = client.get(item.address)
    assert "谁也没有签过" not in answer.content.decode()
    assert answer.status_code == 404
    assert "not what was signed" in caplog.text
