"""The rules of screening as data: what is looked for, how serious it is, and on what ground."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cache
from types import MappingProxyType
from typing import Any, Literal, TypeVar

from gongkai.core.refusal import Refusal
from gongkai.core.rulebook import Reference, national
from gongkai.core.rulebook.entries import read
from gongkai.core.rulebook.structure import structure
from gongkai.law import LAW

SCREENING = LAW / "screening"

Severity = Literal["block", "ask", "note"]
F = TypeVar("F", bound=Callable[..., object])


class UnknownScreeningRule(Refusal):
    """没有“{key}”这条预检规则。"""


class Treatment(StrEnum):
    """What a person may do about a hit."""

    MASK = "mask"
    REMOVE = "remove"
    REPLACE = "replace"
    KEEP = "keep"

    @property
    def label(self) -> str:
        """What the button says."""
        return {"mask": "遮盖", "remove": "删除", "replace": "改正", "keep": "说明理由后保留"}[self]


@dataclass(frozen=True, slots=True)
class Entry:
    """A rule as its file writes it; see ``law/screening/schema.json``.

    Attributes:
        title: What was found, as a heading.
        severity: ``block`` must be dealt with before publication, ``ask`` needs a decision, ``note`` is
            worth a look.
        reason: Why it matters, and what to do.
        treatments: What may be done.
        source: The article it follows from, where one does.
        parameters: Patterns and limits that the rule works with.
    """

    title: str
    severity: Severity
    reason: str
    treatments: tuple[Treatment, ...]
    source: Reference | None = None
    parameters: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Group:
    """A file of rules, with the words that they share."""

    title: str
    rules: Mapping[str, Entry]
    vocabulary: Mapping[str, str] = field(default_factory=dict)
    words: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    unless: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ScreeningRule:
    """A rule with its id, such as ``personal.mobile``.

    Attributes:
        group: The group in words, such as 个人信息.
    """

    id: str
    title: str
    severity: Severity
    reason: str
    group: str
    treatments: tuple[Treatment, ...]
    source: Reference | None = None
    parameters: Mapping[str, Any] = field(default_factory=dict)

    @property
    def keep(self) -> tuple[int, int]:
        """How many characters at the beginning and the end a mask leaves."""
        first, last = self.parameters.get("keep", (0, 0))
        return first, last

    def patterns(self, name: str = "patterns") -> tuple[re.Pattern[str], ...]:
        """Return the patterns under the parameter *name*, one or a list, compiled."""
        return _patterns(self.id, name)

    def pattern(self, name: str) -> re.Pattern[str]:
        """Return the only pattern under the parameter *name*."""
        (only,) = self.patterns(name)
        return only


@cache
def groups() -> Mapping[str, Group]:
    """Return the files of ``law/screening`` by name."""
    return MappingProxyType(
        {
            path.stem: structure(read(path), Group, national().reference)
            for path in sorted(SCREENING.glob("*.yaml"))
        }
    )


@cache
def rules() -> Mapping[str, ScreeningRule]:
    """Return all rules by id."""
    return MappingProxyType({found.id: found for found in _written()})


def rule(identifier: str) -> ScreeningRule:
    """Return the rule *identifier*.

    Raises:
        UnknownScreeningRule: There is none of that name.
    """
    try:
        return rules()[identifier]
    except KeyError:
        raise UnknownScreeningRule(key=identifier) from None


ENFORCED: dict[str, str] = {}
"""Ids of rules by the function that finds what they are about; filled by :func:`enforces`."""


def enforces(*identifiers: str) -> Callable[[F], F]:
    """Mark a function as the one that finds what these rules are about.

    A rule that no function enforces, and a function for a rule that is not there, fail a test.
    """

    def mark(function: F) -> F:
        place = f"{function.__module__}.{function.__qualname__}"
        ENFORCED.update(dict.fromkeys(identifiers, place))
        return function

    return mark


@cache
def vocabulary(name: str) -> str:
    """Return an alternation of words that rules on personal data share, such as ``code``."""
    return groups()["personal"].vocabulary[name]


@cache
def name_pattern() -> str:
    """Return the pattern of a person's name: a surname and one or two characters."""
    single, compound = vocabulary("surnames"), vocabulary("compound")
    return rf"(?:(?:{compound})[\u4e00-\u9fff]{{1,2}}|[{single}][\u4e00-\u9fff]{{1,2}})"


@cache
def person_pattern() -> str:
    """Return the pattern of a name where the words around it say that it is one.

    After 申请人： and before ，男 any two to four characters are a name; elsewhere it has to begin with a surname.
    """
    name, before = name_pattern(), vocabulary("person")
    begins = r"(?:(?<![\u4e00-\u9fff])|(?<=村民|居民|职工|学生|患者|老人|业主|员工|公民|户主|孤老))"
    return (
        rf"(?:(?:{before})(?:姓名)?[ \t]?[:,为是(][ \t]?[\u4e00-\u9fff·]{{2,4}}(?![\u4e00-\u9fff*×])"
        rf"|(?:{before})[ \t]?{name}(?:(?![\u4e00-\u9fff*×]|公司)|(?=的(?:户籍|家庭|住|现住|居住)))"
        rf"|{begins}[\u4e00-\u9fff·]{{2,4}}(?=[,、(\t ]{{1,2}}(?:男|女)(?![\u4e00-\u9fff]))"
        rf"|{begins}{name}(?=\(|患|确诊|被诊断|[, ]{{0,2}}(?:身份证|公民身份|现住|现居|家住|户籍|住)|(?:同志|先生|女士)(?:现|家)?住)"
        rf"|(?m:^(?:\d{{1,4}}[.、\t ]{{1,2}})?{name}(?=[\t|]| {{1,4}}\S)))"
    )


@cache
def _patterns(identifier: str, name: str) -> tuple[re.Pattern[str], ...]:
    written = rule(identifier).parameters[name]
    texts = written if isinstance(written, list | tuple) else (written,)
    return tuple(
        re.compile(
            str(text)
            .replace("{name}", name_pattern())
            .replace("{person}", person_pattern() if "{person}" in str(text) else "")
        )
        for text in texts
    )


def _written() -> Iterator[ScreeningRule]:
    for stem, group in groups().items():
        for key, item in group.rules.items():
            yield ScreeningRule(
                f"{stem}.{key}",
                item.title,
                item.severity,
                item.reason.strip(),
                group.title,
                item.treatments,
                item.source,
                MappingProxyType(dict(item.parameters)),
            )
