"""``gongkai manage sweep_attachments``: take away files that nobody refers to."""

from argparse import ArgumentParser
from datetime import timedelta
from typing import Any

from django.core.management.base import BaseCommand

from gongkai.foundation.attachments.sizes import sized
from gongkai.foundation.attachments.sweeping import sweep

DAYS = 7


class Command(BaseCommand):
    """Take away what was uploaded and then not used."""

    help = "清除上传后没有被任何内容引用的附件（默认满 7 天的）"

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the grace period, and ask for counting only."""
        parser.add_argument("--days", type=int, default=DAYS, help="上传满多少天才清除")
        parser.add_argument("--dry", action="store_true", help="只数一数，不清除")

    def handle(self, *args: Any, **options: Any) -> None:  # noqa: ARG002  # Django's signature
        """Sweep, and say what went."""
        swept = sweep(grace=timedelta(days=max(0, options["days"])), dry=options["dry"])
        verb = "可以清除" if options["dry"] else "已清除"
        self.stdout.write(f"{verb} {swept.files} 个附件（{sized(swept.bytes_)}）。")
        if not options["dry"]:
            self.stdout.write(
                f"删去原件 {swept.originals} 份、公开副本 {swept.copies} 份、未完成的上传 {swept.partial} 个。"
            )
