"""Run a command with ``DATABASE_URL`` pointing at a PostgreSQL of its own.

``python scripts/postgres.py pytest -m django_db``: a cluster is made in a temporary folder, listens on
the loopback only, and is gone afterwards. Where ``DATABASE_URL`` is set already, that one is used.
``python scripts/postgres.py --durable COMMAND``: every commit reaches the disk, as with an office, for what is measured.
"""

import contextlib
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

NAME = "postgres"
WHERE = Path("/usr/lib/postgresql")


def programs() -> Path:
    """Return the folder of PostgreSQL's programs, installing Debian's where that is possible."""
    if not any(WHERE.glob("*/bin/initdb")) and os.geteuid() == 0 and shutil.which("apt-get"):
        environment = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
        for step in (["update"], ["install", "-y", "postgresql"]):
            subprocess.run(["apt-get", "-qq", *step], check=True, env=environment)
    found = sorted(WHERE.glob("*/bin/initdb"), key=lambda path: int(path.parts[4]))
    if not found:
        sys.exit("没有找到 PostgreSQL。请用管理员身份运行 apt-get install postgresql，然后重试。")
    return found[-1].parent


def free_port() -> int:
    """Return a port of the loopback that nobody uses."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def as_owner(command: list[str]) -> None:
    """Run *command* as somebody PostgreSQL accepts: it refuses to run as root."""
    prefix = ["runuser", "-u", NAME, "--"] if os.geteuid() == 0 else []
    subprocess.run([*prefix, *command], check=True, stdout=subprocess.DEVNULL, cwd="/")


@contextlib.contextmanager
def cluster(*, durable: bool = False) -> Iterator[str]:
    """Make a cluster, yield its address, and take it away again."""
    folder = programs()
    with tempfile.TemporaryDirectory(prefix="gongkai-postgres-") as place:
        home = Path(place)
        if os.geteuid() == 0:
            shutil.chown(home, NAME, NAME)
        data, port = home / "data", free_port()
        as_owner([f"{folder}/initdb", "-D", f"{data}", "-U", NAME, "-A", "trust", "-E", "UTF8"])
        options = f"-p {port} -c listen_addresses=127.0.0.1 -c unix_socket_directories={home}"
        if not durable:
            # a test database is thrown away, so nothing needs to reach the disk
            options += " -c fsync=off -c synchronous_commit=off -c full_page_writes=off"
        control = [f"{folder}/pg_ctl", "-D", f"{data}", "-w", "-l", f"{home}/log"]
        as_owner([*control, "-o", options, "start"])
        try:
            yield f"postgres://{NAME}@127.0.0.1:{port}/{NAME}"
        finally:
            as_owner([*control, "-m", "immediate", "stop"])


def main() -> int:
    """Run the command of the command line; return its exit code."""
    # being told to stop must still take the cluster away
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    given = os.environ.get("DATABASE_URL", "")
    command = sys.argv[1:]
    durable = command[:1] == ["--durable"]
    own = not given.startswith("postgres")
    context = cluster(durable=durable) if own else contextlib.nullcontext(given)
    with context as url:
        environment = os.environ | {
            "DATABASE_URL": url,
            "DJANGO_SETTINGS_MODULE": "gongkai.site.settings.testing",
        }
        return subprocess.run(command[durable:], check=False, env=environment).returncode


if __name__ == "__main__":
    sys.exit(main())
