"""``python -m scripts.replay [xinxiang dayu gaoping] [--scale 100]``: build, count, compare."""

import argparse
import os
import sys
import time
from datetime import date
from pathlib import Path

from scripts.replay.plans import Plan
from scripts.replay.published import CITIES

UNITS = {"xinxiang": (57, 12), "dayu": (40,), "gaoping": (30, 16)}
"""Over how many units the figures of each are spread: our choice, nobody published it."""
ROOT = Path(__file__).parents[2]


def main() -> int:
    """Replay each city asked for; return 1 where a figure differs."""
    asked = argparse.ArgumentParser(prog="make replay", description="重演已公布的年度，核对统计数")
    asked.add_argument("cities", nargs="*", metavar="城市", help=f"{'、'.join(CITIES)}，默认全部")
    asked.add_argument("--seeds", type=Path, default=ROOT.parent / "shared" / "seeds")
    asked.add_argument("--scale", type=int, default=1, help="按几分之一的规模重演")
    asked.add_argument("--data", type=Path, default=ROOT / "var" / "replay")
    asked.add_argument("--pages", action="store_true", help="连公开页面和检索一起登记")
    options = asked.parse_args()
    if not options.seeds.is_dir():
        print(f"没有找到年度报告原文 {options.seeds}。请用 --seeds 指定目录。")
        return 1
    if unknown := set(options.cities) - set(CITIES):
        asked.error(f"没有{'、'.join(sorted(unknown))}")
    equal = True
    for key in options.cities or CITIES:
        plan = Plan(key, CITIES[key](options.seeds), UNITS[key])
        plan = plan if options.scale == 1 else plan.scaled(options.scale)
        equal = _apart(plan, options) and equal
    return 0 if equal else 1


def _apart(plan: Plan, options: argparse.Namespace) -> bool:
    """Replay *plan* in a process and a database of its own."""
    child = os.fork()
    if child:
        return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0
    os._exit(0 if _replay(plan, options) else 1)


def _replay(plan: Plan, options: argparse.Namespace) -> bool:
    scale = f"-{options.scale}" if options.scale != 1 else ""
    folder = options.data / f"{plan.key}-{plan.published.year}{scale}"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "README").write_text(
        "这里的数据由 make replay 编造：只有条数取自已公布的年度报告，标题、正文、单位都是虚构的，"
        "不是任何政府的文件。可以随时整个删除。\n",
        encoding="utf-8",
    )
    os.environ["GONGKAI_DATA"] = str(folder)
    os.environ.pop("DATABASE_URL", None)  # never into a database that somebody uses
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "gongkai.site.settings.development")
    import django  # noqa: PLC0415  # the settings above must stand first

    django.setup()
    from django.core.management import call_command  # noqa: PLC0415

    call_command("migrate", verbosity=0)
    return _run(plan, pages=options.pages)


def _run(plan: Plan, *, pages: bool) -> bool:
    from contextlib import nullcontext  # noqa: PLC0415

    from scripts.replay.building import build, found, without_pages  # noqa: PLC0415
    from scripts.replay.comparing import compare  # noqa: PLC0415

    from gongkai.foundation import clock  # noqa: PLC0415

    told = plan.published
    print(f"== {plan.key} {told.year}：{told.total + told.before} 条信息，{sum(plan.units)} 个单位")
    with clock.moved_to(date(told.year + 1, 1, 10)), nullcontext() if pages else without_pages():
        cast = found(plan)
        tell = Told(told.total + told.before)
        fresh = build(plan, cast, tell=tell)
        print(
            f"新建 {fresh} 条，每秒 {fresh / max(tell.spent, 0.001):.0f} 条，用时 {tell.spent:.0f} 秒"
        )
        began = time.monotonic()
        rows = compare(plan, cast)
    print(f"统计、逐单位取数、汇总，用时 {time.monotonic() - began:.1f} 秒")
    for row in rows:
        mark = "相等" if row.equal else "不等"
        print(f"{mark}　公布 {row.published:>7}　统计 {row.counted:>7}　{row.title}")
    return all(row.equal for row in rows)


class Told:
    """Says every few seconds how far it is."""

    def __init__(self, total: int) -> None:
        self.total, self.done, self.at = total, 0, 0.0
        self.began = time.monotonic()

    @property
    def spent(self) -> float:
        """Seconds since it began."""
        return time.monotonic() - self.began

    def __call__(self, count: int) -> None:
        """Note that *count* more are there."""
        self.done += count
        if self.spent - self.at >= 5:
            self.at = self.spent
            print(f"{self.done} / {self.total}", flush=True)


if __name__ == "__main__":
    sys.exit(main())
