"""``gongkai manage public_pages``: write the public pages, or compare them."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from gongkai.oversight.reports.portal import files


class Command(BaseCommand):
    """Write every public page of annual reports as a file; with ``--check`` only compare."""

    help = "生成年报公开页面；加 --check 只核对"

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Offer ``--check``."""
        parser.add_argument("--check", action="store_true", help="核对文件与内容是否一致，不改动")

    def handle(self, *args: Any, **options: Any) -> None:  # noqa: ARG002  # Django's signature
        """Write or compare."""
        if not options["check"]:
            count = sum(1 for _ in files.write_all())
            self.stdout.write(f"已生成 {count} 个页面和数据文件：{files.root()}")
            return
        found = list(files.differing())
        for address, matter in found:
            self.stdout.write(f"{address}：{matter}")
        if found:
            raise CommandError(
                f"有 {len(found)} 处不一致。运行 gongkai manage public_pages 重新生成。"
            )
        self.stdout.write("全部一致。")
