"""Pages as files: nothing outdated stays, nothing is forgotten, nothing is half there."""

import gzip
import os
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from io import StringIO
from threading import get_ident

import pytest
from django.core.management import CommandError, call_command
from django.db import connection, transaction
from django.test import RequestFactory
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gongkai.foundation.jobs.models import Job
from gongkai.foundation.publicfiles import (
    PageSource,
    actions,
    draining,
    registry,
    touch,
    touch_group,
)
from gongkai.foundation.publicfiles.draining import NotAllWritten, drain, settle
from gongkai.foundation.publicfiles.models import OutdatedPage
from gongkai.foundation.publicfiles.places import STAMP, is_current, place_of, root, stamp
from gongkai.foundation.publicfiles.rebuilding import UNDER_WAY, differing, rebuild
from gongkai.foundation.publicfiles.serving import PublicFilesMiddleware
from gongkai.foundation.publicfiles.variant import traditional_page
from gongkai.foundation.publicfiles.writing import Staged, put_now

transactional = pytest.mark.django_db(transaction=True)


class Shelf:
    """Records that pages are made of: address and text."""

    def __init__(self):
        self.texts = {}
        self.broken = set()
        self.during = lambda: None

    def render_many(self, addresses):
        for address in addresses:
            if address in self.broken:
                raise ValueError(address)
            text = self.texts.get(address)
            self.during()
            yield address, text.encode() if text is not None else None


@pytest.fixture
def shelf(settings, tmp_path, monkeypatch):
    settings.GONGKAI_PUBLIC = tmp_path / "public"
    shelf = Shelf()
    source = PageSource(
        name="shelf",
        title="书架",
        owns=("/shelf/", "/shelf.txt"),
        gathering=("/shelf/lists/",),
        all_pages=lambda: sorted(shelf.texts),
        group=lambda key: [address for address in shelf.texts if key in address],
        render_many=shelf.render_many,
    )
    monkeypatch.setattr(registry, "_sources", {"shelf": source})
    shelf.start_writing = actions.start_writing
    monkeypatch.setattr(actions, "start_writing", lambda: None)
    list(rebuild())
    return shelf


def text(address):
    return place_of(address).read_text("utf-8")


def everything_written():
    list(drain())
    return list(differing()) == [] and not OutdatedPage.objects.exists()


@transactional
def test_a_touched_page_is_gone_before_the_transaction_ends_and_written_after_it(shelf):
    shelf.texts["/shelf/1/"] = '<html lang="zh-hans">体育<a href="/shelf/2/">'
    with transaction.atomic():
        touch(["/shelf/1/"])
    assert everything_written()
    shelf.texts["/shelf/1/"] = "改"
    with transaction.atomic():
        touch(["/shelf/1/"])
        assert not place_of("/shelf/1/").exists()
    list(drain())
    assert text("/shelf/1/") == "改"


@transactional
def test_who_rendered_the_old_state_cannot_leave_it(shelf):
    shelf.texts["/shelf/1/"] = "旧"
    touch(["/shelf/1/"])

    def withdrawn_meanwhile():
        shelf.during = lambda: None
        del shelf.texts["/shelf/1/"]
        touch(["/shelf/1/"])

    shelf.during = withdrawn_meanwhile
    (row,) = OutdatedPage.objects.values_list("address", "mark")
    assert settle([row]).settled == ()
    assert not place_of("/shelf/1/").exists()
    assert everything_written()
    assert not list(root().rglob(".new-*"))


@transactional
def test_what_a_dead_worker_left_is_taken_up_by_the_next(shelf, monkeypatch):
    shelf.texts["/shelf.txt"] = "一"
    touch(["/shelf.txt"])
    assert not Job.objects.exists()
    monkeypatch.setattr(actions, "start_writing", shelf.start_writing)
    actions.take_up()
    assert Job.objects.get().state == Job.State.DONE
    assert text("/shelf.txt") == "一"
    actions.take_up()
    assert Job.objects.count() == 1


@transactional
def test_who_comes_while_another_writes_leaves_it_to_them(shelf):
    shelf.texts |= {f"/shelf/{n}/": str(n) for n in range(draining.BATCH + 1)}
    touch(shelf.texts)
    writing = drain()
    next(writing)
    shelf.texts["/shelf/late/"] = "后到"
    touch(["/shelf/late/"])
    assert list(drain(patient=False)) == []
    list(writing)
    assert text("/shelf/late/") == "后到"
    assert everything_written()


@transactional
def test_what_was_left_to_the_writer_at_the_last_moment_is_written(shelf):
    shelf.texts["/shelf/1/"] = "旧"
    touch(["/shelf/1/"])

    def changed_meanwhile():
        shelf.during = lambda: None
        shelf.texts["/shelf/1/"] = "新"
        touch(["/shelf/1/"])
        assert list(drain(patient=False)) == []

    shelf.during = changed_meanwhile
    list(drain())
    assert text("/shelf/1/") == "新"
    assert not OutdatedPage.objects.exists()


@transactional
def test_a_list_that_changes_with_every_page_is_written_once_and_last(shelf, monkeypatch):
    monkeypatch.setattr(draining, "BATCH", 3)
    monkeypatch.setattr(draining, "BATCH_OF_LISTS", 1)
    shelf.texts |= {"/shelf/lists/1/": "表"} | {f"/shelf/{n}/": str(n) for n in range(12)}
    threes = [[f"/shelf/{n + more}/" for more in range(3)] for n in range(0, 12, 3)]
    touch([*threes.pop(), "/shelf/lists/1/"])
    written = []
    for outcome in drain():
        written += outcome.settled
        if threes:
            touch([*threes.pop(), "/shelf/lists/1/"])
    assert written[-1] == "/shelf/lists/1/"
    assert sorted(written) == sorted(shelf.texts)


class Beside(ThreadPoolExecutor):
    """Further writers, each with a connection of its own as a process has."""

    def submit(self, write, *args):
        def write_and_leave():
            try:
                return write(*args)
            finally:
                connection.close()

        return super().submit(write_and_leave)


@transactional
def test_several_write_each_page_once_and_the_first_does_not_only_wait(shelf, monkeypatch):
    writers = Counter()
    shelf.during = lambda: writers.update([get_ident()])
    shelf.texts |= {f"/shelf/{n}/": str(n) for n in range(60)}
    touch(shelf.texts)
    monkeypatch.setattr(draining, "pool", Beside)
    monkeypatch.setattr(draining, "BATCH", 3)
    monkeypatch.setattr(draining, "WORTH_A_PROCESS", 1)
    written = [address for outcome in drain(3) for address in outcome.settled]
    assert sorted(written) == sorted(shelf.texts)
    assert len(writers) > 1
    assert get_ident() in writers
    assert list(differing()) == []


@transactional
def test_a_page_that_cannot_be_rendered_does_not_hold_up_the_others(shelf, caplog):
    shelf.texts |= {f"/shelf/{n}/": str(n) for n in range(5)}
    shelf.broken = {"/shelf/3/"}
    touch(shelf.texts)
    with pytest.raises(NotAllWritten, match="1 个"):
        list(drain())
    assert text("/shelf/4/") == "4"
    assert [row.address for row in OutdatedPage.objects.all()] == ["/shelf/3/"]
    assert list(differing()) == []
    shelf.broken = set()
    assert everything_written()


@transactional
def test_a_rebuild_that_was_stopped_goes_on_where_it_was(shelf):
    total, batch = 2 * draining.BATCH + 50, draining.BATCH
    shelf.texts |= {f"/shelf/{n}/": str(n) for n in range(total)}
    put_now(root() / "shelf/gone.html", b"")
    under_way = rebuild()
    assert [next(under_way), next(under_way)] == [(0, total), (batch, total)]
    under_way.close()
    assert (root() / UNDER_WAY).exists()
    written = place_of("/shelf/0/").stat().st_mtime_ns
    assert list(rebuild())[-1] == (total - batch, total - batch)
    assert place_of("/shelf/0/").stat().st_mtime_ns == written
    assert list(differing()) == []
    assert not place_of("/shelf/gone/").exists()
    assert not (root() / UNDER_WAY).exists()


@transactional
def test_a_group_too_large_to_name_is_written_anew(shelf):
    shelf.texts |= {f"/shelf/{kind}/{n}/": "旧" for kind in "ab" for n in range(3)}
    list(rebuild())
    shelf.texts |= dict.fromkeys(shelf.texts, "新")
    touch_group("shelf", "/a/")
    list(drain())
    assert {text(a) for a in shelf.texts if "/a/" in a} == {"新"}
    assert {text(a) for a in shelf.texts if "/b/" in a} == {"旧"}
    touch_group("shelf")
    assert everything_written()


STEPS = st.lists(
    st.tuples(st.sampled_from(["write", "remove", "drain", "stop", "rebuild"]), st.integers(0, 5)),
    max_size=12,
)


@transactional
@settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))
@given(steps=STEPS)
def test_in_the_end_the_files_are_what_a_full_rebuild_would_give(shelf, steps):
    for step, n in steps:
        address = f"/shelf/{n}/"
        if step == "write":
            shelf.texts[address] = f"{n}{len(shelf.texts.get(address, ''))}"
            touch([address])
        elif step == "remove":
            shelf.texts.pop(address, None)
            touch([address])
        elif step == "drain":
            list(drain())
        elif step == "stop":
            next(rebuild())
        else:
            list(rebuild())
    assert everything_written()


@pytest.fixture
def serve(shelf):
    def answer(address, method="get", **headers):
        request = getattr(RequestFactory(), method)(address, headers=headers)
        return PublicFilesMiddleware(lambda _: None)(request)

    put_now(place_of("/shelf/1/"), "公开".encode())
    return answer


@transactional
def test_a_page_is_sent_compressed_and_only_when_it_has_changed(serve):
    plain, squeezed = serve("/shelf/1/"), serve("/shelf/1/", **{"Accept-Encoding": "gzip"})
    assert plain.content == gzip.decompress(squeezed.content) == "公开".encode()
    assert squeezed["Vary"] == "Accept-Encoding"
    again = serve("/shelf/1/", **{"If-None-Match": plain["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    since = serve("/shelf/1/", **{"If-Modified-Since": plain["Last-Modified"]})
    assert since.status_code == 304
    put_now(place_of("/shelf/1/"), b"other")
    os.utime(place_of("/shelf/1/"), (2e9, 2e9))
    assert serve("/shelf/1/", **{"If-None-Match": plain["ETag"]}).status_code == 200


@transactional
def test_attachments_are_saved_and_pictures_shown(serve, tmp_path):
    original = tmp_path / "名册.docx"
    original.write_bytes(b"PK")
    staged = Staged()
    staged.add("/shelf/1/files/名册.docx", original)
    staged.put(["/shelf/1/files/名册.docx"])
    assert place_of("/shelf/1/files/名册.docx").samefile(original)
    sent = serve("/shelf/1/files/%E5%90%8D%E5%86%8C.docx")
    assert sent["Content-Disposition"].startswith("attachment")
    assert b"".join(sent) == b"PK"
    sent.close()


@transactional
def test_data_by_the_line_are_told_for_what_they_are(serve):
    put_now(root() / "shelf/1.jsonl", b"{}")
    assert serve("/shelf/1.jsonl")["Content-Type"] == "application/jsonl; charset=utf-8"


@transactional
def test_pages_that_name_another_address_of_the_portal_are_outdated(shelf, settings):
    list(rebuild())
    assert is_current()
    settings.GONGKAI_PUBLIC_URL = "https://www.yunchuan.example"
    stamp.cache_clear()  # settings change with a new process
    try:
        assert not is_current()
    finally:
        stamp.cache_clear()


@transactional
@pytest.mark.parametrize(
    "address",
    [
        "/.stamp",
        "/shelf/../.stamp",
        "/%2e%2e/secret.txt",
        "/shelf/.new-1",
        "/shelf//1/",
        "/shelf/\\..",
        "/shelf/1",
        "/shelf/1/?q=1",
    ],
)
def test_only_pages_are_served(serve, address):
    (root().parent / "secret.txt").write_text("secret")
    put_now(root() / "shelf/.new-1", b"half")
    assert serve(address) is None


@transactional
def test_what_is_sent_to_the_platform_is_not_answered_by_a_file(serve):
    assert serve("/shelf/1/", method="post") is None


def test_the_traditional_page_leads_to_traditional_pages_and_to_the_same_files():
    page = (
        '<html lang="zh-hans"><a href="/hant/items/1/2/" hreflang="zh-Hant">繁體</a>'
        '<a href="/">后台</a><a href="/items/0/7/#top">发布</a><a href="/items/0/7/files/a.pdf">体</a>'
        '<form action="/search/"></form><a href="/desk/">台</a><img src="/static/a.png">'
    )
    assert traditional_page(page.encode()).decode() == (
        '<html lang="zh-hant"><a href="/items/1/2/" hreflang="zh-Hans">&#31616;&#20307;</a>'
        '<a href="/hant/">後臺</a><a href="/hant/items/0/7/#top">發佈</a>'
        '<a href="/items/0/7/files/a.pdf">體</a>'
        '<form action="/hant/search/"></form><a href="/desk/">臺</a><img src="/static/a.png">'
    )


@transactional
def test_the_files_of_a_page_are_found_where_they_lie(shelf):
    for name in ("a.pdf", ".new-1"):
        put_now(place_of("/shelf/1/files/a.pdf").with_name(name), b"x")
    put_now(place_of("/shelf/1/"), b"the page itself")
    assert list(actions.files_below(["/shelf/1/files/", "/shelf/2/files/"])) == [
        "/shelf/1/files/a.pdf"
    ]


@transactional
def test_a_comparison_under_other_settings_says_so_before_everything_is_written_anew(shelf):
    put_now(place_of("/shelf/1/"), "多余".encode())
    with pytest.raises(CommandError, match="重新生成"):
        call_command("public_pages", "--check", stdout=StringIO())
    put_now(root() / STAMP, b"an other address")
    with pytest.raises(CommandError, match="GONGKAI_BASE_URL"):
        call_command("public_pages", "--check", stdout=StringIO())
