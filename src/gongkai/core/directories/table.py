"""Reading a standard directory in its published form: two-line heads, merged cells, 同上, ■ and □.

Nothing is guessed: a line that lacks what makes it an entry is refused with a sentence that says
what to do, and what was filled in from the line above is said so.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from dataclasses import field as made

from gongkai.core.directories.fields import field_of, squeezed
from gongkai.core.directories.headings import heading_of, headings, marks
from gongkai.core.directories.marked import Channels, is_chosen, read_channels, said_beside
from gongkai.core.directories.phrases import TimeLimit, read_phrase
from gongkai.core.extraction.sources.xlsx import Sheet

MOST_ROWS = 20_000
MOST_COLUMNS = 40
FILLED = ("first", "basis", "deadline", "body", "channels")
"""What a blank cell takes from the line above; directories leave it out where it repeats."""
LONGEST = {"first": 200, "second": 200, "third": 200, "body": 500, "deadline": 200, "number": 20}
LONGEST_OTHER = 8000
HEAD = 4
"""So many known headings in one line make it the head of a table."""
EXTRA = (
    "process",
    "clause",
    "rank",
    "category",
    "office",
    "telephone",
    "complaints",
    "form",
)


@dataclass(frozen=True, slots=True)
class Levels:
    """Who is bound by an entry, by level of government."""

    city: bool = False
    county: bool = False
    township: bool = False

    def __bool__(self) -> bool:
        return self.city or self.county or self.township


@dataclass(slots=True)
class Line:
    """One line of the table, as it was read.

    Attributes:
        sheet: The sheet's title.
        number: The line of the spreadsheet, from 1.
        field: The key of the field.
        facts: The texts by column key, 同上 and merged cells expanded.
        errors: Why it is refused.
        notes: What a person should look at.
    """

    sheet: str
    number: int
    field: str
    facts: dict[str, str]
    limit: TimeLimit = made(default_factory=lambda: TimeLimit(""))
    channels: Channels = made(default_factory=Channels)
    levels: Levels = made(default_factory=Levels)
    everybody: bool = True
    group: str = ""
    on_request: bool = False
    errors: list[str] = made(default_factory=list)
    notes: list[str] = made(default_factory=list)

    @property
    def identity(self) -> tuple[str, str, str, str, str]:
        """What makes it this entry and no other, in every version of the directory."""
        texts = (squeezed(self.facts.get(key, "")) for key in ("first", "second", "third"))
        first, second, third = texts
        return (self.field, first, second, third, squeezed(self.facts.get("content", "")))

    @property
    def extra(self) -> dict[str, str]:
        """The columns that some places add."""
        return {key: self.facts[key] for key in EXTRA if self.facts.get(key)}


def read_table(sheets: Sequence[Sheet], *, default: str = "") -> list[Line]:
    """Return every line of the tables in *sheets*, the refused ones too.

    Args:
        sheets: The sheets, as they stand in the file.
        default: The key of the field, where neither sheet nor title names one.
    """
    lines: list[Line] = []
    known: dict[tuple[str, ...], Line] = {}
    for sheet in sheets:
        for line in _of_sheet(sheet, default):
            _judge(line, known)
            lines.append(line)
            if len(lines) >= MOST_ROWS:
                return lines
    return lines


def _of_sheet(sheet: Sheet, default: str) -> Iterator[Line]:
    grid = _expanded(sheet)
    columns: dict[int, str] = {}
    current = field_of(sheet.title) or default
    above: Line | None = None
    skip = 0
    for number in sorted(grid):
        row = grid[number]
        if number <= skip:
            continue
        if found := _head(row, grid.get(number + 1, {})):
            columns, two_lines = found
            skip = number + 1 if two_lines else number
            above = None
        elif title := _title(row):
            current, above = title, None
        elif columns:
            texts = {key: row.get(place, "").strip() for place, key in columns.items()}
            if any(text for key, text in texts.items() if key != "number"):
                above = _line(sheet.title, number, current, texts, above)
                yield above


def _expanded(sheet: Sheet) -> dict[int, dict[int, str]]:
    """Return the cells with merged ones repeated wherever they reach."""
    grid = {
        number: {place: text for place, text in row.items() if place < MOST_COLUMNS}
        for number, row in sheet.rows.items()
        if number <= MOST_ROWS
    }
    for (number, place), (down, right) in sheet.merged.items():
        text = sheet.rows.get(number, {}).get(place, "")
        if not text:
            continue
        for line in range(number, min(number + down, MOST_ROWS)):
            for column in range(place, min(place + right, MOST_COLUMNS)):
                grid.setdefault(line, {})[column] = text
    return grid


def _head(row: Mapping[int, str], below: Mapping[int, str]) -> tuple[dict[int, str], bool] | None:
    """Return the column keys by place, and whether the head has two lines."""
    spanning = {squeezed(facts.above) for facts in headings().values() if facts.above}
    names = {place: text for place, text in row.items() if text.strip()}
    hits = {squeezed(t) for t in names.values() if heading_of(t) or squeezed(t) in spanning}
    if len(hits) < HEAD:
        return None
    two = any(
        squeezed(text) in spanning and heading_of(below.get(place, ""))
        for place, text in names.items()
    )
    columns: dict[int, str] = {}
    for place in sorted({*names, *(below if two else ())}):
        key = (two and heading_of(below.get(place, ""))) or heading_of(names.get(place, ""))
        if key and key not in columns.values():
            columns[place] = key
    return columns, two


def _title(row: Mapping[int, str]) -> str:
    """Return the field that a line of its own names, empty where it is no such line."""
    texts = {text.strip() for text in row.values() if text.strip()}
    if len(texts) != 1:
        return ""
    (text,) = texts
    return field_of(text) if "目录" in text or "领域" in text else ""


def _line(sheet: str, number: int, name: str, texts: dict[str, str], above: Line | None) -> Line:
    line = Line(sheet, number, name, texts)
    same = {squeezed(sign) or sign for sign in marks()["same"]}
    filled = []
    for key, text in texts.items():
        if text and (squeezed(text) or text) in same:
            texts[key] = above.facts.get(key, "") if above else ""
            if above is None:
                line.errors.append(f"{headings()[key].title}写“{text}”，但上面没有可以照搬的一行")
        elif not text and above and key in FILLED and above.facts.get(key):
            texts[key] = above.facts[key]
            filled.append(headings()[key].title)
    if filled:
        line.notes.append(f"{'、'.join(filled)}空着，按上一行补")
    return line


def _judge(line: Line, known: dict[tuple[str, ...], Line]) -> None:
    facts = line.facts
    if not line.field:
        line.errors.append("看不出属于哪个领域；请在表名或表格标题里写明领域")
    _judge_needed(line)
    for key, text in facts.items():
        most = LONGEST.get(key, LONGEST_OTHER)
        if len(text) > most:
            line.errors.append(f"{headings()[key].title}超过 {most} 字")
    _read_marks(line)
    line.limit = read_phrase(facts.get("deadline", ""))
    _judge_limit(line)
    if line.errors:
        return
    twin = known.setdefault(line.identity, line)
    if twin is not line:
        where = (
            f"“{twin.sheet}”第 {twin.number} 行"
            if twin.sheet != line.sheet
            else f"第 {twin.number} 行"
        )
        line.errors.append(f"与{where}的事项和内容相同，只收一次")


def _judge_needed(line: Line) -> None:
    for key in ("first", "content"):
        title = headings()[key].title
        if key not in line.facts:
            line.errors.append(f"这张表没有“{title}”一列；请把表头补全再上传")
        elif not line.facts[key]:
            line.errors.append(f"没有填{title}")


def _judge_limit(line: Line) -> None:
    facts = line.facts
    if facts.get("deadline") and not line.limit.is_read:
        line.notes.append(f"公开时限“{line.limit.text}”读不出期限，将照原文显示")
    elif "deadline" not in facts:
        line.notes.append("这张表没有“公开时限”一列，算不出应公开日期")
    elif not facts["deadline"]:
        line.notes.append("没有写公开时限")


def _read_marks(line: Line) -> None:
    facts = line.facts
    line.channels = read_channels(facts.get("channels", ""))
    if line.channels.unknown:
        line.notes.append(f"渠道“{'、'.join(line.channels.unknown)}”不在通用表里，按“其他”收下")
    line.levels = Levels(
        **{key: is_chosen(facts.get(key, "")) for key in ("city", "county", "township")}
    )
    if any(key in facts for key in ("county", "township")) and not line.levels:
        line.notes.append("没有勾选公开层级")
    line.group = said_beside(facts.get("some", ""))
    some = is_chosen(facts.get("some", ""))
    line.everybody = is_chosen(facts.get("public", "")) or not some
    line.on_request = is_chosen(facts.get("request", "")) and not is_chosen(facts.get("active", ""))
