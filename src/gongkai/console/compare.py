"""``gongkai compare``: years or units side by side."""

import json
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import click
import xlsxwriter
from rich.console import Console
from rich.table import Table
from rich.text import Text

from gongkai.console import BAD_INPUT
from gongkai.console.check import WIDTH, read
from gongkai.core.checks.relations import number
from gongkai.core.comparison import Comparison, Group, Line, Wording, compare

MARKS = {"removed": ("－", "red"), "added": ("＋", "green")}
LONGEST = 160
"""Characters of a changed sentence that are shown."""
MOST = 40
"""Changed sentences shown of one pair."""


@click.command(
    options_metavar="[选项]",
    epilog="例：gongkai compare 2022.html 2023.pdf；gongkai compare 各县年报目录 --xlsx 比较.xlsx",
)
@click.argument("paths", metavar="路径…", nargs=-1, required=True, type=click.Path())
@click.option("--json", "as_json", is_flag=True, help="输出 JSON（gongkai.comparison/1）。")
@click.option("--xlsx", type=click.Path(dir_okay=False), metavar="文件", help="另存为 Excel 文件。")
@click.option("--all", "everything", is_flag=True, help="相同的数也列出（默认只列不同的）。")
def command(paths: tuple[str, ...], *, as_json: bool, xlsx: str | None, everything: bool) -> None:
    """把几份年度报告并排比较：数字、增减和文字的变化。

    同一单位的几个年度，或者同一年度的几个单位都可以；格式不同的按统计指标对照。
    """
    readings, failed = read(paths)
    if len(readings) < 2:
        raise click.UsageError(f"要比较至少要有两份读得出的报告，现在只有 {len(readings)} 份")
    comparison = compare(readings)
    if xlsx:
        save(comparison, Path(xlsx))
    if as_json:
        click.echo(json.dumps(comparison.as_json(), ensure_ascii=False))
    elif not xlsx:
        show(comparison, everything=everything)
    if failed:
        raise click.exceptions.Exit(BAD_INPUT)


def show(comparison: Comparison, *, everything: bool) -> None:
    """Print the comparison for people."""
    console = Console(highlight=False, markup=False, emoji=False)
    if not console.is_terminal:
        console.width = max(WIDTH, 40 + 20 * len(comparison.readings))
    for group in comparison.groups:
        lines = [line for line in group.lines if everything or line.differs]
        same = len(group.lines) - len(lines)
        console.print(group.title, style="bold")
        if lines:
            console.print(_table(comparison, lines))
            for mark, note in notes(lines).values():
                console.print(f"{mark}{note}", style="dim", soft_wrap=True)
        if same:
            console.print(f"（相同的 {same} 项没有列出，加 --all 列出）", style="dim")
        console.print()
    for one in comparison.wordings:
        for line in told(one):
            console.print(line, soft_wrap=True)
        console.print()


def _table(comparison: Comparison, lines: list[Line]) -> Table:
    table = Table(show_edge=False)
    table.add_column("", overflow="fold", ratio=2)
    for name in comparison.names:
        table.add_column(name, justify="right", overflow="fold")
    table.add_column("增减", justify="right", no_wrap=True)
    marks = notes(lines)
    for line in lines:
        unit = f"（{line.unit}）" if line.unit else ""
        mark = marks[line.note][0] if line.note else ""
        table.add_row(f"{line.label}{unit}{mark}", *_values(line), change(line))
    return table


def notes(lines: list[Line]) -> dict[str, tuple[str, str]]:
    """Return the notes of *lines*, each with its mark."""
    found = dict.fromkeys(line.note for line in lines if line.note)
    return {note: (f"※{index}", note) for index, note in enumerate(found, start=1)}


def _values(line: Line) -> Iterator[str]:
    in_text = line.in_text or (False,) * len(line.values)
    for value, is_text in zip(line.values, in_text, strict=True):
        yield "" if value is None else f"{number(value)}{'（正文）' if is_text else ''}"


def change(line: Line) -> str:
    """Return the change as one says it: ``+3（+12.5%）``."""
    if line.change is None:
        return ""
    percent = "" if line.percent is None else f"（{line.percent:+f}%）"
    return f"{'+' if line.change > 0 else ''}{number(line.change)}{percent}"


def told(one: Wording) -> Iterator[Text]:
    """Yield what changed in the text, a line each."""
    names = [f"{r.agency or r.file} {r.year or ''}".strip() for r in (one.before, one.after)]
    head = f"文字：{names[0]} → {names[1]}"
    if one.kept is None:
        yield Text(f"{head}，篇幅太长，没有逐句比较", style="bold")
        return
    yield Text(f"{head}，原样保留 {one.kept:.0%}", style="bold")
    shown = 0
    for piece in one.pieces:
        if piece.kind == "kept":
            yield Text(f"  …… 相同 {len(piece.sentences)} 句", style="dim")
            continue
        mark, style = MARKS[piece.kind]
        for sentence in piece.sentences:
            if shown < MOST:
                clipped = sentence if len(sentence) <= LONGEST else f"{sentence[:LONGEST]}……"
                yield Text(f"  {mark} {clipped}", style=style)
            shown += 1
    if shown > MOST:
        yield Text(f"  …… 还有 {shown - MOST} 句，加 --json 查看全部", style="dim")


def save(comparison: Comparison, path: Path) -> None:
    """Write figures and changed sentences into a workbook, figures as numbers."""
    options = {"strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(str(path), options) as book:
        head = book.add_format({"bold": True, "bottom": 1, "text_wrap": True})
        sheet = book.add_worksheet("数字")
        sheet.freeze_panes(1, 2)
        sheet.set_column(0, 0, 22)
        sheet.set_column(1, 1, 46)
        columns = ["类别", "项目", "单位", *comparison.names, "增减", "增减%", "说明"]
        sheet.write_row(0, 0, columns, head)
        lines = ((group, line) for group in comparison.groups for line in group.lines)
        for row, (group, line) in enumerate(lines, start=1):
            for column, value in enumerate(_row(group, line)):
                if isinstance(value, Decimal):
                    sheet.write_number(row, column, float(value))
                elif value:
                    sheet.write_string(row, column, value)
        texts = book.add_worksheet("文字")
        texts.write_row(0, 0, ["前一份", "后一份", "变化", "句子"], head)
        texts.set_column(3, 3, 100)
        for row, values in enumerate(_changes(comparison), start=1):
            texts.write_row(row, 0, values)


def _row(group: Group, line: Line) -> Iterator[Decimal | str | None]:
    yield from (group.title, line.label, line.unit, *line.values, line.change, line.percent)
    yield line.note


def _changes(comparison: Comparison) -> Iterator[tuple[str, str, str, str]]:
    words = {"removed": "删去", "added": "增加"}
    for one in comparison.wordings:
        for piece in one.pieces:
            for sentence in piece.sentences if piece.kind in words else ():
                yield one.before.file, one.after.file, words[piece.kind], sentence[:32_000]
