"""PDF through typst: tagged, outlined, with its own Chinese typefaces and a text layer that copies exactly.

Nothing of the system is used. What people wrote travels as JSON and is shown as strings, so that no mark in it is
ever read as typst. The same report gives the same bytes.
"""

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, date, datetime, time
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from types import ModuleType
from typing import TYPE_CHECKING, Any

from gongkai.core.days import in_chinese
from gongkai.core.refusal import Refusal
from gongkai.core.rendering.glyphs import FONTS, refuse_missing
from gongkai.core.rendering.layout import (
    SPACIOUS,
    Part,
    PrintedCell,
    PrintedTable,
    page_layout,
    parts,
)
from gongkai.core.rendering.report import IssuedReport, ranked

if TYPE_CHECKING:
    import typst

TEMPLATE = Path(__file__).parent / "typesetting" / "report.typ"
STANDARD = "ua-1"
"""PDF/UA-1: the typesetter refuses what a screen reader could not follow."""


class TypesetterMissing(Refusal):
    """没有安装 PDF 排印组件。请运行 pip install "gongkai[pdf]" 后重试。"""


def pdf_file(report: IssuedReport) -> bytes:
    """Return *report* as a PDF file.

    Raises:
        MissingGlyphs: A character would print as an empty box.
        FontsNotBuilt: The package was not built completely.
        TypesetterMissing: The ``pdf`` extra is not installed.
    """
    refuse_missing(report)
    made: bytes = _typesetter().compile(
        _template(),
        sys_inputs={"report": json.dumps(_content(report))},
        font_paths=_faces(),
        pdf_standards=STANDARD,
        timestamp=_timestamp(report),
    )
    return made


def compiled(
    template: str,
    content: dict[str, Any],
    *,
    day: date,
    parts: tuple[str, ...] = (),
    files: Mapping[str, bytes] | None = None,
) -> bytes:
    """Return a PDF file.

    Args:
        template: Name of the template that sets it.
        content: What the template is given, JSON.
        parts: Names of what the template builds on.
        day: When the file says it was made; never the clock's.
        files: Pictures that the template shows, by name.

    Raises:
        TypesetterMissing: The ``pdf`` extra is not installed.
    """
    with _folder(files or {}) as folder:
        made: bytes = _typesetter().compile(
            _source(template, parts),
            root=folder,
            sys_inputs={"content": json.dumps(content)},
            font_paths=_faces(),
            pdf_standards=STANDARD,
            timestamp=datetime.combine(day, time(), UTC),
        )
    return made


def typeset(
    template: str, files: Mapping[str, bytes], *, day: date, parts: tuple[str, ...] = ()
) -> bytes:
    """Return a PDF file that makes no claim to be accessible, for working on.

    Args:
        template: Name of the template that sets it.
        files: What the template reads and shows, by name.
        parts: Names of what the template builds on.
        day: When the file says it was made; never the clock's.

    Raises:
        TypesetterMissing: The ``pdf`` extra is not installed.
    """
    with _folder(files) as folder:
        made: bytes = _typesetter().compile(
            _source(template, parts),
            root=folder,
            sys_inputs={"content": "{}"},
            font_paths=_faces(),
            timestamp=datetime.combine(day, time(), UTC),
        )
    return made


def queried(
    template: str,
    content: dict[str, Any],
    label: str,
    *,
    parts: tuple[str, ...] = (),
    files: Mapping[str, bytes] | None = None,
) -> list[dict[str, Any]]:
    """Return what the template notes under *label* while it is set, such as the pages of headings."""
    with _folder(files or {}) as folder:
        found = _typesetter().query(
            _source(template, parts),
            label,
            field="value",
            root=folder,
            sys_inputs={"content": json.dumps(content)},
            font_paths=_faces(),
        )
    return list(json.loads(found))


@contextmanager
def _folder(files: Mapping[str, bytes]) -> Iterator[str]:
    """Yield a folder with *files* and nothing else, which is all that the typesetter may read."""
    with TemporaryDirectory(prefix="gongkai-") as folder:
        for name, data in files.items():
            (Path(folder) / name).write_bytes(data)
        yield folder


@cache
def _source(template: str, parts: tuple[str, ...]) -> bytes:
    names = (*parts, template)
    return b"\n".join((TEMPLATE.parent / f"{name}.typ").read_bytes() for name in names)


def _typesetter() -> ModuleType:
    try:
        import typst  # noqa: PLC0415  # an extra
    except ImportError:
        raise TypesetterMissing from None
    return typst


@cache
def _faces() -> "typst.Fonts":
    """Return the shipped faces and no others."""
    faces: typst.Fonts = _typesetter().Fonts(include_system_fonts=False, font_paths=[str(FONTS)])
    return faces


@cache
def _template() -> bytes:
    return TEMPLATE.read_bytes()


def _timestamp(report: IssuedReport) -> datetime:
    """Return the moment the file says it was made: the day of publication, never the clock's."""
    if report.published:
        return datetime.combine(report.published, time(), UTC)
    return datetime(report.year + 1, 1, 1, tzinfo=UTC)


def _content(report: IssuedReport) -> dict[str, Any]:
    printed = parts(report)
    day = report.published
    return {
        "title": report.title,
        "title-lines": list(report.title_lines),
        "agency": report.agency,
        "keywords": ["政府信息公开", "年度报告", str(report.year)],
        "published": {"year": day.year, "month": day.month, "day": day.day} if day else None,
        "day": in_chinese(day) if day else None,
        "corrections": [
            {"label": f"更正（{in_chinese(note.day)}）", "text": note.text}
            for note in report.corrections
        ],
        "parts": [_part(part) for part in printed if not part.appendix],
        "appendices": [_part(part) for part in printed if part.appendix],
        "contact": list(report.contact),
        "law": report.law,
        "layout": _layout(),
    }


def _layout() -> dict[str, Any]:
    """Return the measures of the page by their names in the template."""
    layout = page_layout()
    names = ("width", "height", "top", "bottom", "left", "right")
    return {
        "page": {name: float(getattr(layout.page, name)) for name in names},
        "pitch": float(layout.pitch),
        "body": float(layout.body),
        "title-size": float(layout.title_size),
        "small": float(layout.small),
        "indent": layout.indent,
        "foot": float(layout.foot),
    }


def _part(part: Part) -> dict[str, Any]:
    return {
        "heading": part.chapter.heading,
        "blocks": [
            {"text": block.text, "level": rank} for block, rank in ranked(part.chapter.blocks)
        ],
        "tables": [_table(table) for table in part.tables],
    }


def _table(table: PrintedTable) -> dict[str, Any]:
    return {
        "widths": list(table.widths),
        "points": table.points,
        "inset": 0.9 if table.points < SPACIOUS else 1.3 if table.together else 0.8,
        "head-lines": table.head_lines,
        "together": table.together,
        "cells": [_cell(cell) for cell in table.cells],
    }


def _cell(cell: PrintedCell) -> dict[str, Any]:
    return {
        "text": cell.text,
        "role": str(cell.role),
        "line": cell.line,
        "column": cell.column,
        "lines": cell.lines,
        "columns": cell.columns,
        "indent": cell.indent,
    }
