"""Columns: a section in one step, rearranged without a mouse, ended without a dead link."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.factories import OrganisationFactory, PostFactory, city, reader
from tests.factories.information import published, publishing_office
from wagtail.models import Page

from gongkai.core.directories import presets_for
from gongkai.domain.directory import actions
from gongkai.domain.directory.errors import (
    ColumnClosed,
    FixedColumn,
    IntoItself,
    NoPreset,
    NoSection,
    OtherOrganisation,
    StillHasParts,
    StillHoldsItems,
    TitleTaken,
    UnknownFocus,
)
from gongkai.domain.directory.models import Column
from gongkai.domain.directory.queries import health, holdings
from gongkai.domain.information.models import Item
from gongkai.foundation.permissions import NotAllowed
from gongkai.foundation.publicfiles.models import OutdatedPage
from gongkai.foundation.trail.models import Record

pytestmark = pytest.mark.django_db


def titles(unit, **where):
    return list(Column.objects.of(unit).open().filter(**where).values_list("title", flat=True))


def named(unit, title):
    return Column.objects.of(unit).open().get(title=title)


def test_a_section_is_complete_and_in_the_prescribed_order_after_one_step():
    place = city()
    made = actions.set_up(place.county, by=reader("office", place.county))
    assert titles(place.county, depth=Column.SECTION_DEPTH) == [
        "政策",
        "政府信息公开指南",
        "政府信息公开制度",
        "法定主动公开内容",
        "政府信息公开年报",
        "依申请公开",
    ]
    articles = [str(c.basis_reference) for c in Column.objects.of(place.county).filter(section="statutory")]  # fmt: skip
    assert sum("第二十条第（" in article for article in articles) == 15
    assert sum("第二十一条" in article for article in articles) == 7
    assert actions.set_up(place.county, by=reader("office", place.county)) == []
    assert Page.find_problems() == ([], [], [], [], [])
    assert Record.objects.filter(event="directory.set-up").count() == 1
    assert len(made) == 1 + len(presets_for("county", "government"))
    with pytest.raises(NotAllowed):
        actions.set_up(place.finance, by=reader("clerk", place.housing))
    with pytest.raises(NoPreset):
        actions.set_up(OrganisationFactory(kind="section"), by=None)


def test_many_units_are_set_up_in_bulk_and_a_second_time_only_with_what_is_new():
    place = city()
    units = [OrganisationFactory(parent=place.top) for _ in range(12)]
    with CaptureQueriesContext(
        connection,
    ) as few:
        actions.set_up_all(units[:2], by=None)
    with CaptureQueriesContext(connection) as many:
        actions.set_up_all(units[2:], by=None)
    # 270 columns more; only the batches that SQLite's limit on variables allows are more
    assert len(many) <= 2 * len(few)
    assert Page.find_problems() == ([], [], [], [], [])
    # what was taken away by hand does not come back, what the preset gained does
    actions.close(named(units[0], "通知公告"), by=None)
    Column.objects.filter(organisation=units[0], key="news").delete()
    assert [column.title for column in actions.set_up(units[0], by=None)] == ["工作动态"]


def test_key_fields_get_a_column_each_in_one_step():
    place = city()
    office = reader("office", place.top)
    with pytest.raises(NoSection):
        actions.set_up_focus(place.county, which="fields", by=office)
    actions.set_up(place.county, by=office)
    with pytest.raises(UnknownFocus):
        actions.set_up_focus(place.county, which="1999", by=office)
    assert len(actions.set_up_focus(place.county, which="fields", by=office)) == 27
    assert len(actions.set_up_focus(place.county, which="2012", by=office)) == 8
    assert actions.set_up_focus(place.county, which="2012", by=office) == ()
    group = named(place.county, "重点领域")
    actions.move(group, target=named(place.county, "通知公告"), place="before", by=office)
    assert set(Column.objects.filter(path__startswith=group.path).values_list("section")) == {
        ("focus",)
    }
    below = titles(place.county, path__startswith=group.path, depth=group.depth + 1)
    assert (len(below), below[0], below[-1]) == (34, "国土空间规划", "价格和收费")
    assert Page.find_problems() == ([], [], [], [], [])


def test_columns_are_added_renamed_and_moved_and_keep_their_address():
    place = city()
    office = reader("office", place.top)
    actions.set_up(place.county, by=office)
    group = actions.add(named(place.county, "法定主动公开内容"), title="专题", kind="group", by=office)  # fmt: skip
    first = actions.add(group, title="棚户区改造", kind="list", freshness="notice", by=office)
    second = actions.add(group, title="扶贫", kind="list", by=office)
    with pytest.raises(TitleTaken):
        actions.add(group, title="扶贫", kind="list", by=office)
    address = first.get_absolute_url()
    assert actions.step(first, down=True, by=office)
    assert not actions.step(first, down=True, by=office)
    assert titles(place.county, path__startswith=group.path, depth=group.depth + 1) == [
        "扶贫",
        "棚户区改造",
    ]
    policy = named(place.county, "政策")
    actions.move(first, target=policy, place="below", by=office)
    actions.amend(first, facts={"title": "城市更新"}, by=office)
    assert (first.section, first.get_absolute_url()) == ("policy", address)
    for refused, error in (
        (lambda: actions.amend(policy, facts={"title": "文件"}, by=office), FixedColumn),
        (lambda: actions.move(policy, target=group, place="below", by=office), FixedColumn),
        (lambda: actions.move(group, target=group, place="below", by=office), IntoItself),
        (lambda: actions.close(group, by=office), StillHasParts),
        (lambda: actions.close(policy, by=office), FixedColumn),
    ):
        with pytest.raises(error):
            refused()
    actions.set_up(place.finance, by=office)
    with pytest.raises(OtherOrganisation):
        actions.move(second, target=named(place.finance, "政策"), place="below", by=office)
    assert Page.find_problems() == ([], [], [], [], [])


def test_a_merged_column_takes_its_items_along_and_its_address_leads_on():
    office = publishing_office()
    item = published(office)
    other = Column.objects.of(office.bureau).holding_items().exclude(pk=office.column.pk).first()
    by = office.office
    with pytest.raises(StillHoldsItems):
        actions.close(office.column, by=by)
    OutdatedPage.objects.all().delete()
    assert actions.merge(office.column, into=other, by=by) == 1
    item = Item.objects.get(pk=item.pk)
    assert (item.column, item.live) == (other, True)
    assert (office.column.live, office.column.successor) == (False, other)
    assert holdings(organisation=office.bureau)[other.pk].count == 1
    with pytest.raises(ColumnClosed):
        actions.amend(office.column, facts={"title": "改"}, by=by)
    actions.reopen(office.column, by=by)
    assert office.column.live


def test_blank_columns_are_judged_by_the_criteria_in_two_queries(django_assert_num_queries):
    office = publishing_office()
    published(office)
    with django_assert_num_queries(2):
        state = health()[office.bureau.pk]
    # how to apply is told from the guide, so that column is never blank
    open_ones = Column.objects.of(office.bureau).open().filter(kind="list").count()
    assert state.blank == open_ones - 1
    assert state.fails == ("blank",)


def test_the_desk_shows_the_tree_and_moves_a_column_by_its_button(client, settings):
    settings.GONGKAI_SECOND_FACTOR_ROLES = ["none"]
    place = city()
    user = PostFactory(role="office", organisation=place.top).user
    client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
    here = f"/desk/directory/columns/{place.county.pk}/"
    assert "还没有栏目" in client.get(here).content.decode()
    count = len(presets_for("county", "government"))
    assert (
        f"已建立 {count} 个栏目" in client.post(here, {"preset": "1"}, follow=True).content.decode()
    )
    planning, functions = named(place.county, "规划信息"), named(place.county, "机关职能")
    answer = client.post(here, {"up": planning.pk}, HTTP_HX_REQUEST="true").content.decode()
    assert answer.index("规划信息") < answer.index("机关职能")
    with CaptureQueriesContext(connection) as seen:
        assert client.get(here).status_code == 200
    assert len(seen) < 40
    done = client.post(
        f"/desk/directory/columns/column/{functions.pk}/close/",
        {"successor": planning.pk},
        follow=True,
    )
    assert "网址转到“规划信息”" in done.content.decode()
    clerk = PostFactory(role="clerk", organisation=place.housing).user
    client.force_login(clerk, backend="allauth.account.auth_backends.AuthenticationBackend")
    assert client.get(here).status_code == 404
    assert client.get(f"/desk/directory/columns/column/{planning.pk}/").status_code == 404
