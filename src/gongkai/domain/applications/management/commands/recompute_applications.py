"""``gongkai manage recompute_applications``: all open cases anew, after a holiday notice."""

import sys
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from gongkai.domain.applications.actions import recompute_open
from gongkai.domain.applications.models import Application

TOLD = 100
"""Cases between two words about how far it is."""


class Command(BaseCommand):
    """Follow the facts of every open case anew and list what moved."""

    help = "放假通知公布以后，重新计算没有办结的公开申请的期限，列出有变化的；中断后再运行一次，或者用 --after 接着做"

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take where to go on."""
        parser.add_argument("--after", type=int, default=0, help="从这个序号以后的案件开始")
        parser.add_argument("--reason", default="放假通知公布", help="记在办理留痕里的原因")

    def handle(self, *args: Any, **options: Any) -> None:  # noqa: ARG002  # Django's signature
        """Do it, and say how far it is."""
        after, moved, done = options["after"], 0, 0
        total = Application.objects.open().filter(pk__gt=after).count()
        for key, change in recompute_open(after=after, reason=options["reason"]):
            done += 1
            if change is not None:
                moved += 1
                self.stdout.write(f"{change.application.number}  {change.before} → {change.after}")
            if done % TOLD == 0 and sys.stderr.isatty():
                said = f"\r{done} / {total} 件（中断后可以从 --after {key} 接着做）"
                self.stderr.write(said, ending="")
        self.stdout.write(f"重新计算了 {done} 件，{moved} 件的期限有变化。")
