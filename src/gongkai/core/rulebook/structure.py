"""From an entry to a typed object, refusing what the type does not know."""

import types
from collections.abc import Callable, Mapping
from dataclasses import MISSING, fields, is_dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from functools import cache
from typing import Any, Literal, TypeVar, Union, get_args, get_origin, get_type_hints

from gongkai.core.refusal import Refusal
from gongkai.core.rulebook.entries import Entry, LawError
from gongkai.core.rulebook.references import Reference
from gongkai.core.rulebook.timeline import Provision, Timeline

T = TypeVar("T")
Refer = Callable[[str], Reference]

WORDS: Mapping[Any, str] = {
    str: "文字",
    int: "整数",
    bool: "true 或 false",
    date: "日期（如 2024-01-01）",
    Decimal: "数字",
}
PROVISION_KEYS = frozenset({"value", "reference", "confirmed"})


def structure(entry: Entry, kind: type[T], refer: Refer) -> T:
    """Return *entry* as an object of *kind*.

    Args:
        entry: What stands in the file.
        kind: A dataclass, an enumeration, a scalar type, or a tuple, mapping, union or timeline of
            these. A class with a ``from_law(entry)`` class method reads itself.
        refer: Turns ``"regulations-2019/33"`` into a reference.

    Raises:
        LawError: A key is unknown or missing, or a value is of another kind; with file and line.
    """
    result: T = _read(entry, kind, refer)
    return result


def _read(entry: Entry, kind: Any, refer: Refer) -> Any:  # noqa: PLR0911  # a line for each kind
    if get_origin(kind) is not None:
        return _composed(entry, kind, refer)
    if kind is Any:
        return entry.plain()
    if hasattr(kind, "from_law"):
        return kind.from_law(entry)
    if kind is Reference:
        return _reference(entry, refer)
    if isinstance(kind, type) and issubclass(kind, Enum):
        return kind(_choice(entry, tuple(member.value for member in kind)))
    if isinstance(kind, type) and is_dataclass(kind):
        return _dataclass(entry, kind, refer)
    return _scalar(entry, kind)


def _composed(entry: Entry, kind: Any, refer: Refer) -> Any:
    origin, parts = get_origin(kind), get_args(kind)
    if origin is Timeline:
        return _timeline(entry, parts[0], refer)
    if origin in (Union, types.UnionType):
        return _union(entry, parts, refer)
    if origin is tuple:
        return _tuple(entry, parts[0], refer)
    if origin is Literal:
        return _choice(entry, parts)
    if isinstance(origin, type) and issubclass(origin, Mapping):
        return _mapping(entry, *parts, refer=refer)
    raise TypeError(kind)


def _scalar(entry: Entry, kind: Any) -> Any:
    value = entry.value
    if kind is Decimal and isinstance(value, int) and not isinstance(value, bool):
        return Decimal(value)
    exact = isinstance(value, kind) and not (
        (isinstance(value, bool) and kind is not bool) or isinstance(value, datetime)
    )
    if not exact:
        raise entry.error(f"这里应当是{WORDS.get(kind, kind)}，而不是“{entry.plain()}”")
    return value


def _choice(entry: Entry, choices: tuple[Any, ...]) -> Any:
    if isinstance(entry.value, Mapping) or entry.value not in choices:
        raise entry.error(f"“{entry.plain()}”不在可选范围内（{'、'.join(map(str, choices))}）")
    return entry.value


def _reference(entry: Entry, refer: Refer) -> Reference:
    try:
        return refer(_scalar(entry, str))
    except LawError:
        raise
    except Refusal as refusal:
        raise entry.error(str(refusal).rstrip("。")) from refusal


def _union(entry: Entry, kinds: tuple[Any, ...], refer: Refer) -> Any:
    if entry.value is None and type(None) in kinds:
        return None
    problem: LawError | None = None
    for kind in kinds:
        if kind is type(None):
            continue
        try:
            return _read(entry, kind, refer)
        except LawError as error:
            problem = error
    raise problem or entry.error("这里不能为空")


def _tuple(entry: Entry, kind: Any, refer: Refer) -> tuple[Any, ...]:
    if not isinstance(entry.value, tuple):
        raise entry.error("这里应当是一个列表")
    return tuple(_read(item, kind, refer) for item in entry.value)


def _mapping(entry: Entry, key_kind: Any, value_kind: Any, *, refer: Refer) -> dict[Any, Any]:
    if not isinstance(entry.value, Mapping):
        raise entry.error("这里应当是一组“键: 值”")
    return {
        _read(Entry(key, item.file, item.line), key_kind, refer): _read(item, value_kind, refer)
        for key, item in entry.value.items()
    }


@cache
def _shape(kind: Any) -> tuple[dict[str, Any], frozenset[str]]:
    """Return the types of a dataclass's fields and the names of those that may not be missing."""
    hints = get_type_hints(kind)
    needed = frozenset(
        field.name
        for field in fields(kind)
        if field.default is MISSING and field.default_factory is MISSING
    )
    return {field.name: hints[field.name] for field in fields(kind) if field.init}, needed


def _dataclass(entry: Entry, kind: type, refer: Refer) -> Any:
    if not isinstance(entry.value, Mapping):
        raise entry.error("这里应当是一组“键: 值”")
    shape, needed = _shape(kind)
    facts: dict[str, Any] = {}
    for key, item in entry.value.items():
        # a hyphen in the file is an underscore in Python; from and to are words of Python
        name = str(key).replace("-", "_")
        name = name if name in shape else f"{name}_"
        if name not in shape:
            known = "、".join(sorted(known.rstrip("_").replace("_", "-") for known in shape))
            raise item.error(f"不认识“{key}”（可用：{known}）")
        facts[name] = _read(item, shape[name], refer)
    if missing := needed - facts.keys():
        raise entry.error(f"缺少{'、'.join(sorted(name.rstrip('_') for name in missing))}")
    try:
        return kind(**facts)
    except ValueError as error:
        raise entry.error(str(error)) from error


def _timeline(entry: Entry, kind: Any, refer: Refer) -> Timeline[Any]:
    if not isinstance(entry.value, Mapping) or not entry.value:
        raise entry.error("这里应当按施行日期列出规定")
    provisions: list[Provision[Any]] = []
    ends: list[date] = []
    for since, item in sorted(entry.value.items(), key=lambda pair: str(pair[0])):
        if not isinstance(since, date):
            raise item.error(f"“{since}”不是施行日期（如 2019-05-15）")
        if item.value is None:
            ends.append(since)
        else:
            provisions.append(_provision(item, since, kind, refer))
    if not provisions or (ends and ends[0] <= provisions[0].since):
        raise entry.error("规定还没有开始就结束了")
    return Timeline(tuple(provisions), tuple(ends))


def _provision(entry: Entry, since: date, kind: Any, refer: Refer) -> Provision[Any]:
    parts = entry.value
    if not isinstance(parts, Mapping):
        raise entry.error("每项规定要写成 {value: …, reference: …}")
    if unknown := parts.keys() - PROVISION_KEYS:
        raise entry.error(f"不认识“{'、'.join(map(str, unknown))}”")
    if "reference" not in parts:
        raise entry.error("有规定没有出处；请写明 reference")
    if "value" not in parts:
        raise entry.error("有出处没有规定；请写明 value")
    confirmed = _scalar(parts["confirmed"], bool) if "confirmed" in parts else True
    reference = _reference(parts["reference"], refer)
    return Provision(since, _read(parts["value"], kind, refer), reference, confirmed)
