"""Nothing that was committed is forgotten, and nothing is found that is not public."""

from datetime import date

import pytest
from django.db import transaction

from gongkai.foundation.jobs.models import Job
from gongkai.foundation.search import Document, touch
from gongkai.foundation.search import pending as notes
from gongkai.foundation.search.asking import ask
from gongkai.foundation.search.engine import engine
from gongkai.foundation.search.engines.folder import AlreadyBuilding
from gongkai.foundation.search.models import Pending
from gongkai.foundation.search.pending import drain
from gongkai.foundation.search.query import Query
from gongkai.foundation.search.rebuilding import rebuild
from gongkai.foundation.search.sources import Source, _sources
from gongkai.foundation.search.synonyms import forget_names

pytestmark = pytest.mark.django_db(transaction=True)
REPORTS = {"guide", "item", "report"}


@pytest.fixture
def truth(settings, tmp_path, monkeypatch):
    """Return a mapping of key to title: what is public. Whoever changes it says so with ``touch``."""
    settings.GONGKAI_SEARCH_INDEX = tmp_path
    forget_names()
    titles: dict[str, str] = {}

    def documents(keys):
        return [
            Document("tests", k, titles[k], f"/items/0/{k}/", day=date(2024, 1, 1))
            for k in keys
            if k in titles
        ]

    for kind in REPORTS:
        monkeypatch.delitem(_sources, kind, raising=False)
    source = Source(
        "tests", "样本", documents, lambda after: sorted(k for k in titles if k > after)
    )
    monkeypatch.setitem(_sources, "tests", source)
    return titles


def found(text):
    return sorted(document.key for document in ask(Query(text), literal=True).documents)


def test_a_change_is_in_the_index_after_its_commit_and_not_without_it(truth):
    truth["1"] = "关于低保标准的通知"
    with transaction.atomic():
        touch("tests", ["1"])
        transaction.set_rollback(True)
    assert (found("低保"), Pending.objects.count()) == ([], 0)
    with transaction.atomic():
        touch("tests", ["1"])
        assert found("低保") == []
    assert (found("低保"), Pending.objects.count()) == (["1"], 0)
    assert Job.objects.filter(kind="search.drain", state=Job.State.DONE).count() == 1
    del truth["1"]
    touch("tests", ["1", "2"])
    assert engine().size() == 0


def test_what_breaks_while_the_index_is_written_is_done_again(truth, monkeypatch):
    truth["1"] = "关于低保标准的通知"
    write = type(engine()).write

    def broken(self, documents, gone):
        write(self, documents, gone)
        raise OSError("no space left on device")

    monkeypatch.setattr(type(engine()), "write", broken)
    touch("tests", ["1"])
    assert Pending.objects.count() == 1
    monkeypatch.setattr(type(engine()), "write", write)
    assert drain() == 1
    assert (found("低保"), engine().size(), Pending.objects.count()) == (["1"], 1, 0)


def test_a_rebuild_goes_on_where_it_stopped_and_misses_no_change_made_meanwhile(truth, monkeypatch):
    truth.update({f"{n:02}": f"第{n}号公告" for n in range(30)})
    touch("tests", truth)
    monkeypatch.setattr("gongkai.foundation.search.rebuilding.BATCH", 10)
    batches = []

    def stop_in_the_middle(title, count):
        batches.append(count)
        if len(batches) == 2:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        rebuild(told=stop_in_the_middle)
    assert found("公告 15") == ["15"], "the old index serves meanwhile"
    del truth["05"]
    truth["06"] = "关于低保标准的通知"
    touch("tests", ["05", "06"])
    assert found("低保") == ["06"]
    again = []
    assert rebuild(told=lambda title, count: again.append(count)) == 29
    assert again[0] == 20, "what was done is not done again"
    assert (found("低保"), found("公告 5"), engine().size()) == (["06"], [], 29)
    assert Pending.objects.count() == 0


def test_only_one_process_rebuilds(truth):
    with engine().rebuild(afresh=True), pytest.raises(AlreadyBuilding):
        rebuild()
    assert notes.waiting() == 0
