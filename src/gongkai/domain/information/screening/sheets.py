"""The word list as a sheet: XLSX or CSV, there and back."""

import csv
import io
import tempfile
from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

import xlsxwriter

from gongkai.core.refusal import Refusal
from gongkai.domain.information.importing import tables
from gongkai.domain.information.screening.actions.words import Entry, sound
from gongkai.domain.information.screening.errors import BadWord, NotTheSheet
from gongkai.domain.information.screening.models import ListedWord

if TYPE_CHECKING:
    from django.core.files.uploadedfile import UploadedFile

HEADINGS = (("词语", 20), ("正确写法", 24), ("类别", 12), ("例外", 30), ("起", 12), ("止", 12))
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
FORMULA = ("=", "+", "-", "@", "\t", "\r")


def written(words: Iterable[ListedWord], *, as_csv: bool) -> IO[bytes]:
    """Return *words* as a file, at its beginning."""
    stream = tempfile.TemporaryFile(prefix="gongkai-")  # noqa: SIM115  # the response closes it
    if as_csv:
        with io.TextIOWrapper(stream, "utf-8-sig", newline="", write_through=True) as text:
            writer = csv.writer(text)
            writer.writerow([heading for heading, _ in HEADINGS])
            # a cell that begins like a formula would be one when the file is opened
            writer.writerows(
                [f"'{cell}" if cell.startswith(FORMULA) else cell for cell in _cells(word)]
                for word in words
            )
            text.detach()
    else:
        options = {"strings_to_formulas": False, "strings_to_urls": False}
        with xlsxwriter.Workbook(stream, options) as book:
            sheet = book.add_worksheet("词表")
            bold = book.add_format({"bold": True, "bottom": 1})
            for place, (heading, width) in enumerate(HEADINGS):
                sheet.set_column(place, place, width)
                sheet.write_string(0, place, heading, bold)
            sheet.freeze_panes(1, 0)
            for number, word in enumerate(words, start=1):
                for place, cell in enumerate(_cells(word)):
                    sheet.write_string(number, place, cell)
    stream.seek(0)
    return stream


def _cells(word: ListedWord) -> list[str]:
    return [
        word.word, word.right, word.get_kind_display(), word.unless,
        str(word.since or ""), str(word.until or ""),
    ]  # fmt: skip


def read(file: "UploadedFile[Any]") -> tuple[list[Entry], list[str]]:
    """Return the words of a sheet, and a sentence for each line that is none.

    Raises:
        Unreadable: It is neither XLSX nor CSV.
        NotTheSheet: It has no column of words.
    """
    with tempfile.TemporaryDirectory(prefix="gongkai-") as folder:
        path = Path(folder) / "words"
        with path.open("wb") as stream:
            for chunk in file.chunks():
                stream.write(chunk)
        entries: list[Entry] = []
        wrong: list[str] = []
        with tables.opened(path, file.name or "词表") as rows:
            headings = next(rows)[1]
            if "词语" not in headings:
                raise NotTheSheet
            for number, cells in rows:
                if number > tables.MOST_ROWS:
                    break
                try:
                    entries.append(_entry(dict(zip(headings, cells, strict=False))))
                except Refusal as refusal:
                    wrong.append(f"第 {number} 行：{refusal}")
    return entries, wrong


def _entry(row: dict[str, str]) -> Entry:
    kinds = {str(label): value for value, label in ListedWord.Kind.choices}
    kind = row.get("类别", "").strip()
    return sound(
        Entry(
            word=row.get("词语", "").removeprefix("'"),
            right=row.get("正确写法", "").removeprefix("'"),
            kind=kinds.get(kind, kind) or ListedWord.Kind.TYPO,
            unless=row.get("例外", ""),
            **dict(_days(row)),
        )
    )


def _days(row: dict[str, str]) -> Iterator[tuple[str, date | None]]:
    for heading, name in (("起", "since"), ("止", "until")):
        told = row.get(heading, "").strip()[:10]
        try:
            yield name, date.fromisoformat(told) if told else None
        except ValueError:
            raise BadWord(why=f"“{heading}”请写成 2026-01-31 的样子：“{told}”。") from None
