"""Somebody goes against an answer: dates, results, a new round, and the table of every era."""

from datetime import date

import pytest
from tests.factories.applications import answering_office, applied, closed, decided

from gongkai.domain.remedies import policies, queries
from gongkai.domain.remedies.actions import conclude, defend, lodge, renew
from gongkai.domain.remedies.errors import (
    AlreadyConcluded,
    NotCorrected,
    NothingToChallenge,
    StillPending,
    UnknownOutcome,
)
from gongkai.domain.remedies.figures import tables
from gongkai.foundation import clock
from gongkai.foundation.figures import Period
from gongkai.foundation.permissions import NotAllowed, NotThere

pytestmark = pytest.mark.django_db


@pytest.fixture
def office():
    return answering_office()


def refused(office, ground="privacy"):
    with clock.moved_to(date(2026, 3, 2)):
        application = applied(office)
    with clock.moved_to(date(2026, 3, 20)):
        closed(office, application, ground)
    return application


def lodged(office, application, kind="reconsideration", filed=date(2026, 4, 1), **details):
    return lodge(
        application, by=office.clerk, kind=kind, filed=filed, body="云川市人民政府", **details
    )


def test_a_reconsideration_corrects_and_the_application_is_decided_again(office):
    application = refused(office)
    with clock.moved_to(date(2026, 6, 30)):
        remedy = lodged(office, application, notified=date(2026, 4, 3))
        assert remedy.ground == "privacy"
        # ten working days from 3 April: 清明节 4 to 6 April
        assert remedy.defence_due == date(2026, 4, 20)
        with pytest.raises(NotCorrected):
            renew(remedy, by=office.clerk)
        defend(remedy, by=office.clerk, day=date(2026, 4, 15))
        with pytest.raises(UnknownOutcome):
            conclude(remedy, by=office.clerk, outcome="suit-revoked", decided=date(2026, 5, 20))
        conclude(remedy, by=office.clerk, outcome="recon-revoked", decided=date(2026, 5, 20))
        with pytest.raises(AlreadyConcluded):
            conclude(remedy, by=office.clerk, outcome="recon-upheld", decided=date(2026, 5, 20))
        renew(remedy, by=office.clerk, day=date(2026, 5, 25), until=date(2026, 6, 26))
        application.refresh_from_db()
        assert (application.state, application.round) == ("processing", 2)
        assert application.due == date(2026, 6, 26)
        # what was decided first is what the statutory table has counted
        assert application.outcome == "privacy"
        decided(office, application, "granted")
        assert application.outcome == "privacy"
        assert application.state == "decided"


def test_a_suit_after_reconsideration_counts_once_with_its_appeal(office):
    application = refused(office)
    with clock.moved_to(date(2027, 3, 1)):
        remedy = lodged(office, application)
        with pytest.raises(StillPending):
            lodged(office, application, "litigation", date(2026, 6, 1), follows=remedy)
        conclude(remedy, by=office.clerk, outcome="recon-upheld", decided=date(2026, 5, 20))
        suit = lodged(office, application, "litigation", date(2026, 6, 1), follows=remedy)
        conclude(suit, by=office.clerk, outcome="suit-rejected", decided=date(2026, 11, 3))
        appeal = lodged(office, application, "litigation", date(2026, 12, 1), follows=suit)
        assert (appeal.instance, appeal.row) == (2, "lit_after")
        conclude(appeal, by=office.clerk, outcome="suit-revoked", decided=date(2027, 2, 9))
        told = {
            year: {
                place.removeprefix("remedies/"): int(answer.value)
                for place, answer in tables([office.bureau.pk], Period(year), "format-2021")[
                    office.bureau.pk
                ].items()
                if answer.value
            }
            for year in (2026, 2027)
        }
    assert told[2026] == {
        "recon/upheld": 1,
        "recon/total": 1,
        "lit_after/pending": 1,
        "lit_after/total": 1,
    }
    assert told[2027] == {"lit_after/corrected": 1, "lit_after/total": 1}


def test_silence_can_be_challenged_only_when_the_day_has_passed(office):
    with clock.moved_to(date(2026, 3, 2)):
        application = applied(office)
    with clock.moved_to(date(2026, 5, 1)):
        with pytest.raises(NothingToChallenge):
            lodged(office, application, filed=date(2026, 3, 10))
        remedy = lodged(office, application, "litigation", date(2026, 4, 20))
        assert (remedy.ground, remedy.row) == ("unanswered", "lit_direct")
        assert queries.first_reconsideration(remedy) == ""
        direct = lodged(office, refused(office), "litigation", date(2026, 4, 20))
        assert "先申请行政复议" in queries.first_reconsideration(direct)


def test_a_ground_that_is_corrected_again_and_again_is_told(office):
    with clock.moved_to(date(2026, 9, 1)):
        for _ in range(2):
            remedy = lodged(office, refused(office))
            conclude(remedy, by=office.clerk, outcome="recon-unlawful", decided=date(2026, 5, 20))
        lodged(office, refused(office, "secret"))
        (often,) = queries.reversed_often([office.bureau.pk])
    assert (often.ground, often.corrected, often.concluded) == ("privacy", 2, 2)


def test_others_neither_see_nor_touch_it(office):
    other = answering_office()
    remedy = lodged(office, refused(office))
    with pytest.raises(NotThere):
        policies.fetch(other.clerk, remedy.pk)
    with pytest.raises(NotAllowed):
        defend(remedy, by=other.clerk, day=date(2026, 4, 2))
    assert policies.fetch(office.leader, remedy.pk) == remedy
