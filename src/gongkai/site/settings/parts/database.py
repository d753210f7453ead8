"""The database: SQLite tuned for a desk full of people, or PostgreSQL by ``DATABASE_URL``."""

from pathlib import Path
from typing import Any

from gongkai.site.settings.environment import DATA, DATABASE_URL, database

KEPT = 60
"""Seconds for which a connection is kept."""


def sqlite(path: Path) -> dict[str, Any]:
    """Return the settings of a SQLite database at *path*.

    Write-ahead log: readers never wait. ``IMMEDIATE``: a transaction that will write takes its
    turn at the start, so that two of them wait for each other instead of failing.

    The engine holds the file open in each process: without that, what one thread had just signed
    could be lost when another closed its connection (``benchmarks/closing.py``). That connections
    are kept is for speed alone.
    """
    return {
        "ENGINE": "gongkai.foundation.sqlite",
        "NAME": str(path),
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": (
                "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;"
                "PRAGMA mmap_size=134217728; PRAGMA cache_size=-32000; PRAGMA temp_store=MEMORY;"
            ),
        },
        "CONN_MAX_AGE": KEPT,
    }


def postgresql(url: str) -> dict[str, Any]:
    """Return the settings of the PostgreSQL database at *url*."""
    return database(url) | {"CONN_MAX_AGE": KEPT, "CONN_HEALTH_CHECKS": True}


DATABASES = {
    "default": postgresql(DATABASE_URL) if DATABASE_URL else sqlite(DATA / "gongkai.sqlite3")
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
CACHES = {
    # Counters of failed sign-ins, used challenges and callers must be seen by every process, and must not be
    # driven out by whoever asks much: the file cache of Django drops a third at random beyond 300 entries.
    "default": {
        "BACKEND": "gongkai.foundation.sqlite.caching.HeldCache",
        "LOCATION": str(DATA / "cache"),
        "SHARDS": 2,
        "DATABASE_TIMEOUT": 10,  # seconds; what is not written in time would be lost without a word
        "OPTIONS": {"size_limit": 256 * 1024 * 1024},
    }
}
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": []}}
