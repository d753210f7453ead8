"""Keep a SQLite file open in this process from the first connection on.

The locks that SQLite has on a file belong to the process: closing the file anywhere in it drops them all. SQLite
therefore puts closing off while another thread has a lock. But in ``unixClose`` it looks first and closes then, and
a thread that takes its lock in between loses it (seen in 3.40.1, and still in the source of 3.54.1). Another process
that closes its last connection then believes itself alone and takes the write-ahead log away. Whatever the thread
commits goes into a file without a name: acknowledged and lost, without any process being killed.

A connection that has read and is never closed always has a lock, so that nothing is ever closed in between.
``benchmarks/closing.py`` shows the loss, and that it is gone.
"""

import os
import sqlite3
from pathlib import Path
from threading import Lock
from typing import Final, TypeAlias

PATIENCE = 20
"""Seconds to wait while others have the file to themselves."""

Identity: TypeAlias = tuple[int, int, int]
"""Process, device and number of a file: its name may be given to another one."""

_held: Final[dict[Identity, sqlite3.Connection]] = {}
_one_at_a_time = Lock()


class Forked(RuntimeError):
    """This process was forked off one that had the database open: SQLite believes it has locks that it has not."""


def hold(path: str | os.PathLike[str]) -> None:
    """Open the file at *path* and keep it open; it is made where there is none.

    Call it before the first other connection. A further call costs a look at the file.

    Raises:
        Forked: In a process that was forked off one that holds files.
    """
    if any(process != os.getpid() for process, _, _ in list(_held)):
        raise Forked(Forked.__doc__)
    with _one_at_a_time:
        if Path(path).exists() and _identity(path) in _held:
            return
        connection = sqlite3.connect(
            path, timeout=PATIENCE, isolation_level=None, check_same_thread=False
        )
        connection.execute("PRAGMA journal_mode=WAL")
        # with a log, the lock that reading takes stays until the connection is closed
        connection.execute("SELECT COUNT(*) FROM sqlite_master").fetchall()
        _held[_identity(path)] = connection


def _identity(path: str | os.PathLike[str]) -> Identity:
    found = Path(path).stat()
    return os.getpid(), found.st_dev, found.st_ino
