"""The dashboard: what was made public by month, unit, column and channel, always as the items have it."""

import io
import re
from datetime import date, timedelta
from pathlib import Path

import openpyxl
import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from tests.factories.information import publishing_office
from tests.factories.organisations import OrganisationFactory

from gongkai.domain.channels.actions import release_many
from gongkai.domain.directory.models import Column
from gongkai.domain.information.actions import Reviewed, arrange, publish_many, save, withdraw
from gongkai.domain.review.models import Chain
from gongkai.foundation import clock
from gongkai.foundation.jobs.actions import stop
from gongkai.foundation.jobs.models import Job
from gongkai.oversight.statistics import jobs
from gongkai.oversight.statistics.exporting import sums
from gongkai.oversight.statistics.models import MonthReport, YearTally
from gongkai.oversight.statistics.tallying import year_sum

pytestmark = pytest.mark.django_db
TODAY = date(2026, 3, 10)
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


@pytest.fixture
def office():
    with clock.moved_to(TODAY):
        yield publishing_office()


@pytest.fixture
def desk(client, office):
    user = office.office.user
    client.force_login(user, backend=BACKEND)
    return client


def public(office, *days, **values):
    """Have the bureau make an item public on each of *days*."""
    things = [
        Reviewed(
            {
                "title": f"通知{number}",
                "body": "<p>正文</p>",
                "column": office.column,
                "published_on": day,
                **values,
            }
        )
        for number, day in enumerate(days)
    ]
    return publish_many(
        office.bureau,
        things,
        chain=Chain.objects.get(organisation=office.city, importance="general"),
        signers=[office.head.user, office.second.user],
        evidence="纸质审批单",
        by=office.office,
    )


def words(response):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode()))


def test_a_year_beside_the_last_with_every_number_leading_to_its_items(desk, office):
    now = public(office, date(2026, 1, 5), date(2026, 2, 6), date(2026, 2, 7), topic="t06-03")
    public(office, date(2025, 2, 1), date(2025, 12, 1))
    release_many(now[:1], "weibo", evidence="后台导出", by=office.office)
    quiet = OrganisationFactory(parent=office.city, name="云川市档案局")
    page = desk.get(reverse("statistics:dashboard"))
    told = words(page)
    # the December of last year does not belong to the same days
    assert "3 主动公开（条） 比上年同期增长 200.0%" in told
    assert "1 / 3 有公开的单位" in told
    assert "3 近 30 天没有公开的单位" in told
    assert "2月 2 1 3月 0 0 4月 — 0" in told
    assert "政务微博 1 0" in told
    assert "农业、林业、水利 3 0" in told
    links = re.findall(r'href="(/desk/statistics/items/[^"]+)"', page.content.decode())
    assert len(links) > 15
    for link in links:
        assert desk.get(link.replace("&amp;", "&")).status_code == 200
    month = reverse("statistics:items") + f"?unit={office.city.pk}&year=2026&month=2"
    assert words(desk.get(month)).count("云川市水利局 ") == 2
    assert "渠道：政务微博" in words(desk.get(f"{month[:-1]}1&outlet=weibo"))
    shown = desk.get(reverse("statistics:dashboard") + "?show=silent")
    assert quiet.name in words(shown)
    assert "近 30 天" not in words(desk.get(reverse("statistics:dashboard") + "?year=2025"))


def test_a_tally_is_never_shown_after_what_it_adds_up_has_changed(office):
    items = public(office, date(2026, 1, 5), date(2026, 1, 6))
    keys = [office.bureau.pk, office.city.pk]
    here = office.column.key
    assert year_sum(keys, 2026).parts["column"] == {here: 2}
    # its own marks tell that it still holds: nothing is counted anew, nor read again
    with CaptureQueriesContext(connection) as asked:
        year_sum([office.bureau.pk], 2026)
    assert len(asked) == 1
    other = Column.objects.of(office.bureau).holding_items().exclude(pk=office.column.pk).first()
    arrange(items[:1], by=office.clerk, values={"column": other})
    assert year_sum(keys, 2026).parts["column"] == {here: 1, other.key: 1}
    withdraw(items[0], by=office.office, reason="内容有误")
    save(items[0], by=office.clerk, values={"column": office.column})
    assert year_sum(keys, 2026).parts["column"] == {here: 2}
    call_command("tallies", stdout=io.StringIO())
    call_command("tallies", "--check", stdout=(out := io.StringIO()))
    assert "全部一致" in out.getvalue()
    YearTally.objects.filter(organisation=office.bureau).update(counts={})
    with pytest.raises(Exception, match="不符"):
        call_command("tallies", "--check", stdout=io.StringIO())


def test_the_months_come_as_a_workbook_that_was_stopped_and_went_on(
    desk, client, office, monkeypatch, django_capture_on_commit_callbacks
):
    public(office, date(2026, 1, 5), date(2026, 2, 6), kind="normative", made_on=date(2026, 1, 4))
    added_up = []

    def adding_up(keys, period):
        added_up.append(period.month)
        if added_up == [1, 2]:
            stop(Job.objects.get(kind="statistics.monthly"))
        return sums(keys, period)

    monkeypatch.setattr(jobs, "sums", adding_up)
    with django_capture_on_commit_callbacks(execute=True):
        sent = desk.post(reverse("statistics:monthly") + "?year=2026")
    job = Job.objects.get(kind="statistics.monthly")
    assert sent["Location"] == job.get_absolute_url()
    assert (job.state, job.done, job.total) == ("stopped", 2, 4)
    assert "继续" in words(desk.get(sent["Location"]))
    with django_capture_on_commit_callbacks(execute=True):
        desk.post(reverse("jobs:resume", args=[job.pk]))
    assert added_up == [1, 2, 3]
    job.refresh_from_db()
    assert (job.state, job.done, job.total) == ("done", 4, 4)
    assert "共 2 个单位" in words(desk.get(sent["Location"]))
    got = desk.get(job.href)
    assert "attachment" in got["Content-Disposition"]
    book = openpyxl.load_workbook(io.BytesIO(b"".join(got.streaming_content)))
    figures = {row[0]: row[2:] for row in book["按月"].values}
    assert figures["主动公开政府信息数"] == (1, 1, 0, *[None] * 9, 2)
    assert figures["现行有效规范性文件数"] == (2, 2, 2, *[None] * 9, 2)
    units = {row[0]: row[1:] for row in book["按单位"].values}
    assert units["云川市水利局"] == (1, 1, 0, *[None] * 9, 2)
    # what somebody could see is for nobody else, and not for ever
    client.force_login(office.head.user, backend=BACKEND)
    assert client.get(job.href).status_code == 404
    kept = Path(MonthReport.objects.get().file.path)
    with clock.moved_to(TODAY + timedelta(days=31)):
        jobs.sweep_month_reports()
    assert not MonthReport.objects.exists()
    assert not kept.exists()


def test_a_clerk_sees_the_own_unit_and_no_other(client, office):
    user = office.clerk.user
    client.force_login(user, backend=BACKEND)
    assert "云川市水利局" in words(client.get(reverse("statistics:dashboard")))
    for name in ("dashboard", "items", "monthly"):
        assert (
            client.get(reverse(f"statistics:{name}") + f"?unit={office.city.pk}").status_code == 404
        )
    assert "还没有主动公开的信息" in words(client.get(reverse("statistics:dashboard")))


def test_the_page_asks_as_much_for_thirty_units_as_for_two(desk, office):
    public(office, *(TODAY - timedelta(days=n) for n in range(40)))

    def questions():
        desk.get(reverse("statistics:dashboard"))
        with CaptureQueriesContext(connection) as asked:
            assert desk.get(reverse("statistics:dashboard")).status_code == 200
        return len(asked)

    few = questions()
    for _ in range(28):
        OrganisationFactory(parent=office.city)
    assert questions() <= few
