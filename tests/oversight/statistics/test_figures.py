"""Figures: computed from records or declared on a ground, superseded and never overwritten."""

from datetime import date
from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, transaction
from django.urls import reverse
from tests.factories.organisations import OrganisationFactory, PostFactory, city, reader

from gongkai.foundation import clock
from gongkai.foundation.figures import Period, sources
from gongkai.foundation.permissions import NotAllowed
from gongkai.foundation.trail.models import Record
from gongkai.oversight.statistics import errors
from gongkai.oversight.statistics.actions import declare, withdraw
from gongkai.oversight.statistics.models import Declaration
from gongkai.oversight.statistics.queries import figures, figures_of

pytestmark = pytest.mark.django_db
POINTS = "institution.reading_points"
YEAR = Period(2025)


@pytest.fixture
def town():
    return city()


@pytest.fixture
def clerk(town):
    return reader("clerk", town.finance)


def say(town, clerk, value, **other):
    facts = {"ground": "12月31日清点登记表", "by": clerk} | other
    return declare(town.finance, POINTS, YEAR, Decimal(value), **facts)


@pytest.mark.parametrize(
    ("period", "first", "last", "words"),
    [
        pytest.param(Period(2025), date(2025, 1, 1), date(2025, 12, 31), "2025年", id="a year"),
        pytest.param(
            Period(2024, 2), date(2024, 2, 1), date(2024, 2, 29), "2024年2月", id="a leap February"
        ),
    ],
)
def test_a_period_knows_its_days(period, first, last, words):
    assert (period.first, period.last, str(period)) == (first, last, words)


def test_a_declaration_says_who_when_and_on_what_ground(town, clerk):
    made = say(town, clerk, 3)
    assert (made.by, made.ground, made.unit) == (clerk.user, "12月31日清点登记表", "个")
    assert figures_of(town.finance.pk, YEAR)[POINTS].value == 3
    assert Record.objects.get(event="statistics.declared").authority.startswith("clerk@")


def test_a_correction_supersedes_and_the_first_word_stays(town, clerk):
    first = say(town, clerk, 3)
    second = say(town, clerk, 4, after=first.pk, ground="漏数一处")
    assert figures_of(town.finance.pk, YEAR)[POINTS].value == 4
    assert [d.value for d in Declaration.objects.order_by("pk")] == [3, 4]
    assert second.supersedes == first


def test_two_people_declaring_at_once_do_not_overwrite_each_other(town, clerk):
    first = say(town, clerk, 3)
    say(town, clerk, 4, after=first.pk)
    with pytest.raises(errors.ChangedMeanwhile, match="更新为 4"):
        say(town, clerk, 5, after=first.pk)


def test_what_is_withdrawn_is_no_figure_any_more_and_can_be_said_anew(town, clerk):
    first = say(town, clerk, 3)
    gone = withdraw(first, ground="口径有误", by=clerk)
    assert POINTS not in figures_of(town.finance.pk, YEAR)
    with pytest.raises(errors.NothingToWithdraw):
        withdraw(gone, ground="再撤", by=clerk)
    say(town, clerk, 2, after=gone.pk)
    assert figures_of(town.finance.pk, YEAR)[POINTS].value == 2


@pytest.mark.parametrize(
    ("change", "error"),
    [
        pytest.param({"ground": "  "}, errors.NoGround, id="no ground"),
        pytest.param({"key": "nonsense"}, errors.WrongIndicator, id="no such indicator"),
        pytest.param({"period": Period(2199)}, errors.PeriodNotOver, id="a year to come"),
    ],
)
def test_what_cannot_be_declared_is_refused(town, clerk, change, error):
    facts = {"key": POINTS, "period": YEAR, "ground": "清点"} | change
    with pytest.raises(error):
        declare(
            town.finance,
            facts["key"],
            facts["period"],
            Decimal(1),
            ground=facts["ground"],
            by=clerk,
        )
    assert not Declaration.objects.exists()


def test_a_neighbour_declares_nothing(town):
    with pytest.raises(NotAllowed):
        say(town, reader("clerk", town.housing), 3)


@pytest.mark.parametrize(
    "attempt",
    [
        pytest.param(lambda d: Declaration.objects.update(value=9), id="update all"),
        pytest.param(
            lambda d: Declaration.objects.filter(pk=d.pk).update(ground="别的"), id="update one"
        ),
        pytest.param(lambda d: d.save(), id="save it again"),
    ],
)
def test_the_database_refuses_to_change_a_declaration(town, clerk, attempt):
    made = say(town, clerk, 3)
    with pytest.raises(DatabaseError), transaction.atomic():
        attempt(made)
    with pytest.raises(NotImplementedError):
        made.delete()


def test_people_in_office_on_the_last_day_are_counted_once(town):
    one = PostFactory(organisation=town.finance, role="clerk").user
    PostFactory(organisation=town.finance, role="office", user=one)
    PostFactory(organisation=town.finance, role="clerk", until=date(2025, 12, 31))
    PostFactory(organisation=town.finance, role="head")
    figure = figures_of(town.finance.pk, YEAR)["institution.staff"]
    assert (figure.value, figure.declaration) == (1, None)
    answer = sources()["institution.staff"].ask([town.finance.pk], YEAR)[town.finance.pk]
    assert [record.title for record in answer.records()] == [str(one), str(one)]


def test_a_declaration_beside_records_shows_that_they_disagree(town, clerk):
    declare(town.finance, "institution.staff", YEAR, Decimal(5), ground="花名册", by=clerk)
    figure = figures_of(town.finance.pk, YEAR)["institution.staff"]
    assert (figure.value, figure.computed, figure.disputed) == (5, 1, True)


def test_figures_of_many_units_are_asked_for_at_once(django_assert_num_queries, town):
    units = [OrganisationFactory(parent=town.top).pk for _ in range(12)]
    with django_assert_num_queries(2):
        figures(units, YEAR, only=["institution.staff"])


# ---- at the desk


@pytest.fixture
def desk(client, clerk):
    client.force_login(clerk.user, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


def at(name, *args):
    return reverse(f"statistics:{name}", args=args) + "?year=2025&month=0"


def test_figures_are_listed_declared_corrected_and_withdrawn(desk, town):
    with clock.moved_to(date(2026, 1, 5)):
        page = desk.get(reverse("statistics:index")).content.decode()
        assert "设置政府信息公开查阅点数" in page
        where = at("declare", town.finance.pk, POINTS)
        file = SimpleUploadedFile("登记表.txt", "一处".encode())
        done = desk.post(where, {"value": "3", "ground": "清点", "attachment": file})
        assert done.status_code == 302
        history = desk.get(done.url).content.decode()
        assert "清点" in history
        assert "登记表.txt" in history
        made = Declaration.objects.get()
        told = desk.get(reverse("statistics:attachment", args=[made.pk]))
        assert b"".join(told.streaming_content).decode() == "一处"
        assert "attachment" in told["Content-Disposition"]
        desk.post(reverse("statistics:withdraw", args=[made.pk]), {"ground": "口径有误"})
        assert "撤回" in desk.get(done.url).content.decode()


@pytest.mark.parametrize(
    ("sent", "words"),
    [
        pytest.param({"value": "三", "ground": "清点"}, "阿拉伯数字", id="Chinese numerals"),
        pytest.param({"value": "3", "ground": ""}, "请写明依据", id="no ground"),
        pytest.param({"value": "", "ground": "清点"}, "没有发生请填 0", id="nothing"),
    ],
)
def test_a_form_that_cannot_be_says_why(desk, town, sent, words):
    answer = desk.post(at("declare", town.finance.pk, POINTS), sent)
    assert answer.status_code == 422
    assert words in answer.content.decode()


def test_figures_of_another_unit_are_not_there(desk, town, clerk):
    made = declare(
        town.housing, POINTS, YEAR, Decimal(7), ground="清点", by=reader("clerk", town.housing)
    )
    for where in (
        at("history", town.housing.pk, POINTS),
        at("declare", town.housing.pk, POINTS),
        reverse("statistics:withdraw", args=[made.pk]),
        reverse("statistics:attachment", args=[made.pk]),
        reverse("statistics:index") + f"?unit={town.housing.pk}",
    ):
        assert desk.get(where).status_code == 404, where
    assert desk.get(at("history", town.finance.pk, "nonsense")).status_code == 404


def test_indicators_can_be_read_and_found(desk):
    page = desk.get(reverse("statistics:indicators") + "?q=查阅点").content.decode()
    assert "年末设置的政府信息公开查阅点个数" in page
    assert "2014 年统计表" in page
    assert "没有找到" in desk.get(reverse("statistics:indicators") + "?q=天气预报").content.decode()
