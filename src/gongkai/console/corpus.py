"""``gongkai corpus``: a whole collection into one database."""

import os
from collections import Counter
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Self
from zipfile import BadZipFile, ZipFile

import click
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from gongkai.core.checks import rules
from gongkai.core.extraction.sources.kinds import SUFFIXES
from gongkai.core.forms import form

if TYPE_CHECKING:
    from gongkai.core.corpus import Across, Summary
    from gongkai.core.corpus import Progress as Done

STATUSES = {
    "read": "已读取",
    "unreadable": "读不了",
    "failed": "处理出错",
    "crashed": "读取进程崩溃",
    "hung": "超时停止",
}
LEVELS = {"error": "错误", "warning": "疑点", "note": "说明"}
MOST_RULES = 25


@click.command(
    options_metavar="[选项]",
    epilog="例：gongkai corpus 年报目录 --into 年报.duckdb；中断后再运行同一条命令，从断处继续",
)
@click.argument("paths", metavar="目录…", nargs=-1, required=True, type=click.Path(exists=True))
@click.option(
    "--into",
    type=click.Path(dir_okay=False, path_type=Path),
    required=True,
    metavar="文件",
    help="写入的文件，以 .duckdb 或 .parquet 结尾；已有的接着写。",
)
@click.option(
    "--jobs", type=click.IntRange(min=1), metavar="数量", help="同时读几份（默认用全部核）。"
)
@click.option(
    "--engine",
    "where",
    type=click.Choice(["local", "ray"]),
    default="local",
    show_default=True,
    help="在本机的各个核上运行，或者用 Ray 运行（RAY_ADDRESS 指定已有的集群）。",
)
@click.option(
    "--seconds",
    type=click.FloatRange(min=0.1),
    default=60.0,
    show_default=True,
    metavar="秒",
    help="每份最多读多久。",
)
@click.option("--retry", is_flag=True, help="以前没有读成的再读一遍。")
def command(  # noqa: PLR0913  # every one of them is an option
    paths: tuple[str, ...],
    into: Path,
    jobs: int | None,
    where: str,
    seconds: float,
    *,
    retry: bool,
) -> None:
    """成批读取、检查整个目录的年度报告，写进一个 DuckDB 或 Parquet 文件。

    目录、压缩包和单个文件都可以。已经读过的（按内容认）不再重读；读不了、读垮了的记下原因，不影响其余。
    """
    if find_spec("duckdb") is None:
        raise click.ClickException("本机没有安装 duckdb；请先运行 pip install 'gongkai[corpus]'")
    from gongkai.core.corpus import Store, engine, hold_together, run, summary  # noqa: PLC0415  # an extra

    console = Console(highlight=False, markup=False, emoji=False, soft_wrap=True)
    with Store(into) as store:
        if retry:
            store.forget_unread()
        with _Bar(console, paths) as bar:
            done = run(
                paths, store, engine(where), jobs=jobs or _cores(), seconds=seconds, tell=bar.tell
            )
        across = hold_together(store)
        store.finish()
        for line in told(done, summary(store), across):
            console.print(line)
    console.print(f"\n已写入 {into}")


def _cores() -> int:
    try:
        return len(os.sched_getaffinity(0))
    except AttributeError:  # not on every system
        return os.cpu_count() or 1


class _Bar:
    """The bar on a terminal; nothing elsewhere."""

    def __init__(self, console: Console, paths: tuple[str, ...]) -> None:
        self.progress = Progress(
            TextColumn("{task.description}"),
            BarColumn(),
            MofNCompleteColumn(),
            TimeRemainingColumn(),
            TextColumn("{task.fields[trouble]}"),
            console=console,
            disable=not console.is_terminal,
        )
        total = count(paths) if console.is_terminal else None
        self.task = self.progress.add_task("读取", total=total, trouble="")

    def __enter__(self) -> Self:
        self.progress.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.progress.stop()

    def tell(self, done: "Done") -> None:
        """Show how far the run has come."""
        finished = sum(done.done.values())
        trouble = finished - done.done["read"]  # type: ignore[index]  # a status is its string
        self.progress.update(
            self.task,
            completed=finished + done.known + done.copies,
            trouble=f"{trouble} 份读不了" if trouble else "",
        )


def count(paths: tuple[str, ...]) -> int:
    """Return about how many documents stand behind *paths*, without reading them."""
    return sum(_count(Path(path)) for path in paths)


def _count(path: Path) -> int:
    if path.is_dir():
        return sum(
            _count(Path(folder, name))
            for folder, _, names in os.walk(path)
            for name in names
            if Path(name).suffix.lower() in SUFFIXES
        )
    if path.suffix.lower() != ".zip":
        return 1
    try:
        with ZipFile(path) as archive:
            return sum(Path(name).suffix.lower() in SUFFIXES for name in archive.namelist())
    except (BadZipFile, OSError, ValueError):
        return 1


def told(done: "Done", found: "Summary", across: "Across") -> Iterator[str]:
    """Yield the summary, a line each."""
    finished = sum(done.done.values())
    yield (
        f"本次读取 {finished} 份；以前读过 {done.known} 份，内容重复 {done.copies} 份。"
        f"现在共有 {found.documents} 份："
    )
    yield "  " + "，".join(f"{STATUSES[s]} {n} 份" for s, n in found.statuses.items())
    yield "\n格式和年度"
    by_form: dict[str | None, Counter[str]] = {}
    for (key, year), number in found.forms.items():
        by_form.setdefault(key, Counter())[str(year or "年度不明")] += number
    for key, years in by_form.items():
        spelled = "，".join(f"{year} {number}" for year, number in sorted(years.items()))
        yield f"  {form(key).short if key else '没有认出统计表'}：{spelled}"
    cells = sum(found.cells.values())
    yield f"\n数字：表格 {cells} 格（其中读不出 {found.cells.get('unreadable', 0)} 格），正文 {found.statements} 个"
    yield f"跨年度比较 {across.pairs} 对，接不上 {across.broken} 处；文字雷同 {across.alike} 对"
    yield f"\n发现的问题（没有错误的 {found.sound} 份）"
    for (level, rule), number in list(found.findings.items())[:MOST_RULES]:
        title = rules()[rule].title if rule in rules() else rule
        yield f"  {LEVELS[level]}  {number:>7}  {title}（{rule}）"
    if len(found.findings) > MOST_RULES:
        yield f"  …… 还有 {len(found.findings) - MOST_RULES} 种，见 findings 表"
    if found.troubled:
        yield "\n没有读成的"
        for file, problem in found.troubled:
            yield f"  {file}：{problem}"
