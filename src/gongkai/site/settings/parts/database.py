"""The database: SQLite tuned for a desk full of people, or PostgreSQL by ``DATABASE_URL``."""

from pathlib import Path
from typing import Any

from gongkai.site.settings.environment import DATA, DATABASE_URL, database


def sqlite(path: Path) -> dict[str, Any]:
    """Return the settings of a SQLite database at *path*.

    Write-ahead log: readers never wait. ``IMMEDIATE``: a transaction that will write takes its
    turn at the start, so that two of them wait for each other instead of failing.
    """
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": str(path),
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": (
                "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;"
                "PRAGMA mmap_size=134217728; PRAGMA cache_size=-32000; PRAGMA temp_store=MEMORY;"
            ),
        },
        "CONN_MAX_AGE": 0,
    }


def postgresql(url: str) -> dict[str, Any]:
    """Return the settings of the PostgreSQL database at *url*."""
    return database(url) | {"CONN_MAX_AGE": 60, "CONN_HEALTH_CHECKS": True}


DATABASES = {
    "default": postgresql(DATABASE_URL) if DATABASE_URL else sqlite(DATA / "gongkai.sqlite3")
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
CACHES = {
    # counters of failed sign-ins must be seen by every process
    "default": {
        "BACKEND": "django.core.cache.backends.filebased.FileBasedCache",
        "LOCATION": str(DATA / "cache"),
    }
}
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": []}}
