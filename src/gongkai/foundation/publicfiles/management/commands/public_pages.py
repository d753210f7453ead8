"""``gongkai manage public_pages``: write the public pages, or compare them."""

import time
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from gongkai.core.refusal import Refusal
from gongkai.foundation.publicfiles import draining, places, rebuilding


class Command(BaseCommand):
    """Write every public page as a file; with ``--waiting`` only what is outdated, with ``--check`` compare."""

    help = "生成全部公开页面，中断后再次运行会接着做；加 --check 只核对"

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Offer the choices."""
        parser.add_argument("--check", action="store_true", help="核对文件与内容是否一致，不改动")
        parser.add_argument("--waiting", action="store_true", help="只生成已登记为过时的页面")
        parser.add_argument(
            "--processes", type=int, default=0, help="同时使用几个进程，默认由设置决定"
        )

    def handle(self, *args: Any, **options: Any) -> None:  # noqa: ARG002  # Django's signature
        """Write or compare."""
        if not places.are_kept():
            raise CommandError("GONGKAI_PUBLIC 设为 none，没有公开页面文件。")
        processes = options["processes"] or draining.processes_here()
        try:
            if options["check"]:
                self._check(processes)
            elif options["waiting"]:
                count = sum(len(outcome.settled) for outcome in draining.drain(processes))
                self.stdout.write(f"已生成 {count} 个页面和数据文件：{places.root()}")
            else:
                self._rebuild(processes)
        except Refusal as refusal:
            raise CommandError(str(refusal)) from refusal

    def _rebuild(self, processes: int) -> None:
        began, told, total = time.monotonic(), 0.0, 0
        for done, total in rebuilding.rebuild(processes):  # told after the last
            now = time.monotonic() - began
            if now - told >= 5 and done:
                told = now
                left = int((total - done) * now / done)
                self.stdout.write(f"{done} / {total}，每秒 {done / now:.0f} 个，约剩 {left} 秒")
        self.stdout.write(f"已生成 {total} 个页面和数据文件：{places.root()}")

    def _check(self, processes: int) -> None:
        count = 0
        for address, matter in rebuilding.differing(processes):
            self.stdout.write(f"{address}：{matter}")
            count += 1
        if waiting := draining.waiting():
            self.stdout.write(f"另有 {waiting} 个页面已登记，等待生成。")
        if count:
            raise CommandError(
                f"有 {count} 处不一致。运行 gongkai manage public_pages 重新生成。"
                if places.is_current()
                else f"有 {count} 处不一致：这些页面是另一个版本、网址或网站名称下生成的。先确认 GONGKAI_BASE_URL、"
                "GONGKAI_PUBLIC_URL、GONGKAI_SITE_NAME 与平台运行时相同，再核对；确实升级了就运行 gongkai manage public_pages。"
            )
        self.stdout.write("全部一致。")
