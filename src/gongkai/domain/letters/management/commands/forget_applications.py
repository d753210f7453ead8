"""``gongkai manage forget_applications``: delete what cases say of people when they have been kept long enough."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from gongkai.core.refusal import Refusal
from gongkai.domain.applications.models import Application
from gongkai.domain.letters.actions.forget import forget, kept_until
from gongkai.domain.letters.errors import ForEver, KeptLonger
from gongkai.foundation import clock


class Command(BaseCommand):
    """Go through the archived cases; each is a transaction of its own."""

    help = "保管期满的公开申请：删除个人信息，统计数逐格核对不变；中断后再运行一次就接着做"

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take whether it is in earnest."""
        parser.add_argument("--yes", action="store_true", help="确实删除；不写只列出到期的")

    def handle(self, *args: Any, **options: Any) -> None:  # noqa: ARG002  # Django's signature
        """Do it, or say what would be done."""
        done = 0
        rows = Application.objects.filter(state="archived", erased_at=None).order_by("pk")
        for application in rows.select_related("organisation").iterator():
            until = kept_until(application)
            if until is None or until >= clock.today():
                continue
            if not options["yes"]:
                done += 1
                self.stdout.write(f"{application.number}  保管到 {until}")
                continue
            try:
                forget(application, by=None)
            except (KeptLonger, ForEver):
                continue
            except Refusal as refusal:
                self.stderr.write(f"{application.number}  {refusal}")
            else:
                done += 1
        verb = "已删除" if options["yes"] else "保管期满、可以删除"
        self.stdout.write(f"{verb} {done} 件。" + ("" if options["yes"] else "加 --yes 才删除。"))
