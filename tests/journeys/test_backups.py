"""A backup is taken home, lost or sold: what was sealed is as unreadable in it as in the database.

The programs are those an office takes: ``pg_dump`` of PostgreSQL, ``.backup`` and ``VACUUM INTO`` of SQLite.
"""

import os
import shutil
import sqlite3
import subprocess

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.urls import reverse
from tests.domain.applications.portal.test_portal import PLANTED, applied, entered, post
from tests.factories.applications import answering_office

from gongkai.domain.applications.actions import proceed
from gongkai.domain.applications.models import Letter
from gongkai.domain.letters.actions import draft, issue

pytestmark = pytest.mark.django_db(transaction=True)
SAID = "我家在标记路，门口有两棵树MARKSAID"
CITIZEN = "zhanghao-biaoji@example.invalid"
PASSWORD = "qiushui-2026-biaoji"
POSTGRES = "postgresql"


def case_with_everything(client):
    """Return an application sent from an account, answered by a letter, and all that must not be read in a backup."""
    office = answering_office()
    cache.clear()
    told = {"name": CITIZEN, "password": PASSWORD, "again": PASSWORD}
    assert post(client, "register", told).status_code == 302
    application, code = applied(client, office)
    entered(client, application, code)
    assert client.post(reverse("apply:send", args=["objection"]), {"text": SAID}).status_code == 302
    proceed(application, "confirm", by=office.clerk)
    application.refresh_from_db()
    receipt = issue(draft(application, "receipt", by=office.clerk), by=office.clerk)
    assert Letter.objects.get() == receipt
    return application, (*PLANTED, code, SAID, CITIZEN, PASSWORD)


def readings_of(mark):
    """Return *mark* as it might stand in a file: plain, in UTF-16, and as the hexadecimal of bytes."""
    plain = mark.encode()
    return [plain, mark.encode("utf-16-le"), plain.hex().encode()]


def found_in(data, marks):
    return [mark for mark in marks for reading in readings_of(mark) if reading in data]


def dumped():
    """Return what pg_dump writes of the database of this test."""
    program = shutil.which("pg_dump")
    if program is None:
        if os.environ.get("CI") == "true":
            pytest.fail("没有 pg_dump")
        pytest.skip("没有 pg_dump；apt-get install postgresql-client 之后再运行")
    told = connection.settings_dict
    environment = os.environ | {"PGPASSWORD": told["PASSWORD"] or ""}
    place = ["-h", told["HOST"], "-p", str(told["PORT"]), "-U", told["USER"], told["NAME"]]
    return [subprocess.run([program, *place], check=True, env=environment, stdout=-1).stdout]


def copied(folder):
    """Return the files that SQLite's own ways of taking a backup write."""
    whole, packed = folder / "backup.sqlite3", folder / "vacuum.sqlite3"
    connection.ensure_connection()
    with sqlite3.connect(whole) as target:
        connection.connection.backup(target)
    target.close()
    with connection.cursor() as cursor:
        cursor.execute("VACUUM INTO %s", [str(packed)])
    return [whole.read_bytes(), packed.read_bytes()]


def test_nothing_sealed_can_be_read_in_a_backup(tmp_path):
    application, marks = case_with_everything(Client())
    backups = dumped() if connection.vendor == POSTGRES else copied(tmp_path)
    for data in backups:
        # it is the database of this case, and what is not personal can be found in it
        assert found_in(data, [application.number, application.matter])
        assert found_in(data, marks) == []


def test_the_search_finds_what_is_not_sealed(tmp_path):
    """The other test could not pass for want of looking: a note put in clear text is found."""
    application, marks = case_with_everything(Client())
    application.__class__.objects.filter(pk=application.pk).update(matter=f"想要{marks[0]}的材料")
    backups = dumped() if connection.vendor == POSTGRES else copied(tmp_path)
    assert all(found_in(data, marks) == [marks[0]] for data in backups)
