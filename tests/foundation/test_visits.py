"""Visits: counted without knowing whose, only of pages that exist, none lost on the way to the database."""

from datetime import date, timedelta

import pytest
from django.db import OperationalError
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.factories.information import published, publishing_office
from tests.factories.organisations import reader

from gongkai.domain.information.actions import withdraw
from gongkai.foundation import clock
from gongkai.foundation.figures import Period, sources
from gongkai.foundation.visits import counting, queries, writing
from gongkai.foundation.visits.models import VisitCount
from gongkai.foundation.visits.registry import place_of

PERSON = "Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 Chrome/120 Mobile Safari/537.36"
TODAY = date(2026, 11, 22)
PAGE = ("item", 7)


@pytest.fixture(autouse=True)
def _nothing_counted():
    counting.tally.clear()
    yield
    counting.tally.clear()


def opened(tally, *, now=0.0, address="10.0.0.1", browser="甲", place=PAGE, day=TODAY):
    return tally.count(place, address=address, browser=browser, day=day, now=now)


def test_a_page_opened_again_within_a_visit_counts_once_and_later_again():
    tally = counting.Tally()
    assert opened(tally)
    assert not opened(tally, now=60)
    assert opened(tally, now=60, place=("item", 8))
    assert opened(tally, now=60, browser="乙")
    assert opened(tally, now=60, address="10.0.0.2")
    assert opened(tally, now=60 + 3 * counting.A_VISIT)
    assert opened(tally, now=61 + 3 * counting.A_VISIT, day=TODAY + timedelta(days=1))
    assert tally.waiting(PAGE) == 5


def test_a_machine_that_opens_everything_is_no_longer_counted():
    tally = counting.Tally()
    counted = [opened(tally, place=("item", n), browser=str(n)) for n in range(1000)]
    assert sum(counted) == counting.PER_MINUTE
    assert opened(tally, address="10.0.0.2", place=("item", 1))
    assert opened(tally, now=counting.A_MINUTE + 1, place=("item", 5000))


def test_memory_holds_no_address_and_does_not_grow_with_what_is_invented(monkeypatch):
    monkeypatch.setattr(counting, "PAGES", 50)
    monkeypatch.setattr(counting, "REMEMBERED", 100)
    tally = counting.Tally()
    for n in range(1000):
        opened(tally, address=f"203.0.113.{n}", place=("item", n))
    kept = vars(tally)
    assert len(kept["_counts"]) == 50
    assert max(len(kept["_seen"]), len(kept["_before"]), len(kept["_asked"])) <= 101
    assert "203.0.113" not in repr(kept)


@settings(max_examples=60)
@given(st.text(max_size=120))
def test_no_address_breaks_the_counting(told):
    assert place_of(told) is None or told.startswith("/")


def say_opened(client, page, **headers):
    answer = client.post(f"/visits{page}", headers={"user-agent": PERSON, **headers})
    assert (answer.status_code, answer.content) == (204, b"")
    assert not answer.cookies


@pytest.mark.django_db
def test_what_is_read_is_counted_for_the_item_its_column_and_its_organisation(client):
    office = publishing_office()
    item, other = published(office), published(office, title="关于开展节水宣传的通知")
    home = f"/organisations/{office.bureau.pk}/"
    for who in ("甲", "乙", "甲"):
        say_opened(client, item.address, **{"accept-language": who})
    say_opened(client, f"/columns/{office.column.pk}/")
    say_opened(client, home)
    # nobody: machines, people who do not want to be counted, other sites, pages that are none
    say_opened(client, item.address, **{"user-agent": "Mozilla/5.0 (compatible; Baiduspider/2.0)"})
    say_opened(client, item.address, **{"accept-language": "丙", "sec-gpc": "1"})
    say_opened(client, item.address, **{"accept-language": "丁", "sec-fetch-site": "cross-site"})
    for page in ("/items/0/999999999/", "/items/0/0/", "/desk/", f"/items/{'9' * 80}/", "/../etc/"):
        say_opened(client, page)
    assert client.get(f"/visits{item.address}").json() == {"visits": 2}
    assert writing.write() == 4
    rows = VisitCount.objects.values_list("kind", "key", "count")
    assert set(rows) == {
        ("item", item.pk, 2),
        ("column", office.column.pk, 1),
        ("column.all", office.column.pk, 3),
        ("organisation", office.bureau.pk, 1),
        ("organisation.all", office.bureau.pk, 4),
        ("all", 0, 4),
    }
    assert client.get(f"/visits{item.address}").json() == {"visits": 2}
    assert client.get(f"/visits{other.address}").json() == {"visits": 0}

    today = clock.today()
    asked = sources()["visits.total"].ask([office.bureau.pk, office.city.pk], Period(today.year))
    assert set(asked) == {office.bureau.pk}  # nobody opened the city's pages: no figure, not zero
    behind = list(asked[office.bureau.pk].records())
    assert asked[office.bureau.pk].value == sum(one.count for one in behind) == 4
    assert behind[0].href == item.get_absolute_url()

    client.force_login(
        reader("office", office.city).user,
        backend="allauth.account.auth_backends.AuthenticationBackend",
    )
    shown = client.get(f"/desk/statistics/visits/?unit={office.city.pk}").content.decode()
    assert item.title in shown
    assert office.column.title in shown
    assert other.title not in shown
    narrowed = f"/desk/statistics/visits/?unit={office.city.pk}&column={office.column.pk}"
    assert "只看栏目" in client.get(narrowed).content.decode()

    withdraw(item, reason="内容有误", by=office.office)
    assert client.get(f"/visits{item.address}").status_code == 404
    say_opened(client, item.address, **{"accept-language": "戊"})
    assert writing.write() == 0


@pytest.mark.django_db
def test_counts_that_cannot_be_written_are_written_the_next_time(client, monkeypatch):
    office = publishing_office()
    item = published(office)

    def fail(rows):
        raise OperationalError("database is locked")

    say_opened(client, item.address)
    with monkeypatch.context() as broken:
        broken.setattr(writing, "add", fail)
        with pytest.raises(OperationalError):
            writing.write()
    say_opened(client, item.address, **{"accept-language": "乙"})
    assert writing.write() == 2
    assert writing.write() == 0
    assert queries.totals("item", [item.pk]) == {item.pk: 2}


@pytest.mark.django_db
def test_old_days_are_put_together_by_month_and_no_visit_is_lost():
    first = clock.today() - timedelta(days=400)
    days = [first + timedelta(days=n) for n in range(401)]
    writing.add({("item", 1, day): 2 for day in days} | {("item", 2, days[40]): 5})
    before = {year: dict(queries.by_month("item", [1, 2], year)) for year in {d.year for d in days}}
    assert writing.fold() > 300
    assert writing.fold() == 0
    assert VisitCount.objects.count() < 85
    assert {year: dict(queries.by_month("item", [1, 2], year)) for year in before} == before
