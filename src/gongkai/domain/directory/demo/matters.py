"""From the compact matters in ``demo/directory`` to a directory as counties publish it."""

from collections.abc import Iterator, Mapping
from itertools import count
from pathlib import Path
from typing import Any

import yaml

from gongkai.core.directories import fields
from gongkai.core.directories.writing import WrittenRow, directory_xlsx


def county_sheet(folder: Path, title: str) -> bytes:
    """Return the whole directory as the XLSX that a county would publish."""
    facts: dict[str, Any] = {}
    for file in sorted(folder.glob("*.yaml")):
        facts |= yaml.safe_load(file.read_text(encoding="utf-8"))
    rows = [row for key in fields() if key in facts for row in _rows(key, facts[key])]
    return directory_xlsx(title, rows)


def _rows(key: str, facts: Mapping[str, Any]) -> Iterator[WrittenRow]:
    numbers = count(1)
    for group in facts["rows"]:
        for second in group["second"]:
            for aspect in group.get("aspects", [None]):
                content = aspect or group.get("content") or facts["content"]
                yield _row(key, {**facts, **group}, str(next(numbers)), second, content)


def _row(key: str, facts: Mapping[str, Any], number: str, second: str, content: str) -> WrittenRow:
    chosen = facts["channels"]
    return WrittenRow(
        field=key,
        texts={
            "number": number,
            "first": facts["first"],
            "second": second,
            "content": content,
            **{name: facts[name] for name in ("basis", "deadline", "body")},
        },
        ticked=frozenset({"public", "active", *facts["levels"]}),
        channels=chosen,
        other=("办税服务厅",) if "other" in chosen else (),
    )
