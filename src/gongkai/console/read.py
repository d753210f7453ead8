"""``gongkai read``: published reports on the command line."""

import csv
import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import click
import xlsxwriter
from rich.console import Console
from rich.table import Table

from gongkai.console import BAD_INPUT
from gongkai.core.checks import check
from gongkai.core.extraction.guarding import Guard
from gongkai.core.extraction.reading import ReadCell, Reading
from gongkai.core.extraction.sources import collect
from gongkai.core.forms import State

CELLS = "单元格"
STATEMENTS = "正文数字"
CELL_COLUMNS = (
    "文件", "标题", "机关", "年度", "格式", "表", "行", "列", "名称", "数值", "状态", "单位", "原文", "原因", "页", "起", "止",
)  # fmt: skip
STATEMENT_COLUMNS = (
    "文件",
    "机关",
    "年度",
    "指标",
    "对象",
    "数值",
    "单位",
    "概数",
    "增减",
    "原文",
    "页",
    "起",
    "止",
)
STATES = {State.VALUE: "有数", State.ZERO: "零", State.BLANK: "空白", State.UNREADABLE: "读不出"}
WIDTH = 120
"""Columns of a printed table where no terminal says."""

FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""What makes a spreadsheet take a text for a formula."""


@click.command(
    options_metavar="[选项]",
    epilog="例：gongkai read 年报.pdf --table；gongkai read 年报目录 --xlsx 年报.xlsx",
)
@click.argument("paths", metavar="路径…", nargs=-1, required=True, type=click.Path())
@click.option(
    "--json", "how", flag_value="json", help="每份文件输出一行 JSON（gongkai.reading/1）。"
)
@click.option(
    "--text", "how", flag_value="text", help="只输出文字；JSON 里的位置就是按这份文字数的。"
)
@click.option("--table", "how", flag_value="table", help="输出表格，供人阅读（默认）。")
@click.option("--xlsx", type=click.Path(dir_okay=False), metavar="文件", help="另存为 Excel 文件。")
@click.option(
    "--csv", "csv_", type=click.Path(dir_okay=False), metavar="文件", help="另存为 CSV 文件。"
)
def command(paths: tuple[str, ...], how: str | None, xlsx: str | None, csv_: str | None) -> None:
    """读取已发布的年度报告，取出表格和正文里的数字。

    路径可以是 txt、md、html、docx、xlsx、pdf、zip 文件或目录。读不了的文件各用一句话说明原因，其余照常输出，
    退出码为 2。
    """
    show = SHOWN[how] if how else None if xlsx or csv_ else SHOWN["table"]
    kept: list[Reading] = []
    failed = False
    with Guard() as guard:
        for source in collect(paths):
            reading = guard.read(source)
            failed |= complain(reading)
            if show:
                show(reading)
            if xlsx or csv_:
                kept.append(reading)
    if xlsx:
        save_xlsx(kept, Path(xlsx))
    if csv_:
        save_csv(kept, Path(csv_))
    if failed:
        raise click.exceptions.Exit(BAD_INPUT)


def complain(reading: Reading) -> bool:
    """Say on standard error what could not be read; return whether the file as a whole could not."""
    for problem in reading.problems:
        click.echo(f"gongkai：{reading.file}：{problem}", err=True)
    return bool(reading.problems) and not reading.text


def show_json(reading: Reading) -> None:
    """Print the reading as one line of JSON, with what does not agree."""
    checked = reading.with_findings(check(reading)) if reading.text else reading
    click.echo(json.dumps(checked.as_json(), ensure_ascii=False))


def show_text(reading: Reading) -> None:
    """Print the text in which places are counted."""
    click.echo(reading.text)


def show_table(reading: Reading) -> None:
    """Print title, tables and figures for people."""
    if not reading.text:
        return
    console = Console(highlight=False, markup=False, emoji=False)
    if not console.is_terminal:
        console.width = WIDTH
    year = f"{reading.year} 年度" if reading.year else "年度不明"
    form = reading.form.short if reading.form else "没有认出统计表"
    console.print(reading.title or "（没有标题）", style="bold")
    console.print(f"{reading.file} · {reading.agency or '机关不明'} · {year} · {form}")
    for title, table in _tables(reading):
        console.print()
        console.print(title, style="bold")
        console.print(table)
    console.print(f"\n正文数字 {len(reading.statements)} 个\n")


SHOWN: dict[str, Callable[[Reading], None]] = {
    "json": show_json,
    "text": show_text,
    "table": show_table,
}


def _tables(reading: Reading) -> Iterator[tuple[str, Table]]:
    """Yield every block of the form that was read: rows down, columns across."""
    if reading.form is None:
        return
    rows: dict[tuple[str, str], dict[str, ReadCell]] = {}
    for cell in reading.cells:
        rows.setdefault((cell.place.table, cell.place.row), {})[cell.place.column] = cell
    for table in reading.form.tables:
        for section in table.sections:
            known = [row.key for row in section.rows]
            mine = {
                key: cells
                for (name, key), cells in rows.items()
                if name == table.key and (key in known or _is_local(key, cells, section.columns))
            }
            if not mine:
                continue
            used = [c for c in section.columns if any(c.key in cells for cells in mine.values())]
            printed = Table(show_edge=False)
            printed.add_column("", overflow="fold", ratio=3)
            for column in used:
                printed.add_column(column.label, justify="right", overflow="fold", min_width=6)
            for cells in mine.values():
                label = next(iter(cells.values())).label.split(" / ")[0]
                printed.add_row(label, *(_shown(cells.get(column.key)) for column in used))
            yield section.title or table.title, printed


def _is_local(key: str, cells: dict[str, ReadCell], columns: Any) -> bool:
    return key.startswith("local:") and set(cells) <= {column.key for column in columns}


def _shown(read: ReadCell | None) -> str:
    if read is None:
        return ""
    if read.cell.state is State.UNREADABLE:
        return "？"
    return "" if read.cell.value is None else f"{read.cell.value:f}"


def cell_lines(readings: list[Reading]) -> Iterator[list[Any]]:
    """Yield one line for each cell, in the order of :data:`CELL_COLUMNS`."""
    for reading in readings:
        form = reading.form.key if reading.form else None
        head = [reading.file, reading.title, reading.agency, reading.year, form]
        for read in reading.cells:
            cell = read.cell
            yield [
                *head, *read.place, read.label, cell.value, STATES[cell.state], cell.unit, cell.raw,
                cell.reason, read.page, *(read.at or (None, None)),
            ]  # fmt: skip


def statement_lines(readings: list[Reading]) -> Iterator[list[Any]]:
    """Yield one line for each statement, in the order of :data:`STATEMENT_COLUMNS`."""
    for reading in readings:
        for said in reading.statements:
            yield [
                reading.file, reading.agency, reading.year, said.indicator, said.subject, said.value, said.unit,
                "是" if said.approximate else None, "是" if said.change else None, said.text, said.page, *said.at,
            ]  # fmt: skip


def save_csv(readings: list[Reading], path: Path) -> None:
    """Write every cell into a CSV file that spreadsheet programs open without asking."""
    with path.open("w", encoding="utf-8-sig", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow(CELL_COLUMNS)
        writer.writerows([_harmless(value) for value in line] for line in cell_lines(readings))


def _harmless(value: Any) -> Any:
    """Keep a text from being taken for a formula."""
    return f"'{value}" if isinstance(value, str) and value.startswith(FORMULA) else value


def save_xlsx(readings: list[Reading], path: Path) -> None:
    """Write cells and statements into a workbook, figures as numbers."""
    with xlsxwriter.Workbook(str(path), {"strings_to_formulas": False}) as book:
        bold = book.add_format({"bold": True})
        for name, columns, lines in (
            (CELLS, CELL_COLUMNS, cell_lines(readings)),
            (STATEMENTS, STATEMENT_COLUMNS, statement_lines(readings)),
        ):
            sheet = book.add_worksheet(name)
            sheet.freeze_panes(1, 0)
            sheet.write_row(0, 0, columns, bold)
            last = 0
            for last, line in enumerate(lines, start=1):
                for column, value in enumerate(line):
                    if isinstance(value, str):
                        sheet.write_string(last, column, value[:32_000])
                    elif value is not None:
                        sheet.write_number(last, column, float(value))
            sheet.autofilter(0, 0, max(last, 1), len(columns) - 1)
