"""``gongkai manage search_index``: build the index anew, or say how it stands."""

import time
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from gongkai.foundation.search.engine import engine
from gongkai.foundation.search.pending import drain, waiting
from gongkai.foundation.search.rebuilding import rebuild

SAY_EVERY = 2.0
"""Seconds between two lines of progress."""


class Command(BaseCommand):
    """Build a new index beside the one in use and change over; an interrupted one goes on."""

    help = "重建检索索引（可中断后继续）；--status 只看状况，--drain 只处理积压"

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Offer the three ways."""
        parser.add_argument("--afresh", action="store_true", help="不接着上次，从头重建")
        parser.add_argument("--status", action="store_true", help="只显示索引的状况")
        parser.add_argument("--drain", action="store_true", help="只把积压的变化写进索引")

    def handle(self, *args: Any, **options: Any) -> None:  # noqa: ARG002  # Django's signature
        """Do it."""
        if options["status"]:
            self.stdout.write(f"索引里有 {engine().size()} 条，等待更新 {waiting()} 条。")
            return
        if options["drain"]:
            self.stdout.write(f"已处理 {drain()} 条变化。")
            return
        began, said, done = time.monotonic(), 0.0, 0

        def step(title: str, count: int) -> None:
            nonlocal said, done
            done += count
            if time.monotonic() - said >= SAY_EVERY:
                said = time.monotonic()
                rate = done / max(said - began, 0.001)
                self.stdout.write(f"{title}：已写入 {done} 条，每秒 {rate:.0f} 条")

        total = rebuild(told=step, afresh=options["afresh"])
        self.stdout.write(f"索引已重建，共 {total} 条，用时 {time.monotonic() - began:.1f} 秒。")
