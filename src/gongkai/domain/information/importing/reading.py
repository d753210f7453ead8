"""The lines of a batch, wherever they come from, as what each says by the keys of our fields."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from gongkai.domain.information.importing import errors, places, tables, wordpress
from gongkai.domain.information.importing.models import Batch


@dataclass(frozen=True, slots=True)
class Raw:
    """One line before anything was made of it.

    Attributes:
        number: As the spreadsheet counts; a post or page by its place.
        said: What stands in the fields that have a column, as text.
        cells: The whole row, for the report.
    """

    number: int
    said: dict[str, str]
    cells: list[str]


def headings(batch: Batch) -> list[str]:
    """Return the heading of the sheet."""
    with places.as_path(batch.content) as path, tables.opened(path, batch.name) as rows:
        return next(rows)[1]


def samples(batch: Batch, count: int = 3) -> list[list[str]]:
    """Return the first rows below the heading."""
    found: list[list[str]] = []
    with places.as_path(batch.content) as path, tables.opened(path, batch.name) as rows:
        next(rows)
        for _, cells in rows:
            found.append(cells)
            if len(found) == count:
                break
    return found


@contextmanager
def lines(batch: Batch) -> Iterator[Iterator[Raw]]:
    """Yield the lines of *batch*.

    Raises:
        Unreadable, NotAnExport: The source cannot be read.
        TooMuch: It has too many lines.
    """
    with places.as_path(batch.content) as path:
        if batch.source == Batch.Source.SHEET:
            with tables.opened(path, batch.name) as rows:
                next(rows)
                yield _sheet(rows, batch.mapping)
        elif batch.source == Batch.Source.WORDPRESS:
            yield _told(wordpress.posts(path, batch.name))
        else:
            with path.open(encoding="utf-8") as stream:
                yield _told(json.loads(line) for line in stream)


def _sheet(rows: Iterator[tuple[int, list[str]]], mapping: dict[str, int]) -> Iterator[Raw]:
    for count, (number, cells) in enumerate(rows, start=1):
        if count > tables.MOST_ROWS:
            raise errors.TooMuch(what="表格的行数", limit=f"{tables.MOST_ROWS} 行")
        said = {key: cells[at] if at < len(cells) else "" for key, at in mapping.items()}
        if any(said.values()):
            yield Raw(number, said, cells)


def _told(things: Iterator[dict[str, str]]) -> Iterator[Raw]:
    for number, said in enumerate(things, start=1):
        if number > tables.MOST_ROWS:
            raise errors.TooMuch(what="内容的条数", limit=f"{tables.MOST_ROWS} 条")
        yield Raw(number, said, list(said.values()))
