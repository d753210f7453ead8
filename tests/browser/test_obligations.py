"""Columns by keyboard, and the way from what is due to what is done, at a desk and on a phone."""

from datetime import date

from tests.factories import PostFactory
from tests.factories.directories import DEADLINES, adopted, line
from tests.factories.information import published, publishing_office
from tests.factories.organisations import UserFactory

from gongkai.domain.directory import actions
from gongkai.domain.directory.models import Column, Obligation
from gongkai.foundation import clock


def titles(page):
    return page.locator("#column-rows tr td:first-child a").all_inner_texts()


def test_a_clerk_orders_columns_by_keyboard_and_confirms_what_the_machine_found(
    screen, new_page, clean, settings
):
    settings.GONGKAI_SECOND_FACTOR_ROLES = ["none"]
    office = publishing_office(level="county")
    directory = adopted(office.city, [line(second) for second in DEADLINES], by=office.office)
    actions.assign_named(directory, by=office.office)
    year = clock.today().year
    actions.generate(office.city, year=year, by=office.office)
    plan = Obligation.objects.get(entry__second="防汛预案")
    with clock.moved_to(date(year, 3, 2)):
        published(office, title=f"{year}年防汛预案")
    actions.propose([office.bureau.pk], year=year)
    user = UserFactory(name="陈静")
    for role in ("clerk", "head"):
        PostFactory(user=user, organisation=office.bureau, role=role)
    page = new_page(user, viewport=screen)

    page.goto("/desk/directory/columns/")
    clean(page)
    functions = Column.objects.of(office.bureau).get(key="s20-2")
    before = titles(page)
    page.locator(f"#down-{functions.pk}").focus()
    page.keyboard.press("Enter")
    page.wait_for_function(
        "title => document.querySelectorAll('#column-rows td:first-child a')[8].innerText !== title",
        arg=before[8],
    )
    after = titles(page)
    assert after.index("机关职能") == before.index("机关职能") + 1
    assert page.evaluate("document.activeElement.id") == f"down-{functions.pk}"
    if screen["width"] > 1000:
        beside = Column.objects.of(office.bureau).get(title=after[8])
        handle = page.locator(f"#column-{functions.pk} .columns-handle")
        handle.drag_to(
            page.locator(f"#column-{beside.pk} td:first-child"), target_position={"x": 20, "y": 3}
        )
        page.wait_for_function(
            "title => document.querySelectorAll('#column-rows td:first-child a')[8].innerText === title",
            arg="机关职能",
        )
        assert titles(page) == before

    page.goto("/desk/directory/proposals/")
    clean(page)
    here = page.locator(".sidebar-menu-item--active")
    assert here.text_content() == "公开义务"
    page.get_by_label("全选").check()
    page.get_by_role("button", name="确认选中的").click()
    page.get_by_text("已确认").wait_for()
    plan.refresh_from_db()
    assert plan.done == date(year, 3, 2)
    for address in (
        "/desk/directory/obligations/",
        f"/desk/directory/obligations/{plan.pk}/",
        f"/desk/directory/calendar/?month={year}-03&day={year}-03-31",
        "/desk/directory/coverage/",
        "/desk/directory/directories/",
        f"/desk/directory/columns/column/{functions.pk}/",
        "/desk/directory/columns/watched/",
        f"/directories/{directory.pk}/",
        f"/directories/{directory.pk}/municipal/",
    ):
        page.goto(address)
        clean(page)
    assert "防汛预案" in page.locator("main").inner_text()
