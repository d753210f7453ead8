"""Organisations come into being, change, and end; nothing of it is lost."""

from datetime import date

import pytest
from tests.factories import OrganisationFactory, PostFactory, UserFactory, city, reader

from gongkai.domain.organisations import actions, codes, errors, queries
from gongkai.domain.organisations.models import Organisation
from gongkai.foundation.permissions import NotAllowed
from gongkai.foundation.trail.models import Record

pytestmark = pytest.mark.django_db
DAY = date(2024, 3, 1)


def test_a_renamed_organisation_had_its_old_name_before_that_day():
    place = city()
    actions.rename(
        place.finance,
        name="云川市财政和国资局",
        short="市财政国资局",
        day=DAY,
        ground="云办发〔2024〕1号",
        by=reader("office", place.top),
    )
    assert place.finance.name == "云川市财政和国资局"
    assert place.finance.name_on(date(2024, 2, 29)) == "云川市财政局"
    assert place.finance.name_on(DAY) == "云川市财政和国资局"
    assert place.finance.changes.get(kind="renamed").before == "云川市财政局"
    assert Organisation.objects.matching("云川市财政局").get() == place.finance


def test_a_merged_organisation_is_succeeded():
    place = city()
    actions.merge(place.housing, into=place.finance, day=DAY, by=reader("office", place.top))
    assert place.housing.successor == place.finance
    assert place.housing.is_in_being(date(2024, 2, 29))
    assert not place.housing.is_in_being(DAY)
    assert place.housing not in Organisation.objects.in_being(DAY)
    with pytest.raises(errors.AlreadyClosed):
        actions.rename(place.housing, name="新名", day=date(2024, 5, 1), by=None)


def test_an_organisation_with_living_parts_cannot_be_closed():
    place = city()
    with pytest.raises(errors.StillHasParts, match="1 个存续"):
        actions.close(place.county, day=DAY, by=None)


def test_a_moved_organisation_takes_its_parts_along():
    place = city()
    other = OrganisationFactory(parent=place.top, name="临江县人民政府", kind="government")
    actions.move(place.county_finance, under=other, day=DAY, by=None)
    other.refresh_from_db()
    assert [str(o.name) for o in other.get_descendants()] == ["石桥县财政局"]
    with pytest.raises(errors.IntoItself):
        actions.move(
            other, under=Organisation.objects.get(pk=place.county_finance.pk), day=DAY, by=None
        )


def test_two_living_siblings_do_not_share_a_name():
    place = city()
    with pytest.raises(errors.NameTaken):
        actions.found(
            parent=place.top, name="云川市财政局", kind="department", level="prefecture", by=None
        )


def test_a_county_founds_below_itself_and_nowhere_else():
    place = city()
    office = reader("office", place.county)
    made = actions.found(
        parent=place.county, name="石桥县水利局", kind="department", level="county", by=office
    )
    assert made.path.startswith(place.county.path)
    last = Record.objects.order_by("-number").first()
    assert (last.event, last.subject) == (
        "organisations.founded",
        f"organisations.organisation:{made.pk}",
    )
    with pytest.raises(NotAllowed):
        actions.found(
            parent=place.top, name="云川市水利局", kind="department", level="prefecture", by=office
        )


def test_a_post_is_taken_up_once_and_left_once():
    place, user = city(), UserFactory()
    administrator = reader("administrator", place.top)
    post = actions.appoint(
        user, organisation=place.finance, role="clerk", since=DAY, by=administrator
    )
    with pytest.raises(errors.PostHeld):
        actions.appoint(user, organisation=place.finance, role="clerk", since=DAY, by=administrator)
    with pytest.raises(errors.EndsTooEarly):
        actions.relieve(post, day=date(2024, 2, 1), by=administrator)
    actions.relieve(post, day=date(2024, 9, 1), by=administrator)
    with pytest.raises(errors.PostOver):
        actions.relieve(post, day=date(2024, 10, 1), by=administrator)


def test_the_administrator_of_one_bureau_cannot_seize_an_account_that_serves_elsewhere():
    place = city()
    local = reader("administrator", place.finance)
    both = PostFactory(role="clerk", organisation=place.finance).user
    PostFactory(user=both, role="office", organisation=place.top)
    with pytest.raises(NotAllowed):
        actions.set_password(both, password="一个很长很长的新密码9", by=local)
    alone = PostFactory(role="clerk", organisation=place.finance).user
    actions.set_password(alone, password="一个很长很长的新密码9", by=local)
    assert alone.check_password("一个很长很长的新密码9")


def test_a_weak_password_is_refused_with_the_reason():
    place = city()
    with pytest.raises(actions.people.WeakPassword, match="密码"):
        actions.engage(username="x1", name="王", password="123", organisation=place.top, by=None)


def test_holders_are_those_of_today():
    place = city()
    now = PostFactory(role="clerk", organisation=place.finance)
    PostFactory(role="clerk", organisation=place.finance, until=date(2021, 1, 1))
    assert queries.holders("clerk", of=place.finance) == [now.user]


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("11419800731901005D", ""),
        ("", ""),
        ("114198007319010051", "校验位"),
        ("11419800731901005", "位数"),
        ("1141980073190100OD", "字符"),
    ],
    ids=["sound", "none", "wrong check digit", "too short", "a letter that is not used"],
)
def test_a_doubtful_code_is_named_and_not_refused(code, words):
    assert words in codes.doubt(code)
    assert bool(codes.doubt(code)) == bool(words)


def test_the_tree_of_three_thousand_units_costs_no_more_queries_than_a_small_one(
    client, django_assert_max_num_queries
):
    place = city()
    office = PostFactory(role="office", organisation=place.top).user
    client.force_login(office, backend="allauth.account.auth_backends.AuthenticationBackend")
    top = Organisation.objects.get(pk=place.top.pk)
    step = Organisation.steplen
    made = [
        Organisation(
            path=f"{top.path}{Organisation._int2str(100 + n).zfill(step)}",
            depth=2,
            name=f"第{n}局",
            kind="department",
            level="prefecture",
        )
        for n in range(3000)
    ]
    Organisation.objects.bulk_create(made)
    for address in (
        "/desk/organisations/",
        "/desk/organisations/?q=局",
        f"/desk/organisations/{top.pk}/",
    ):
        with django_assert_max_num_queries(32):
            assert client.get(address).status_code == 200
