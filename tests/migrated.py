"""A migrated SQLite database, made once and copied: migrating takes half a minute, for each process and each run.

Kept in ``var/tests`` under a name that changes with whatever the migrations say or read; Django still applies what
might be missing, and says what follows a migration.
"""

import fcntl
import hashlib
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import connection

ROOT = Path(__file__).resolve().parent.parent
KEPT = ROOT / "var" / "tests"
SAID = ("src/gongkai/**/migrations/*.py", "src/gongkai/law/**/*.yaml", "uv.lock")


def place() -> Path:
    """Return where the database of these migrations lies or will lie."""
    told = hashlib.sha256()
    for path in sorted(path for pattern in SAID for path in ROOT.glob(pattern)):
        told.update(f"{path.relative_to(ROOT)}\0".encode() + path.read_bytes())
    return KEPT / f"{told.hexdigest()[:16]}.sqlite3"


@pytest.fixture(scope="session")
def django_db_keepdb(
    request, django_db_modify_db_settings, django_db_blocker
):  # names are settled first
    """Put a migrated database where Django will look for the one of the tests, and say that it may be taken."""
    if connection.vendor != "sqlite" or request.config.getvalue("create_db"):
        return request.config.getvalue("reuse_db")
    with _one_at_a_time():
        if not place().exists():
            with django_db_blocker.unblock():
                _make(place())
        shutil.copyfile(place(), connection.settings_dict["TEST"]["NAME"])
    return True


@contextmanager
def _one_at_a_time() -> Iterator[None]:
    KEPT.mkdir(parents=True, exist_ok=True)
    with (KEPT / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _make(kept: Path) -> None:
    for old in KEPT.glob("*.sqlite3*"):
        old.unlink()
    made, usual = kept.with_suffix(".sqlite3-new"), connection.settings_dict["NAME"]
    connection.close()
    connection.settings_dict["NAME"] = str(made)
    try:
        call_command("migrate", verbosity=0)
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    finally:
        connection.close()
        connection.settings_dict["NAME"] = usual
    made.rename(kept)
