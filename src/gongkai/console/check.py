"""``gongkai check``: what does not agree in a report, in words that a clerk understands."""

import json
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence

import click
from rich.console import Console
from rich.text import Text

from gongkai.console import BAD_INPUT
from gongkai.core.checks import check
from gongkai.core.checks.patterns import around
from gongkai.core.checks.reference import markdown
from gongkai.core.extraction.document import Span
from gongkai.core.extraction.guarding import Guard
from gongkai.core.extraction.normal import normal
from gongkai.core.extraction.reading import Finding, Reading
from gongkai.core.extraction.sources import collect

LEVELS = {"error": "错误", "warning": "疑点", "note": "说明"}
STYLES = {"error": "bold red", "warning": "yellow", "note": "dim"}
FOUND_ERRORS = 1
OTHERS = 40
"""Reports of other units that a report's wording is compared with; for more there is gongkai corpus."""
WIDTH = 100
"""Columns where no terminal says."""


@click.command(
    options_metavar="[选项]",
    epilog="例：gongkai check 2023.pdf --previous 2022.pdf；gongkai check 年报目录",
)
@click.argument("paths", metavar="路径…", nargs=-1, type=click.Path())
@click.option(
    "--previous",
    type=click.Path(dir_okay=False),
    metavar="文件",
    help="上一年度的报告；一起给出同一单位几个年度的报告时会自动前后比较。",
)
@click.option(
    "--json", "as_json", is_flag=True, help="每份文件输出一行 JSON（gongkai.reading/1）。"
)
@click.option("--rules", "listing", is_flag=True, help="输出全部检查规则的说明（Markdown）。")
def command(paths: tuple[str, ...], previous: str | None, *, as_json: bool, listing: bool) -> None:
    """检查年度报告，列出算不平、对不上的地方。

    有错误时退出码为 1，没有错误为 0，有文件读不了为 2。疑点和说明不影响退出码。
    """
    if listing:
        click.echo(markdown(), nl=False)
        return
    if not paths:
        raise click.UsageError("缺少路径；例如 gongkai check 年报.pdf")
    readings, failed = read(paths)
    before: Reading | None = None
    if previous:
        earlier, unreadable = read([previous])
        failed |= unreadable
        before = earlier[0] if earlier else None
    checked = list(check_all(readings, before))
    if as_json:
        for reading in checked:
            click.echo(json.dumps(reading.as_json(), ensure_ascii=False))
    else:
        show(checked)
    if failed:
        raise click.exceptions.Exit(BAD_INPUT)
    if any(finding.level == "error" for reading in checked for finding in reading.findings):
        raise click.exceptions.Exit(FOUND_ERRORS)


def read(paths: Sequence[str]) -> tuple[list[Reading], bool]:
    """Return what could be read behind *paths*, and whether something could not.

    What cannot be read is told on standard error, one sentence each.
    """
    readings: list[Reading] = []
    failed = False
    with Guard() as guard:
        for source in collect(paths):
            reading = guard.read(source)
            for problem in reading.problems:
                click.echo(f"gongkai：{reading.file}：{problem}", err=True)
            if reading.text:
                readings.append(reading)
            else:
                failed = True
    return readings, failed


def check_all(readings: Sequence[Reading], before: Reading | None) -> Iterator[Reading]:
    """Yield *readings* with their findings, each against the same unit's report before it.

    Args:
        readings: The reports.
        before: The report of the year before, for all of them; else it is looked for among them.
    """
    by_agency: dict[str, list[Reading]] = defaultdict(list)
    for reading in readings:
        if reading.agency and reading.year:
            by_agency[normal(reading.agency).text].append(reading)
    for reading in readings:
        own = by_agency.get(normal(reading.agency or "").text, [])
        earlier = [one for one in own if (one.year or 0) < (reading.year or 0)]
        previous = before or max(earlier, key=lambda one: one.year or 0, default=None)
        others = [
            one
            for one in readings
            if one is not reading and one not in own and one.text != reading.text
        ]
        found = check(reading, previous=previous, others=others[:OTHERS])
        yield reading.with_findings(found)


def show(readings: Sequence[Reading]) -> None:
    """Print the findings for people, and a summary."""
    console = Console(highlight=False, markup=False, emoji=False, soft_wrap=True)
    if not console.is_terminal:
        console.width = WIDTH
    for reading in readings:
        console.print(_heading(reading), style="bold")
        for finding in reading.findings:
            level = Text(f"  {LEVELS[finding.level]}  ", style=STYLES[finding.level])
            console.print(level + Text(finding.message, style=""))
            for line in details(reading, finding):
                console.print(f"        {line}")
        if not reading.findings:
            console.print("  没有发现问题")
        console.print()
    console.print(summary(readings))


def _heading(reading: Reading) -> str:
    form = reading.form.short if reading.form else "没有认出统计表"
    return f"{reading.title or reading.agency or '（没有标题）'}（{reading.file}，{form}）"


def details(reading: Reading, finding: Finding) -> Iterator[str]:
    """Yield both sides of the comparison, the place and the rule, a line each."""
    if finding.left is not None and finding.right is not None:
        yield f"两边：{finding.left} ｜ {finding.right}"
    if finding.at:
        place = where(reading, finding)
        more = f"，共 {len(finding.at)} 处" if len(finding.at) > 1 else ""
        yield f"位置：{place}{more}：“{quote(reading, finding.at[0])}”"
    yield f"规则：{finding.rule}"


def where(reading: Reading, finding: Finding) -> str:
    """Return the page, where the file has pages, and else the line of a finding's first place."""
    pages = [reading.cells[index].page for index in finding.cells]
    pages += [reading.statements[index].page for index in finding.statements]
    page = next(filter(None, pages), None)
    line = reading.text.count("\n", 0, finding.at[0].start) + 1
    return f"第 {page} 页" if page else f"第 {line} 行"


def quote(reading: Reading, at: Span) -> str:
    """Return the words around a place."""
    return around(reading.text, at.start, at.end)


def summary(readings: Sequence[Reading]) -> str:
    """Return the closing sentence."""
    counts = Counter[str](f.level for reading in readings for f in reading.findings)
    told = "，".join(f"{word} {counts[level]} 处" for level, word in LEVELS.items())
    clean = sum(not any(f.level == "error" for f in reading.findings) for reading in readings)
    return f"共检查 {len(readings)} 份：{told}；没有错误的 {clean} 份。"
