"""SQLite with several processes: nobody takes the log away from another, and who reads may write."""

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from django.core.cache import caches
from django.db import connection
from django.db.utils import ConnectionHandler
from django.test import override_settings

from gongkai.foundation import clock
from gongkai.foundation.jobs.models import Turn
from gongkai.foundation.sqlite.holding import hold
from gongkai.site.settings.parts.database import CACHES, sqlite

VISIT = """
import sqlite3, sys
visitor = sqlite3.connect(sys.argv[1])
visitor.execute("SELECT COUNT(*) FROM sqlite_master").fetchall()
visitor.close()
"""
FORK = """
import os, sys
from gongkai.foundation.sqlite.holding import Forked, hold
hold(sys.argv[1])
if child := os.fork():
    raise SystemExit(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]))
try:
    hold(sys.argv[1])
except Forked:
    os._exit(7)
os._exit(0)
"""


def visit(path):
    """Open and close the file in another process, which takes the log away if nobody else has it open."""
    subprocess.run([sys.executable, "-c", VISIT, str(path)], check=True)


def log_of(path):
    return path.with_name(f"{path.name}-wal")


def test_the_log_stays_when_the_connections_of_a_process_are_closed(tmp_path, django_db_blocker):
    path = tmp_path / "gongkai.sqlite3"
    ours = ConnectionHandler({"default": sqlite(path)})["default"]
    with django_db_blocker.unblock(), ours.cursor() as cursor:
        cursor.execute("CREATE TABLE row (name TEXT)")
    ours.close()
    visit(path)
    assert log_of(path).exists()


def test_the_log_of_the_cache_stays_after_a_request(tmp_path):
    with override_settings(CACHES={"default": CACHES["default"] | {"LOCATION": str(tmp_path)}}):
        caches["default"].set("a", 1)
        caches["default"].close()  # as Django does
        paths = sorted(tmp_path.glob("*/cache.db"))
        for path in paths:
            visit(path)
        assert [log_of(path).exists() for path in paths] == [True] * CACHES["default"]["SHARDS"]


def test_a_file_is_held_once(tmp_path):
    for _ in range(3):
        hold(tmp_path / "a.sqlite3")
    (tmp_path / "b.sqlite3").symlink_to(tmp_path / "a.sqlite3")
    hold(tmp_path / "b.sqlite3")
    opened = [str(link.resolve()) for link in Path("/proc/self/fd").iterdir()]
    assert opened.count(str(tmp_path / "a.sqlite3")) == 1


def test_a_new_file_of_the_same_name_is_held_again(tmp_path):
    path = tmp_path / "a.sqlite3"
    hold(path)
    path.unlink()
    log_of(path).unlink()
    path.with_name("a.sqlite3-shm").unlink()
    hold(path)
    visit(path)
    assert log_of(path).exists()


def test_a_process_that_was_forked_off_says_so_instead_of_losing_anything(tmp_path):
    told = subprocess.run([sys.executable, "-c", FORK, str(tmp_path / "a.sqlite3")], check=False)
    assert told.returncode == 7


@pytest.mark.skipif(connection.vendor != "sqlite", reason="about SQLite")
def test_the_platform_holds_its_database():
    assert connection.settings_dict["ENGINE"] == "gongkai.foundation.sqlite"


@pytest.mark.django_db(transaction=True)
def test_a_job_that_reads_many_rows_can_tell_how_far_it_is_while_others_write():
    now = clock.now()
    Turn.objects.bulk_create(Turn(name=f"定时任务{n}", due=now) for n in range(300))

    def somebody_else():
        Turn.objects.filter(name="定时任务7").update(due=clock.now())
        connection.close()

    told = 0
    for turn in Turn.objects.filter(name__startswith="定时").iterator(chunk_size=1):
        if not told:
            with ThreadPoolExecutor(1) as other:
                other.submit(somebody_else).result()
        told += Turn.objects.filter(pk=turn.pk).update(due=now)
    assert told == 300
