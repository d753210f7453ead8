"""Close SQLite connections in one thread while another opens one, in two processes, and count what is lost.

``python benchmarks/closing.py [--seconds 45] [--held]``

Nothing of the platform but ``hold``: two processes with three threads each. A thread opens a connection, commits a row
and notes it as acknowledged, or reads, closes the connection, and begins again. Nobody is killed. Without ``--held``
most runs lose some of ten thousand rows, and SQLite may say "disk I/O error" or "database disk image is malformed"
until a process ends; see ``gongkai.foundation.sqlite.holding`` for why. With it nothing may be lost: exit code 1.
"""

# mypy: ignore-errors

import argparse
import os
import random
import sqlite3
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

from gongkai.foundation.sqlite.holding import hold

THREADS = 3


def connect(path):
    """Connect as the platform does."""
    connection = sqlite3.connect(path, timeout=20, isolation_level=None)
    connection.execute("PRAGMA journal_mode=WAL")
    connection.execute("PRAGMA synchronous=FULL")
    connection.execute("PRAGMA mmap_size=134217728")  # giving it back takes time: the gap is wide
    return connection


def use(path, thread, end, told):
    """Commit rows or read them, with a new connection each time."""
    chance, count = random.Random(thread), 0
    while time.time() < end:
        count += 1
        name = f"{os.getpid()}-{thread}-{count}"
        connection = None
        try:
            connection = connect(path)
            connection.execute("SELECT COUNT(*) FROM row WHERE name > 'x'").fetchone()
            if thread:
                connection.execute("SELECT name FROM row ORDER BY rowid DESC LIMIT 20").fetchall()
            else:
                connection.execute("BEGIN IMMEDIATE")
                values = (name, chance.randbytes(chance.randint(10, 30_000)))
                connection.execute("INSERT INTO row VALUES (?, ?)", values)
                connection.execute("COMMIT")
                told.append(("acknowledged", name))
        except sqlite3.Error as error:
            told.append(("error", str(error)))
        finally:
            if connection:
                connection.close()
        time.sleep(chance.uniform(0, 0.005))


def write(path, seconds, held):
    """Be one of the processes; print what was acknowledged."""
    if held:
        hold(path)
    told, end = [], time.time() + seconds
    threads = [threading.Thread(target=use, args=(path, n, end, told)) for n in range(THREADS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    sys.stdout.writelines(f"{what}\t{name}\n" for what, name in told)


def main():
    """Run both, compare."""
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--seconds", type=float, default=45)
    options.add_argument("--held", action="store_true")
    options.add_argument("--write", help=argparse.SUPPRESS)
    asked = options.parse_args()
    if asked.write:
        write(asked.write, asked.seconds, asked.held)
        return
    with tempfile.TemporaryDirectory(prefix="gongkai-closing-") as folder:
        path = str(Path(folder) / "rows.sqlite3")
        first = connect(path)
        first.execute("CREATE TABLE row (name TEXT PRIMARY KEY, body BLOB)")
        first.close()
        command = [sys.executable, __file__, *sys.argv[1:], "--write", path]
        writers = [subprocess.Popen(command, stdout=subprocess.PIPE, text=True) for _ in range(2)]
        told = [
            line.rstrip("\n").split("\t")
            for w in writers
            for line in w.communicate()[0].splitlines()
        ]
        last = connect(path)
        there = {name for (name,) in last.execute("SELECT name FROM row NOT INDEXED")}
        last.close()
    acknowledged = [name for what, name in told if what == "acknowledged"]
    errors = [name for what, name in told if what == "error"]
    lost = [name for name in acknowledged if name not in there]
    print(f"SQLite {sqlite3.sqlite_version}, {'held' if asked.held else 'not held'}")
    print(
        f"acknowledged {len(acknowledged)}, lost {len(lost)}, errors {len(errors)} {sorted(set(errors))}"
    )
    raise SystemExit(1 if lost or errors else 0)


if __name__ == "__main__":
    main()
