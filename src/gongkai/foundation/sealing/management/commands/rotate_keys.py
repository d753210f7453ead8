"""``gongkai manage rotate_keys``: a new key for everything that is encrypted, while the platform works."""

import sys
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from gongkai.core.refusal import Refusal
from gongkai.foundation.sealing import rotation
from gongkai.foundation.sealing.events import FORGOTTEN, ROTATED
from gongkai.foundation.sealing.keys import place, ring
from gongkai.foundation.trail import record


class Command(BaseCommand):
    """Rotate the keys."""

    help = "更换加密密钥：新建一把，把已加密的内容逐批换成用它加密；平台照常运行，中断后再运行一次即可接着做"

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take what to do instead."""
        parser.add_argument("--status", action="store_true", help="只看有哪些密钥、哪些还在用")
        parser.add_argument(
            "--forget",
            action="store_true",
            help="换完以后，把不再使用的旧密钥从密钥文件里去掉（更换以前的数据库备份将再也读不出来）",
        )
        parser.add_argument("--batch", type=int, default=rotation.BATCH, help="每批多少行")

    def handle(self, *args: Any, **options: Any) -> None:  # noqa: ARG002  # Django's signature
        """Do it, and say how far it is."""
        try:
            if options["status"]:
                self._status()
            elif options["forget"]:
                self._forget()
            else:
                self._rotate(max(1, options["batch"]))
        except Refusal as refusal:
            raise CommandError(str(refusal)) from None

    def _rotate(self, batch: int) -> None:
        done = rotation.rotate(self._tell, batch=batch)
        record(ROTATED, by=None, facts={"key": done.newest, "rows": done.rows})
        self.stdout.write(f"已换用密钥 {done.newest}，重新加密 {done.rows} 行。")
        if done.left:
            self.stdout.write(f"还有 {done.left} 行在此期间被改动过，请再运行一次。")
        self.stdout.write(f"请立即另行备份密钥文件 {place()}；旧密钥仍保留在其中。")

    def _status(self) -> None:
        used = rotation.keys_in_use()
        for key in ring().keys:
            now = "正在使用" if key is ring().newest else "旧密钥"
            need = "有内容用它加密" if key.id in used else "没有内容用它加密"
            self.stdout.write(f"{key.id}  {key.made}  {key.cipher}  {now}，{need}")

    def _forget(self) -> None:
        gone = rotation.forget()
        if gone:
            record(FORGOTTEN, by=None, facts={"keys": gone})
        self.stdout.write(f"已去掉 {len(gone)} 把旧密钥。" if gone else "没有可以去掉的旧密钥。")

    def _tell(self, name: str, looked: int, total: int) -> None:
        if sys.stderr.isatty():
            self.stderr.write(f"\r{name}：{looked} / {total} 行", ending="")
        elif looked >= total:
            self.stdout.write(f"{name}：{looked} / {total} 行")
