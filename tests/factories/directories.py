"""A small standard directory, as a published spreadsheet and as a version in force."""

from datetime import date

from gongkai.core.directories import read_table
from gongkai.core.directories.writing import WrittenRow, directory_xlsx
from gongkai.core.extraction.sources.xlsx import sheets
from gongkai.domain.directory import actions

DEADLINES = {
    "供水水质": "每季度终了后15个工作日内",
    "防汛预案": "每年3月31日前",
    "取水许可": "20个工作日内",
    "河长名录": "长期公开（动态调整）",
    "水价": "按规定执行",
}


def line(
    second, *, content=None, body="云川市水利局", first="水利管理", deadline=None, field="municipal"
):
    texts = {
        "number": "1",
        "first": first,
        "second": second,
        "content": f"{second}的全部要素" if content is None else content,
        "basis": "水法",
        "deadline": deadline or DEADLINES.get(second, "及时公开"),
        "body": body,
    }
    return WrittenRow(field, texts, frozenset({"public", "active", "county"}), ("website", "hall"))


def adopted(unit, rows, since=date(2025, 1, 1), by=None):
    lines = read_table(sheets(directory_xlsx("云川市标准目录", rows)))
    return actions.adopt(unit, lines=lines, effective_from=since, title="云川市标准目录", by=by)
