"""Reading organisations from a spreadsheet, row by row, with a sentence for each row that is wrong."""

import csv
import io
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

import openpyxl

from gongkai.core.refusal import Refusal
from gongkai.domain.organisations import codes
from gongkai.domain.organisations.kinds import kind_choices, level_choices
from gongkai.domain.organisations.models.organisation import OrganisationQuerySet

COLUMNS = {
    "name": "全称",
    "short": "简称",
    "parent": "上级机构",
    "kind": "类别",
    "level": "层级",
    "code": "统一社会信用代码",
    "division": "行政区划代码",
    "founded": "成立日期",
}
NEEDED = ("name", "parent", "kind", "level")
MOST_ROWS = 5000
MOST_BYTES = 5 * 2**20
MOST_UNPACKED = 80 * 2**20
DATES = ("%Y-%m-%d", "%Y/%m/%d", "%Y年%m月%d日", "%Y.%m.%d", "%Y-%m-%d %H:%M:%S")


class Unreadable(Refusal):
    """这个文件读不出来：{why}。请用模板填写后另存为 XLSX 或 CSV 再试。"""


class MissingColumns(Refusal):
    """表头缺少：{missing}。请对照模板检查第一行。"""


@dataclass(slots=True)
class Row:
    """One line of the sheet."""

    number: int
    """As the spreadsheet counts, the heading being 1."""
    facts: dict[str, Any]
    errors: list[str] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)
    exists: bool = False

    @property
    def verdict(self) -> str:
        """Return what will become of it."""
        if self.errors:
            return "有误"
        return "已有，跳过" if self.exists else "新增"


def read(name: str, content: bytes) -> list[dict[str, str]]:
    """Return the lines of the file *name* as mappings of our column keys to text."""
    if len(content) > MOST_BYTES:
        raise Unreadable(why="超过 5 MB")
    lines = _xlsx(content) if content[:2] == b"PK" else _csv(content, name)
    heading = [str(cell or "").strip().rstrip("*") for cell in next(lines, [])]
    place = {key: heading.index(title) for key, title in COLUMNS.items() if title in heading}
    if missing := [COLUMNS[key] for key in NEEDED if key not in place]:
        raise MissingColumns(missing="、".join(missing))
    rows: list[dict[str, str]] = []
    for cells in lines:
        texts = [_text(cell) for cell in cells]
        if len(rows) >= MOST_ROWS:
            raise Unreadable(why=f"超过 {MOST_ROWS} 行")
        rows.append({key: texts[at] if at < len(texts) else "" for key, at in place.items()})
    while rows and not any(rows[-1].values()):
        rows.pop()
    return rows


def _text(cell: Any) -> str:
    if isinstance(cell, datetime):
        return cell.date().isoformat()
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return "" if cell is None else str(cell).strip()


def _xlsx(content: bytes) -> Iterator[Iterable[Any]]:
    try:
        _must_unpack_small(content)
        book = openpyxl.load_workbook(io.BytesIO(content), read_only=True, data_only=True)
        sheet = book.worksheets[0]
        yield from sheet.iter_rows(values_only=True, max_row=MOST_ROWS + 2, max_col=40)
    except Refusal:
        raise
    except Exception as error:  # whatever a broken or hostile file makes openpyxl raise
        raise Unreadable(why="不是完好的 XLSX 文件") from error


def _must_unpack_small(content: bytes) -> None:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        if sum(entry.file_size for entry in archive.infolist()) > MOST_UNPACKED:
            raise Unreadable(why="展开后太大")


def _csv(content: bytes, name: str) -> Iterator[list[str]]:
    if not name.lower().endswith((".csv", ".txt")) or b"\x00" in content:
        raise Unreadable(why="不是 XLSX，也不是 CSV")
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        try:
            yield from csv.reader(io.StringIO(text, newline=""))
        except csv.Error as error:
            raise Unreadable(why="CSV 格式有误") from error
        return
    raise Unreadable(why="文字编码既不是 UTF-8 也不是 GB18030")


def judge(lines: list[dict[str, str]], within: OrganisationQuerySet) -> list[Row]:
    """Return *lines* with what is wrong with each, against the organisations *within* reach."""
    standing = dict(within.in_being().values_list("name", "code"))
    used_codes = {code: name for name, code in standing.items() if code}
    fresh: dict[str, int] = {}
    rows = []
    for number, line in enumerate(lines, start=2):
        row = Row(number=number, facts=dict(line))
        _judge_choices(row)
        _judge_names(row, standing, fresh)
        _judge_code(row, used_codes)
        _judge_day(row)
        if not row.errors and not row.exists:
            fresh[row.facts["name"]] = number
            used_codes.setdefault(row.facts.get("code", ""), row.facts["name"])
        rows.append(row)
    return rows


def _judge_choices(row: Row) -> None:
    for key, choices in (("kind", kind_choices()), ("level", level_choices())):
        keys = {title: value for value, title in choices}
        given = row.facts.get(key, "")
        if given in keys:
            row.facts[key] = keys[given]
        else:
            row.errors.append(
                f"{COLUMNS[key]}“{given}”不在可选范围内，应为：{'、'.join(keys)}"
                if given
                else f"没有填{COLUMNS[key]}"
            )


def _judge_names(row: Row, standing: dict[str, str], fresh: dict[str, int]) -> None:
    name, parent = row.facts.get("name", ""), row.facts.get("parent", "")
    if not name:
        row.errors.append("没有填全称")
    elif len(name) > 120:
        row.errors.append("全称超过 120 字")
    elif name in standing:
        row.exists = True
    elif name in fresh:
        row.errors.append(f"与第 {fresh[name]} 行重名")
    if not parent:
        row.errors.append("没有填上级机构")
    elif parent not in standing and parent not in fresh:
        row.errors.append(f"没有找到上级机构“{parent}”。上级机构应已登记，或排在本行之前")


def _judge_code(row: Row, used: dict[str, str]) -> None:
    code = row.facts["code"] = row.facts.get("code", "").upper()
    if not code:
        return
    if len(code) > 18:
        row.errors.append("统一社会信用代码超过 18 位")
    elif doubt := codes.doubt(code):
        row.warnings.append(doubt)
    if used.get(code, row.facts.get("name")) != row.facts.get("name"):
        row.warnings.append(f"代码与“{used[code]}”相同")


def _judge_day(row: Row) -> None:
    given = row.facts.get("founded", "")
    row.facts["founded"] = None
    if not given:
        return
    for pattern in DATES:
        try:
            row.facts["founded"] = datetime.strptime(given, pattern).date().isoformat()  # noqa: DTZ007  # a day has no zone
        except ValueError:
            continue
        return
    row.errors.append(f"成立日期“{given}”看不懂，应如 2019-03-01")


def day_of(row: dict[str, Any]) -> date | None:
    """Return the founding day of a judged row."""
    return date.fromisoformat(row["founded"]) if row.get("founded") else None
