"""``gongkai manage tallies``: make the dashboard's yearly tallies, or check them against the items."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db.models import Max, Min

from gongkai.domain.information.models import Item
from gongkai.domain.organisations.models import Organisation
from gongkai.oversight.statistics.tallying import wrong, year_sum

AT_ONCE = 500


class Command(BaseCommand):
    """Make what is missing or outdated; with ``--check`` compare what passes for current."""

    help = "生成统计首页用的年度合计；加 --check 只核对"

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Offer the choices."""
        parser.add_argument("--check", action="store_true", help="与信息逐条核对，不改动")

    def handle(self, *args: Any, **options: Any) -> None:  # noqa: ARG002  # Django's signature
        """Go through the years, some hundred units at a time."""
        span = Item.objects.aggregate(first=Min("published_on"), last=Max("published_on"))
        if span["first"] is None:
            self.stdout.write("还没有公开的信息。")
            return
        keys = list(Organisation.objects.order_by("pk").values_list("pk", flat=True))
        bad = 0
        for year in range(span["first"].year, span["last"].year + 1):
            total = 0
            for first in range(0, len(keys), AT_ONCE):
                some = keys[first : first + AT_ONCE]
                if options["check"]:
                    for unit in wrong(some, year):
                        bad += 1
                        self.stdout.write(f"{year}年，单位 {unit}：合计与信息不符")
                else:
                    total += sum(year_sum(some, year).months.values())
            if not options["check"]:
                self.stdout.write(f"{year}年：{total} 条")
        if bad:
            raise CommandError(f"有 {bad} 处不符。")
        self.stdout.write("全部一致。" if options["check"] else "已生成。")
