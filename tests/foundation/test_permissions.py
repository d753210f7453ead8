"""What one may see and do follows from unit and role."""

from datetime import date

import pytest
from django.core.checks import run_checks
from django.urls import get_resolver
from tests.factories import PostFactory, UserFactory, city, reader

from gongkai.foundation import clock
from gongkai.foundation.permissions import NotAllowed, Reader, acts, roles
from gongkai.foundation.permissions.checks import desk_views

pytestmark = pytest.mark.django_db
EDIT = "organisations.edit"


def test_the_office_of_a_county_reaches_down_but_not_up_or_across():
    place = city()
    office = reader("office", place.county)
    assert office.may(EDIT, place.county_finance.path)
    assert not office.may(EDIT, place.top.path)
    assert not office.may(EDIT, place.finance.path)


def test_a_clerk_reaches_the_own_unit_only():
    place = city()
    clerk = reader("clerk", place.county)
    assert clerk.may("organisations.guide", place.county.path)
    assert not clerk.may("organisations.guide", place.county_finance.path)
    assert not clerk.may(EDIT)


def test_the_public_may_nothing_at_the_desk():
    assert not any(Reader().may(act) for act in acts())


def test_a_post_opens_the_door_on_its_first_day_and_shuts_it_on_its_last():
    place = city()
    user = PostFactory(
        organisation=place.finance, since=date(2024, 3, 1), until=date(2024, 6, 1)
    ).user
    for day, inside in [
        (date(2024, 2, 29), False),
        (date(2024, 3, 1), True),
        (date(2024, 5, 31), True),
        (date(2024, 6, 1), False),
    ]:
        with clock.moved_to(day):
            assert Reader.of(user).is_official is inside


def test_a_suspended_account_has_no_standing():
    post = PostFactory(organisation=city().finance)
    post.user.is_active = False
    assert not Reader.of(post.user).is_official


def test_a_refusal_names_the_act():
    with pytest.raises(NotAllowed, match="维护机构"):
        reader("clerk", city().finance).must(EDIT)


def test_django_permissions_follow_the_acts():
    place = city()
    office = PostFactory(role="office", organisation=place.top).user
    clerk = PostFactory(role="clerk", organisation=place.finance).user
    assert office.has_perm(EDIT)
    assert not clerk.has_perm(EDIT)
    assert clerk.has_perm("wagtailadmin.access_admin")
    assert not UserFactory().has_perm("wagtailadmin.access_admin")


def test_the_reach_of_a_reader_is_one_condition_and_no_query(django_assert_num_queries):
    office = reader("office", city().top)
    with django_assert_num_queries(0):
        office.reach(EDIT).q("organisation__path")


def test_no_desk_view_of_ours_stands_open():
    views = dict(desk_views(get_resolver().url_patterns))
    assert "desk/organisations/" in views
    assert [address for address, view in views.items() if not hasattr(view, "guarded_by")] == []


def test_the_system_checks_agree():
    assert [message for message in run_checks() if message.id.startswith("permissions")] == []


def test_administrators_need_a_second_factor_unless_a_setting_says_otherwise(settings):
    administrator = reader("administrator", city().top)
    assert roles()["administrator"].second_factor
    assert administrator.needs_second_factor
    settings.GONGKAI_SECOND_FACTOR_ROLES = ["none"]
    assert not administrator.needs_second_factor
    settings.GONGKAI_SECOND_FACTOR_ROLES = ["clerk"]
    assert reader("clerk", city().finance).needs_second_factor
