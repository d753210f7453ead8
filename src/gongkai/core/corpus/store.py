"""The database that a corpus is read into: one DuckDB file, or one Parquet file with a row for each document."""

import os
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import duckdb

from gongkai.core.corpus.work import Outcome
from gongkai.core.refusal import Refusal

SPAN = {"start_at": "INTEGER", "end_at": "INTEGER"}
NUMBER = "DECIMAL(30, 6)"
TABLES: Mapping[str, Mapping[str, str]] = {
    "documents": {
        "document": "VARCHAR",
        "file": "VARCHAR",
        "status": "VARCHAR",
        "problem": "VARCHAR",
        "title": "VARCHAR",
        "agency": "VARCHAR",
        "year": "INTEGER",
        "form": "VARCHAR",
        "characters": "INTEGER",
        "signature": "UINTEGER[]",
        "seconds": "DOUBLE",
    },
    "cells": {
        "document": "VARCHAR",
        "number": "INTEGER",
        "table_key": "VARCHAR",
        "row_key": "VARCHAR",
        "column_key": "VARCHAR",
        "label": "VARCHAR",
        "state": "VARCHAR",
        "value": NUMBER,
        "raw": "VARCHAR",
        "unit": "VARCHAR",
        "reason": "VARCHAR",
        **SPAN,
        "page": "INTEGER",
    },
    "statements": {
        "document": "VARCHAR",
        "number": "INTEGER",
        "indicator": "VARCHAR",
        "subject": "VARCHAR",
        "value": NUMBER,
        "unit": "VARCHAR",
        "part_of": "INTEGER",
        "approximate": "BOOLEAN",
        "change": "BOOLEAN",
        "text": "VARCHAR",
        **SPAN,
        "page": "INTEGER",
    },
    "findings": {
        "document": "VARCHAR",
        "number": "INTEGER",
        "rule": "VARCHAR",
        "level": "VARCHAR",
        "message": "VARCHAR",
        "left_side": "VARCHAR",
        "right_side": "VARCHAR",
        "cells": "INTEGER[]",
        "statements": "INTEGER[]",
        **SPAN,
        "other": "VARCHAR",
    },
}
"""The columns of each table. ``document`` is the hash of the content; ``other`` the document compared with."""

PARTS = ("cells", "statements", "findings")
SUFFIXES = (".duckdb", ".parquet")
WORKING = ".working.duckdb"
KEY_BYTES = 16
MEMORY = "1GB"
"""What the database may keep in memory; beyond, it uses the disk."""


class StoreUnknown(Refusal):
    """不认识的输出格式“{suffix}”；文件名请以 .duckdb 或 .parquet 结尾。"""


class StoreBusy(Refusal):
    """打不开“{file}”（{reason}）；请确认没有别的程序正在用它，而且它是以前用本命令生成的。"""


class Store:
    """The open database. A document is in it wholly or not at all, and never twice.

    Args:
        path: ``….duckdb``, or ``….parquet``; the latter is written when the store is finished, and
            a working file stands beside it until then.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        if path.suffix not in SUFFIXES:
            raise StoreUnknown(suffix=path.suffix)
        self._is_parquet = path.suffix == ".parquet"
        self._file = path.with_name(path.name + WORKING) if self._is_parquet else path
        fresh = not self._file.exists()
        try:
            self.connection = duckdb.connect(str(self._file))
            self.connection.execute(f"SET memory_limit = '{MEMORY}'")
            self._create()
        except duckdb.Error as error:
            raise StoreBusy(file=self._file, reason=str(error).splitlines()[0]) from error
        if fresh and self._is_parquet and path.exists():
            self._take_back()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.connection.close()

    def _create(self) -> None:
        for table, columns in TABLES.items():
            spelled = ", ".join(f'"{name}" {kind}' for name, kind in columns.items())
            self.connection.execute(f'CREATE TABLE IF NOT EXISTS "{table}" ({spelled})')
        self.connection.execute(
            "CREATE UNIQUE INDEX IF NOT EXISTS one_document ON documents (document)"
        )

    def known(self) -> set[bytes]:
        """Return the keys of the documents that are in the store, shortened."""
        cursor = self.connection.execute("SELECT document FROM documents")
        keys: set[bytes] = set()
        while rows := cursor.fetchmany(10_000):
            keys.update(short_key(row[0]) for row in rows)
        return keys

    def forget_unread(self) -> None:
        """Forget the documents that could not be read, so that the next run tries them again."""
        self.connection.execute("DELETE FROM documents WHERE status <> 'read'")

    def write(self, outcomes: Iterable[Outcome]) -> None:
        """Put documents into the store, all of them or none."""
        found = list(outcomes)
        self.insert({table: "".join(one.lines.get(table, "") for one in found) for table in TABLES})

    def insert(self, lines: Mapping[str, str]) -> None:
        """Put rows, given as lines of JSON for each table, into the store, all of them or none."""
        with tempfile.TemporaryDirectory(prefix="gongkai-corpus-") as folder:
            self.connection.begin()
            try:
                for table, text in lines.items():
                    if text:
                        file = Path(folder) / f"{table}.json"
                        file.write_text(text, encoding="utf-8")
                        self._load(table, file)
                self.connection.commit()
            except BaseException:
                self.connection.rollback()
                raise

    def _load(self, table: str, file: Path) -> None:
        columns = ", ".join(f"'{name}': '{kind}'" for name, kind in TABLES[table].items())
        self.connection.execute(
            f'INSERT INTO "{table}" BY NAME SELECT * FROM read_json(?, columns = {{{columns}}}, '  # noqa: S608  # names are ours
            "format = 'newline_delimited', maximum_object_size = 134217728)",
            [str(file)],
        )

    def finish(self) -> None:
        """Write the Parquet file, where that was asked for, and remove the working file."""
        if not self._is_parquet:
            self.connection.execute("CHECKPOINT")
            return
        new = self.path.with_name(self.path.name + ".new")
        self.connection.execute(
            f"COPY ({self._nested()}) TO '{_quoted(new)}' (FORMAT parquet, COMPRESSION zstd)"
        )
        new.replace(self.path)
        self.connection.close()
        self._file.unlink()
        self._file.with_name(self._file.name + ".wal").unlink(missing_ok=True)
        self.connection = duckdb.connect()
        self._create()
        self._take_back()

    def _nested(self) -> str:
        """Return the query with one row a document, its cells, statements and findings as lists in it."""
        lists = ", ".join(f"{part}.{part}" for part in PARTS)
        joins = " ".join(
            f"LEFT JOIN (SELECT document, list({{{self._fields(part)}}} ORDER BY number) AS {part} "  # noqa: S608  # names are ours
            f"FROM {part} GROUP BY document) {part} USING (document)"
            for part in PARTS
        )
        return f"SELECT documents.*, {lists} FROM documents {joins} ORDER BY file, document"  # noqa: S608  # names are ours

    @staticmethod
    def _fields(part: str) -> str:
        return ", ".join(f"'{name}': \"{name}\"" for name in TABLES[part] if name != "document")

    def _take_back(self) -> None:
        """Fill the tables from the Parquet file that an earlier run finished."""
        source = f"read_parquet('{_quoted(self.path)}')"
        names = ", ".join(f'"{name}"' for name in TABLES["documents"])
        self.connection.begin()
        self.connection.execute(f"INSERT INTO documents BY NAME SELECT {names} FROM {source}")  # noqa: S608  # names are ours
        for part in PARTS:
            self.connection.execute(
                f"INSERT INTO {part} BY NAME SELECT document, unnest({part}, max_depth := 2) FROM {source}"  # noqa: S608  # names are ours
            )
        self.connection.commit()

    def rows(self, query: str, *values: Any) -> Iterator[tuple[Any, ...]]:
        """Yield the rows of *query*, a few thousand in memory at a time."""
        cursor = self.connection.cursor().execute(query, list(values))
        while rows := cursor.fetchmany(5_000):
            yield from rows


def short_key(key: str) -> bytes:
    """Return a key as it is kept in memory, where a million of them must fit."""
    return bytes.fromhex(key)[:KEY_BYTES]


def _quoted(path: Path) -> str:
    return os.fspath(path).replace("'", "''")
