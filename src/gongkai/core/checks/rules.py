"""The rules of checking as data: what is wrong, how serious it is, and why anyone should care."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from types import MappingProxyType
from typing import Any, TypeVar

from gongkai.core.extraction.document import Span
from gongkai.core.extraction.reading import Finding, Level
from gongkai.core.forms import Relation, forms
from gongkai.core.rulebook.entries import lay, read
from gongkai.core.rulebook.references import Reference
from gongkai.core.rulebook.structure import structure
from gongkai.law import LAW

CHECKS = LAW / "checks"

F = TypeVar("F", bound=Callable[..., object])


class UnknownRule(KeyError):
    """没有这条检查规则。"""


@dataclass(frozen=True, slots=True)
class Entry:
    """A rule as its file writes it; see ``law/checks/schema.json``.

    Attributes:
        title: What is wrong, as a heading.
        reason: Why it is checked, and what may explain it.
        source: The article it follows from, such as ``report-formats-2021/2``.
        parameters: Limits and words that the rule works with.
    """

    title: str
    level: Level
    reason: str
    source: str | None = None
    parameters: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Group:
    """A file of rules."""

    title: str
    rules: Mapping[str, Entry]


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule with its id, from ``law/checks`` or from a relation of a form.

    Attributes:
        group: The group in words, such as 表格.
        relation: The rule is a sum or an inequality between cells of a form.
    """

    id: str
    title: str
    level: Level
    reason: str
    group: str
    source: str | None = None
    parameters: Mapping[str, Any] = field(default_factory=dict)
    relation: bool = False

    def finding(  # noqa: PLR0913  # the fields of a finding, all by name
        self,
        message: str,
        *,
        left: str | None = None,
        right: str | None = None,
        cells: tuple[int, ...] = (),
        statements: tuple[int, ...] = (),
        at: tuple[Span, ...] = (),
    ) -> Finding:
        """Return the finding that this rule was broken, at the level the data gives it."""
        return Finding(self.id, self.level, message, left, right, cells, statements, at)


@cache
def rules() -> Mapping[str, Rule]:
    """Return all rules by id: those of ``law/checks``, then the relations of the forms."""
    return MappingProxyType({rule.id: rule for rule in (*_written(), *_relations())})


def rule(identifier: str) -> Rule:
    """Return the rule *identifier*, such as ``form.total-blank``.

    Raises:
        UnknownRule: There is none of that name.
    """
    try:
        return rules()[identifier]
    except KeyError:
        raise UnknownRule(identifier) from None


ENFORCED: dict[str, str] = {}
"""Ids of rules by the function that finds them broken; filled by :func:`enforces`."""


def enforces(*identifiers: str) -> Callable[[F], F]:
    """Mark a function as the one that finds these rules broken.

    A rule in ``law/checks`` that no function enforces, and a function that enforces a rule which
    is not there, fail a test.
    """

    def mark(function: F) -> F:
        place = f"{function.__module__}.{function.__qualname__}"
        ENFORCED.update(dict.fromkeys(identifiers, place))
        return function

    return mark


def _written() -> Iterator[Rule]:
    for path in sorted(CHECKS.glob("*.yaml")):
        entry = lay([read(path)])
        if entry is None:
            continue
        group = structure(entry, Group, _no_reference)
        for key, item in group.rules.items():
            yield Rule(
                f"{path.stem}.{key}",
                item.title,
                item.level,
                item.reason.strip(),
                group.title,
                item.source,
                MappingProxyType(dict(item.parameters)),
            )


def _relations() -> Iterator[Rule]:
    for form in forms():
        for table in form.tables:
            for relation in table.relations:
                yield Rule(
                    relation.id,
                    relation.title,
                    relation.level,
                    relation.why or _why(relation),
                    "勾稽关系",
                    relation.reference,
                    relation=True,
                )


def _why(relation: Relation) -> str:
    if relation.crosses_years:
        return "同一个数在两个年度的报告里应当接得上。"
    if relation.operator == "=":
        return "这是表格自身的勾稽关系，两边必须相等。"
    return "部分不会多于整体。"


def _no_reference(key: str) -> Reference:
    raise TypeError(key)  # rules keep their sources as keys; the reference page spells them out
