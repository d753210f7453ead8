"""From a file to a reading: one pure function for one document."""

import re
from dataclasses import replace
from pathlib import Path

from gongkai.core.extraction.document import Document
from gongkai.core.extraction.heading import heading, narrative_form
from gongkai.core.extraction.normal import normal
from gongkai.core.extraction.reading import Reading
from gongkai.core.extraction.sources import Unreadable, collect, open_document
from gongkai.core.extraction.statements import statements
from gongkai.core.extraction.tables import corroborated, read_tables

_ENDLESS = re.compile(r"[^。;!?\n]{2000,}")
"""What goes on for so long is no sentence; reading it as one would take for ever."""


def read(source: str | Path | bytes, name: str | None = None) -> Reading:
    """Return what can be read from one document.

    Args:
        source: A path, or the bytes of a file.
        name: The name under which the reading goes; by default the path as given.

    Returns:
        The reading. Where the file cannot be read at all, its ``problems`` hold one sentence in Chinese
        and nothing else is in it. No exception is raised for whatever a file contains.
    """
    if isinstance(source, bytes):
        return read_bytes(source, name or "")
    label = name or str(source)
    first = next(iter(collect([source])))
    if first.problem is not None or first.data is None:
        return Reading(file=label, text="", problems=(str(first.problem),))
    return read_bytes(first.data, label)


def read_bytes(data: bytes, name: str) -> Reading:
    """Return what can be read from the bytes of one document; see :func:`read`."""
    try:
        return read_document(open_document(data, name))
    except Unreadable as problem:
        return Reading(file=name, text="", problems=(str(problem),))
    except (MemoryError, RecursionError):
        return Reading(
            file=name,
            text="",
            problems=("文件结构过于复杂，读取时超出了内存上限；请另存一份再试。",),
        )


def read_document(document: Document) -> Reading:
    """Return what can be read from a document that is open already."""
    matched = normal(document.text)
    head = heading(document, matched)
    tables = read_tables(document, matched, head.year)
    endless = (matched.span(*found.span()) for found in _ENDLESS.finditer(matched.text))
    stated = statements(matched, skip=sorted((*tables.regions, *endless)), year=head.year)
    return Reading(
        file=document.file,
        text=document.text,
        title=head.title,
        agency=head.agency,
        year=head.year,
        form=tables.form or narrative_form(matched, head.year),
        cells=corroborated(tables.form, tables.cells, stated) if tables.form else (),
        statements=tuple(
            replace(said, page=document.page_at(said.at.start)) if document.pages else said
            for said in stated
        ),
    )
