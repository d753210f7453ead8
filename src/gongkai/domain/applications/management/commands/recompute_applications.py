"""``gongkai manage recompute_applications``: all open cases anew, after a holiday notice."""

import sys
from argparse import ArgumentParser
from collections.abc import Iterator
from typing import Any

from django.core.management.base import BaseCommand

from gongkai.domain.applications.actions import recompute
from gongkai.domain.applications.models import Application
from gongkai.domain.applications.models.application import ApplicationQuerySet
from gongkai.foundation.notices.actions import notify

BITE = 200


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
        rows = Application.objects.open().order_by("pk")
        total = rows.filter(pk__gt=after).count()
        for bite in _bites(rows, after):
            for application, change in zip(
                bite, recompute(bite, reason=options["reason"]), strict=True
            ):
                done += 1
                after = application.pk
                if change is not None:
                    moved += 1
                    row = change.application
                    self.stdout.write(f"{row.number}  {change.before} → {change.after}")
                    if row.handler:
                        text = f"公开申请 {row.number} 的答复期限改为 {change.after}（原为 {change.before}）"
                        notify([row.handler], text, href=row.get_absolute_url())
            self._tell(done, total, after)
        self.stdout.write(f"重新计算了 {done} 件，{moved} 件的期限有变化。")

    def _tell(self, done: int, total: int, after: int) -> None:
        if sys.stderr.isatty():
            self.stderr.write(
                f"\r{done} / {total} 件（中断后可以从 --after {after} 接着做）", ending=""
            )


def _bites(rows: ApplicationQuerySet, after: int) -> Iterator[list[Application]]:
    while bite := list(rows.filter(pk__gt=after)[:BITE]):
        yield bite
        after = bite[-1].pk
