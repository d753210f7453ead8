"""Spreadsheets and CSV files, row by row, without holding them in memory."""

import csv
import io
import zipfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import openpyxl

from gongkai.domain.information.importing import errors
from gongkai.domain.information.importing.values import text

MOST_BYTES = 60 * 2**20
MOST_UNPACKED = 600 * 2**20
MOST_ROWS = 50_000
MOST_COLUMNS = 80
_LOOK = 20
"""Rows among which the heading is looked for: many sheets have a title and a note above it."""
csv.field_size_limit(4 * 2**20)


@contextmanager
def opened(path: Path, name: str) -> Iterator[Iterator[tuple[int, list[str]]]]:
    """Yield the rows of the file at *path* with their numbers from 1, the heading first, blank rows left out.

    Raises:
        Unreadable: With why.
    """
    with path.open("rb") as stream:
        packed = stream.read(2) == b"PK"
    try:
        with _xlsx(path) if packed else _csv(path, name) as rows:
            yield _from_heading(_numbered(rows))
    except Unreadable as why:
        raise errors.Unreadable(name=name, why=str(why)) from why


class Unreadable(Exception):
    """Why a file cannot be read, in a few words."""


@contextmanager
def _xlsx(path: Path) -> Iterator[Iterable[Iterable[Any]]]:
    # a stream, because openpyxl goes by the ending of a path and ours has none
    with path.open("rb") as stream:
        try:
            with zipfile.ZipFile(stream) as archive:
                unpacked = sum(entry.file_size for entry in archive.infolist())
        except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
            raise Unreadable("不是完好的 XLSX 文件") from error
        if unpacked > MOST_UNPACKED:
            # before it is opened: the table of texts is read into memory at once
            raise Unreadable("展开后太大")
        try:
            book = openpyxl.load_workbook(stream, read_only=True, data_only=True)
        except Exception as error:  # whatever a broken or hostile file makes openpyxl raise
            raise Unreadable("不是完好的 XLSX 文件") from error
        try:
            yield _guarded(book.worksheets[0].iter_rows(values_only=True, max_col=MOST_COLUMNS))
        finally:
            book.close()


def _guarded(rows: Iterable[Iterable[Any]]) -> Iterator[Iterable[Any]]:
    iterator = iter(rows)
    while True:
        try:
            yield next(iterator)
        except StopIteration:
            return
        except Exception as error:  # a part that is broken is found only when one comes to it
            raise Unreadable("不是完好的 XLSX 文件") from error


@contextmanager
def _csv(path: Path, name: str) -> Iterator[Iterable[Iterable[Any]]]:
    encoding = _encoding(path, name)
    with path.open(encoding=encoding, newline="") as stream:
        yield _lines(stream)


def _lines(stream: io.TextIOBase) -> Iterator[list[str]]:
    try:
        sample = stream.read(4096)
        stream.seek(0)
        tabs = sample.count("\t") > sample.count(",")
        yield from csv.reader(stream, delimiter="\t" if tabs else ",")
    except (csv.Error, UnicodeDecodeError) as error:
        raise Unreadable("CSV 格式有误，或者文字编码前后不一") from error


def _encoding(path: Path, name: str) -> str:
    if not name.lower().endswith((".csv", ".txt", ".tsv")):
        raise Unreadable("不是 XLSX，也不是 CSV")
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            with path.open(encoding=encoding) as stream:
                while block := stream.read(2**20):
                    if "\0" in block:
                        raise Unreadable("不是文字文件")
        except UnicodeDecodeError:
            continue
        return encoding
    raise Unreadable("文字编码既不是 UTF-8 也不是 GB18030")


def _numbered(rows: Iterable[Iterable[Any]]) -> Iterator[tuple[int, list[str]]]:
    for number, row in enumerate(rows, start=1):
        cells = [text(cell) for cell in row][:MOST_COLUMNS]
        while cells and not cells[-1]:
            cells.pop()
        if cells:
            yield number, cells


def _from_heading(rows: Iterator[tuple[int, list[str]]]) -> Iterator[tuple[int, list[str]]]:
    """Leave out what stands above the heading, which is the first row with the most filled cells."""
    held: list[tuple[int, list[str]]] = []
    for row in rows:
        held.append(row)
        if len(held) == _LOOK:
            break
    if not held:
        raise Unreadable("表格是空的")
    width = max(sum(bool(cell) for cell in cells) for _, cells in held)
    start = next(
        place
        for place, (_, cells) in enumerate(held)
        # a line of data may be as full as the heading, but a title above it has one cell or two
        if sum(bool(cell) for cell in cells) >= max(1, (width + 1) // 2)
    )
    yield from held[start:]
    yield from rows
