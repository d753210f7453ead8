"""``gongkai serve``: the platform on granian."""

import errno
import os
import signal
import socket
import subprocess
import sys
from types import FrameType

import click

from gongkai.console.manage import prepare
from gongkai.core.refusal import Refusal

THREADS = 4
"""Requests at a time in one process; SQLite lets many read and one write."""

WORKERS = 2
"""Processes for background jobs: a long import keeps neither letters nor public pages waiting."""

PATIENCE = 30
"""Seconds that the background job in hand may take to end."""


class PortTaken(Refusal):
    """{host} 的 {port} 端口已被占用。请先停掉占用它的程序，或加 --port 换一个端口。"""


class PortForbidden(Refusal):
    """不能在 {host} 的 {port} 端口上启动（{why}）。请换一个 1024 以上的端口，并检查 --host。"""


def must_be_free(host: str, port: int) -> None:
    """Refuse when nothing can listen at *host* and *port*."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            if error.errno == errno.EADDRINUSE:
                raise PortTaken(host=host, port=port) from None
            raise PortForbidden(host=host, port=port, why=error.strerror) from None


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="监听地址。")
@click.option(
    "--port", default=8000, show_default=True, type=click.IntRange(1, 65535), help="端口。"
)
@click.option(
    "--workers", default=1, show_default=True, type=click.IntRange(1, 64), help="进程数。"
)
@click.option("--worker/--no-worker", "with_worker", default=False, help="同时启动后台任务。")
def command(host: str, port: int, workers: int, with_worker: bool) -> None:  # noqa: FBT001  # click's flag
    """启动平台，按 Ctrl+C 停止。"""
    prepare()
    must_be_free(host, port)
    signal.signal(signal.SIGTERM, _end)
    os.register_at_fork(after_in_child=_end_at_once)
    from granian import Granian  # noqa: PLC0415  # platform only
    from granian.constants import Interfaces  # noqa: PLC0415

    shown = "127.0.0.1" if host in {"0.0.0.0", "::"} else host  # noqa: S104  # only compared
    if with_worker:  # who starts the worker apart tells both of them where the platform is reached
        os.environ.setdefault("GONGKAI_BASE_URL", f"http://{shown}:{port}")
    companions = [
        subprocess.Popen([sys.executable, "-m", "gongkai.console", "worker"])
        for _ in range(WORKERS if with_worker else 0)
    ]
    click.echo(
        f"平台已启动：http://{shown}:{port}  后台：http://{shown}:{port}/desk/  （Ctrl+C 停止）"
    )
    try:
        Granian(
            "gongkai.site.wsgi:application",
            address=host,
            port=port,
            interface=Interfaces.WSGI,
            workers=workers,
            blocking_threads=THREADS,
            log_level="error",  # type: ignore[arg-type]  # granian takes the word too
            respawn_failed_workers=True,
            workers_kill_timeout=PATIENCE,
        ).serve()
    finally:
        for companion in companions:
            companion.send_signal(signal.SIGTERM)  # lets it end the job in hand
        for companion in companions:
            try:
                companion.wait(timeout=PATIENCE)
            except subprocess.TimeoutExpired:
                companion.kill()  # jobs begin again where they stopped
                companion.wait()


def _end(number: int, frame: FrameType | None) -> None:  # noqa: ARG001  # the signature of a handler
    """End in good order before the server has its own answer to a signal: the worker ends, too."""
    raise SystemExit(0)


def _end_at_once() -> None:
    """Let a process that has just been forked be ended until it serves.

    It has the answers of its parent until the application is loaded, would take no notice of SIGTERM, and the
    parent would wait for it for ever.
    """
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl+C reaches the parent, which ends it
