"""YAML with its places: every entry knows the file and the line that it came from."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any, TypeAlias

import yaml

from gongkai.core.refusal import Refusal

Scalar: TypeAlias = str | int | bool | date | Decimal | None
Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
READ_AS = yaml.SafeLoader("")


class LawError(Refusal):
    """法规数据有误：{file} 第 {line} 行，{reason}。"""


@dataclass(frozen=True, slots=True)
class Entry:
    """A piece of a law file: a mapping, a list or a scalar, with its place."""

    value: Mapping[Any, "Entry"] | tuple["Entry", ...] | Scalar
    file: Path
    line: int

    def error(self, reason: str) -> LawError:
        """Return the error that names this place and *reason*."""
        return LawError(file=self.file, line=self.line, reason=reason)

    def plain(self) -> Any:
        """Return the bare data: dicts, lists and scalars."""
        if isinstance(self.value, Mapping):
            return {key: entry.plain() for key, entry in self.value.items()}
        if isinstance(self.value, tuple):
            return [entry.plain() for entry in self.value]
        return self.value

    def overlaid(self, other: "Entry") -> "Entry":
        """Return this entry with *other* laid over it: mappings merge, anything else is replaced."""
        if not isinstance(self.value, Mapping) or not isinstance(other.value, Mapping):
            return other
        merged = dict(self.value)
        for key, entry in other.value.items():
            merged[key] = merged[key].overlaid(entry) if key in merged else entry
        return Entry(merged, other.file, other.line)


def read(file: Path) -> Entry:
    """Read a law file.

    Raises:
        LawError: It is not YAML, not UTF-8, or has a key twice.
    """
    try:
        node = yaml.compose(file.read_text("utf-8"), Loader=Loader)
    except UnicodeDecodeError as error:
        raise LawError(file=file, line=1, reason="文件不是 UTF-8 编码") from error
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        reason = f"YAML 写法不对（{getattr(error, 'problem', None) or error}）"
        raise LawError(file=file, line=mark.line + 1 if mark else 1, reason=reason) from error
    return _entry(node, file) if node else Entry({}, file, 1)


def lay(entries: Iterable[Entry]) -> Entry | None:
    """Lay the *entries* over each other, the first at the bottom."""
    result: Entry | None = None
    for entry in entries:
        result = entry if result is None else result.overlaid(entry)
    return result


def _entry(node: yaml.Node, file: Path) -> Entry:
    line = node.start_mark.line + 1
    if isinstance(node, yaml.MappingNode):
        mapping: dict[Any, Entry] = {}
        for key_node, value_node in node.value:
            key = _scalar(key_node, file)
            if key in mapping:
                raise LawError(
                    file=file, line=key_node.start_mark.line + 1, reason=f"“{key}”写了两次"
                )
            mapping[key] = _entry(value_node, file)
        return Entry(mapping, file, line)
    if isinstance(node, yaml.SequenceNode):
        return Entry(tuple(_entry(item, file) for item in node.value), file, line)
    return Entry(_scalar(node, file), file, line)


def _scalar(node: yaml.Node, file: Path) -> Scalar:
    tag = node.tag.rpartition(":")[2]
    if not isinstance(node, yaml.ScalarNode):
        raise LawError(file=file, line=node.start_mark.line + 1, reason="键只能是文字、数字或日期")
    try:
        match tag:
            case "str":
                return str(node.value)
            case "float":
                return Decimal(node.value)
            case "bool" if node.value.lower() not in ("true", "false"):
                return str(node.value)  # off, no and yes are words, as YAML 1.2 has it
            case "int" | "bool" | "null" | "timestamp":
                value: Scalar = READ_AS.construct_object(node)
                return value
    except (ValueError, ArithmeticError) as error:
        reason = f"“{node.value}”不是有效的数字或日期"
        raise LawError(file=file, line=node.start_mark.line + 1, reason=reason) from error
    raise LawError(
        file=file, line=node.start_mark.line + 1, reason=f"不支持“{node.value}”的写法（{tag}）"
    )
