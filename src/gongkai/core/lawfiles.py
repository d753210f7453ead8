"""Which kind of entry stands in which law file, and its JSON Schema for editors.

``python -m gongkai.core.lawfiles`` writes ``law/schema/*.json`` anew from the types that read the
files, so that an editor refuses what the reader would refuse.
"""

import json
import types
from collections.abc import Mapping
from dataclasses import MISSING, fields, is_dataclass
from datetime import date
from decimal import Decimal
from enum import Enum
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

from gongkai.core import codes, fees, lifecycle
from gongkai.core.casefile.retention import Retention
from gongkai.core.deadlines import Channel, Limit
from gongkai.core.deadlines.limits import Convention
from gongkai.core.directories import (
    Criterion,
    DirectoryChannel,
    Field,
    Focus,
    Heading,
    Marks,
    Phrase,
    Preset,
)
from gongkai.core.inspection.checks import Check
from gongkai.core.letters.layout import Layout
from gongkai.core.letters.remedies import RemedyText
from gongkai.core.letters.slots import Slot
from gongkai.core.letters.template import Element, Stage, Template
from gongkai.core.lifecycle.worked import WorkedCase
from gongkai.core.reminders import Reminder
from gongkai.core.rulebook import Reference, Statute, Timeline
from gongkai.core.workdays import Announcement
from gongkai.core.workdays.announced import Days
from gongkai.law import LAW

SECTIONS: Mapping[str, type] = {
    "statutes": Statute,
    "holidays": Announcement,
    "deadlines": Limit,
    "clock": Convention,
    "fees/charges": fees.ChargeRule,
    "fees/tariffs": fees.Tariff,
    "cases": WorkedCase,
    "codes/applicants": codes.ApplicantKind,
    "codes/categories": codes.Category,
    "codes/channels": Channel,
    "codes/eras": codes.EraRow,
    "codes/exemptions": codes.Exemption,
    "codes/grounds": codes.Ground,
    "codes/marks": codes.MarkLabel,
    "codes/remedy-counting": codes.RemedyCounting,
    "codes/remedy-outcomes": codes.RemedyOutcome,
    "codes/review-bodies": codes.ReviewBody,
    "codes/genres": codes.Genre,
    "codes/importance": codes.Importance,
    "codes/outlets": codes.Outlet,
    "codes/publicity": codes.Publicity,
    "codes/topics": codes.Topic,
    "codes/unanswered": codes.Ground,
    "codes/validity": codes.Validity,
    "directories/channels": DirectoryChannel,
    "directories/columns": Preset,
    "directories/fields": Field,
    "directories/focus": Focus,
    "directories/headings": Heading,
    "directories/inspection": Criterion,
    "directories/marks": Marks,
    "directories/phrases": Phrase,
    "inspection/accounts": Check,
    "inspection/sites": Check,
    "letters/elements": Element,
    "letters/layouts": Layout,
    "letters/remedies": RemedyText,
    "letters/retention": Retention,
    "letters/slots": Slot,
    "letters/stages": Stage,
    "letters/templates": Template,
    "lifecycle/acts": lifecycle.Act,
    "lifecycle/grounds": lifecycle.Condition,
    "lifecycle/publication": lifecycle.Occasion,
    "lifecycle/states": lifecycle.State,
    "lifecycle/terms": lifecycle.Duty,
    "lifecycle/weights": lifecycle.Weight,
    "reminders": Reminder,
}
"""A folder or a file of the law data, and what its entries are."""

DAY = {"type": "string", "format": "date"}
SPAN = {"type": "string", "pattern": r"^\d{4}-\d{2}-\d{2}(/\d{4}-\d{2}-\d{2})?$"}
REFERENCE = {
    "type": "string",
    "pattern": r"^[a-z0-9]+(-[a-z0-9]+)*(/\d+(\.\d+)?(\(\d+\))?)?$",
    "description": "出处：law/statutes 里的文件名，加条、款、项，如 regulations-2019/36(7)",
}
SCALARS: Mapping[Any, dict[str, Any]] = {
    str: {"type": "string"},
    int: {"type": "integer"},
    bool: {"type": "boolean"},
    Decimal: {"type": "number"},
    date: DAY,
    Reference: REFERENCE,
    Days: {"anyOf": [SPAN, {"type": "array", "items": SPAN}]},
    Any: {},
}


def file_schema(kind: type) -> dict[str, Any]:
    """Return the schema of a file whose entries are of *kind*."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": (kind.__doc__ or kind.__name__).partition("\n")[0],
        "type": "object",
        "additionalProperties": schema(kind),
    }


def schema(kind: Any) -> dict[str, Any]:
    """Return the schema of one value of *kind*."""
    if kind in SCALARS:
        return dict(SCALARS[kind])
    return _object(kind) if get_origin(kind) is None else _composed(kind)


def _composed(kind: Any) -> dict[str, Any]:
    origin, parts = get_origin(kind), get_args(kind)
    if origin is Timeline:
        return _timeline(parts[0])
    if origin is tuple:
        return {"type": "array", "items": schema(parts[0])}
    if origin is Literal:
        return {"enum": list(parts)}
    if origin in (Union, types.UnionType):
        return {"anyOf": [{"type": "null"} if p is type(None) else schema(p) for p in parts]}
    if isinstance(origin, type) and issubclass(origin, Mapping):
        return {"type": "object", "additionalProperties": schema(parts[1])}
    raise TypeError(kind)


def _object(kind: Any) -> dict[str, Any]:
    if isinstance(kind, type) and issubclass(kind, Enum):
        return {"enum": [member.value for member in kind]}
    if not is_dataclass(kind):
        raise TypeError(kind)
    hints = get_type_hints(kind)
    known = {field.name.rstrip("_").replace("_", "-"): field for field in fields(kind)}
    return {
        "type": "object",
        "properties": {name: schema(hints[field.name]) for name, field in known.items()},
        "required": [
            name
            for name, field in known.items()
            if field.default is MISSING and field.default_factory is MISSING
        ],
        "additionalProperties": False,
    }


def _timeline(kind: Any) -> dict[str, Any]:
    provision = {
        "type": "object",
        "properties": {
            "value": schema(kind),
            "reference": REFERENCE,
            "confirmed": {"type": "boolean", "description": "没有核到原文的写 false"},
        },
        "required": ["value", "reference"],
        "additionalProperties": False,
    }
    return {
        "type": "object",
        "propertyNames": DAY,
        "additionalProperties": {"anyOf": [{"type": "null"}, provision]},
        "minProperties": 1,
        "description": "按施行日期列出；null 表示从那天起失效",
    }


def written() -> Mapping[str, str]:
    """Return the schema files by name, as they should stand in ``law/schema``."""
    return {
        f"{section.replace('/', '-')}.json": json.dumps(
            file_schema(kind), ensure_ascii=False, indent=2
        )
        + "\n"
        for section, kind in SECTIONS.items()
    }


def main() -> None:
    """Write the schema files anew."""
    folder = LAW / "schema"
    folder.mkdir(exist_ok=True)
    for name, text in written().items():
        (folder / name).write_text(text, "utf-8")


if __name__ == "__main__":
    main()
