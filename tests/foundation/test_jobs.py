"""Long work: it counts, it can be stopped, and it goes on where it was."""

from datetime import date, time

import pytest
from tests.factories import PostFactory, city, reader

from gongkai.core.refusal import Refusal
from gongkai.foundation import clock
from gongkai.foundation.jobs import beat, job, resume, start, stop
from gongkai.foundation.jobs.actions import NotStartable, under_way
from gongkai.foundation.jobs.models import Job

pytestmark = pytest.mark.django_db(transaction=True)
seen: list[int] = []


@pytest.fixture(autouse=True)
def _empty():
    seen.clear()


@job("tests.count", title="数数")
def count(progress, *, upto, halt=None):
    for n in progress.over(range(upto)):
        if n == halt:
            Job.objects.filter(pk=progress.job.pk).update(stop_asked=True)
        seen.append(n)
        progress.memory["last"] = n
        progress.keep()
    progress.finish("/desk/")


@job("tests.refuse", title="拒绝")
def refuse(progress):
    raise Refusal("文件是空的，请换一个。")


@job("tests.break", title="出错")
def break_down(progress):
    raise ZeroDivisionError("secret detail")


def test_work_is_done_and_counted():
    made = start(count, by=reader("clerk", city().finance), arguments={"upto": 3})
    made.refresh_from_db()
    assert (made.state, made.done, made.total, made.percent) == ("done", 3, 3, 100)
    assert made.href == "/desk/"


def test_a_refusal_ends_it_with_its_own_sentence():
    made = start(refuse)
    made.refresh_from_db()
    assert (made.state, made.error) == ("failed", "文件是空的，请换一个。")


def test_an_error_of_ours_shows_no_detail_to_people():
    made = start(break_down)
    made.refresh_from_db()
    assert made.state == "failed"
    assert "secret" not in made.error
    assert "系统管理员" in made.error


def test_a_stopped_job_goes_on_from_what_it_remembers():
    made = start(count, arguments={"upto": 4, "halt": 1})
    made.refresh_from_db()
    assert made.state == "stopped"
    assert made.memory == {"last": 1}
    made.arguments = {"upto": 4}
    made.save()
    resume(made)
    made.refresh_from_db()
    assert made.state == "done"


def test_a_job_that_is_done_does_not_start_again():
    made = start(count, arguments={"upto": 1})
    with pytest.raises(NotStartable):
        resume(made)


def test_a_waiting_job_stops_at_once():
    waiting = Job.objects.create(kind="tests.count", title="数数")
    stop(waiting)
    assert waiting.state == "stopped"


def test_a_worker_that_went_silent_is_called_interrupted():
    lost = Job.objects.create(
        kind="tests.count", title="数数", state="running", started=clock.now(), heard=clock.now()
    )
    assert lost.is_active
    with clock.moved_to(clock.today().replace(year=clock.today().year + 1)):
        assert lost.is_interrupted
        assert lost.can_start_again


def test_work_whose_worker_died_is_not_under_way():
    now = clock.now()
    told = {
        "kind": "tests.count",
        "title": "数数",
        "state": "running",
        "started": now,
        "heard": now,
    }
    mine = Job.objects.create(**told, arguments={"upto": 3})
    assert under_way(count, upto=3) == mine
    assert under_way(count, upto=4) is None
    with clock.moved_to(clock.today().replace(year=clock.today().year + 1)):
        assert under_way(count, upto=3) is None
        waiting = Job.objects.create(kind="tests.count", title="数数", arguments={"upto": 3})
        assert under_way(count, upto=3) == waiting


def test_others_do_not_see_my_jobs(client):
    place = city()
    mine, other = (PostFactory(role="clerk", organisation=place.finance).user for _ in range(2))
    made = Job.objects.create(kind="tests.count", title="数数", owner=mine)
    client.force_login(other, backend="allauth.account.auth_backends.AuthenticationBackend")
    assert client.get(made.get_absolute_url()).status_code == 404
    client.force_login(mine, backend="allauth.account.auth_backends.AuthenticationBackend")
    page = client.get(made.get_absolute_url()).content.decode()
    assert "等待中" in page
    assert "hx-get" in page


def test_regular_work_is_done_once_when_it_is_due_whoever_asks(monkeypatch):
    calls = []

    def count():
        calls.append(clock.now())
        raise RuntimeError("a failure does not stop the next turn")

    monkeypatch.setattr(beat, "_regulars", {"a": beat.Regular("a", 10, count)})
    with clock.moved_to(date(2026, 5, 6), time(9)):
        assert beat.do_due() == ["a"]
        assert beat.do_due() == []
    with clock.moved_to(date(2026, 5, 6), time(9, 11)):
        assert beat.do_due() == ["a"]
    assert len(calls) == 2
