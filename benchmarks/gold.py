"""Scoring readings against figures that people read by hand.

A gold file stands beside its document: ``gold`` nests the document's own labels down to figures, ``null`` is a blank
cell, text such as ``135(或1357，切分不唯一)`` says that nobody can tell, ``755多条`` is approximate.

``known_inconsistencies`` are sentences, read by :func:`kind_of` alone and never by what was found:

* ``negative``: says 负例, 应通过, 无矛盾 and the like. Nothing is expected; an error there is a false one.
* ``note``: begins with 跨年 and so needs the file of another year, or has no mark of a contradiction
  (:data:`MARKS`), or no figure to know it by: how a page was printed, what its columns are called, when it was
  published. Listed, not scored.
* ``scope``: begins with 口径. A warning is expected; an error there is a false one.
* ``contradiction``: everything else. Any error or warning that has its figures finds it.
"""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import Any, Self

from gongkai.core.checks import check
from gongkai.core.extraction.reader import read
from gongkai.core.extraction.reading import Finding, ReadCell, Reading
from gongkai.core.extraction.tables.labels import canonical, labels_of, row_labels
from gongkai.core.extraction.tables.result import LOCAL
from gongkai.core.extraction.tables.statistics import Rows
from gongkai.core.forms import Form, Place, State

NUMBER = re.compile(r"-?\d+(?:\.\d+)?")
UNDECIDED = re.compile(r"或|不唯一")
NO_ERROR = re.compile(r"负例|应通过|判为通过|无矛盾|一致\(")
OTHER_YEAR = re.compile(r"^跨年")
SCOPE = re.compile(r"^口径")
MARKS = re.compile(r"≠|矛盾|不符|不等|不一致|之和|相加|误填|仍用|自称.*实际")
CHINESE = "一二三四五六七八九十"
COUNTED = re.compile(rf"([{CHINESE}])(?=个?(?:部分|方面))")
PREFIX = re.compile(r"^(?:表|统计表)")


@dataclass
class Score:
    """How much of what is right was found, and how much of what was found is right."""

    expected: int = 0
    found: int = 0
    wrong: list[str] = field(default_factory=list)
    missed: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    extra: int = 0

    def __iadd__(self, other: "Score") -> Self:
        """Add the counts of another score."""
        self.expected += other.expected
        self.found += other.found
        self.wrong += other.wrong
        self.missed += other.missed
        self.notes += other.notes
        self.extra += other.extra
        return self

    @property
    def precision(self) -> float:
        """Share of what was stated that is right."""
        stated = self.found + len(self.wrong)
        return self.found / stated if stated else 1.0

    @property
    def recall(self) -> float:
        """Share of what is right that was stated."""
        return self.found / self.expected if self.expected else 1.0


@dataclass
class Scores:
    """The scores of one document."""

    name: str
    cells: Score
    figures: Score
    contradictions: Score


def score(sidecar: Path) -> Scores:
    """Read the document beside *sidecar* and compare."""
    gold = json.loads(sidecar.read_text(encoding="utf-8"))
    reading = read(sidecar.parent / gold["file"])
    reading = reading.with_findings(check(reading))
    return Scores(
        sidecar.stem,
        cells(reading, gold["gold"]),
        figures(reading, gold["gold"]),
        contradictions(reading, gold.get("known_inconsistencies", [])),
    )


def cells(reading: Reading, gold: dict[str, Any]) -> Score:
    """Compare every cell that the gold names; others that were read are only counted."""
    result = Score()
    read_cells = {c.place: c for c in reading.cells}
    named: set[Place] = set()
    for name, place, value, unit in _gold_cells(reading.form, gold):
        own = read_cells.get(place) if place else None
        if place:
            named.add(place)
        _compare(result, name, own, value, unit)
    stated = {State.VALUE, State.ZERO}
    result.extra = sum(c.cell.state in stated for p, c in read_cells.items() if p not in named)
    return result


def _compare(result: Score, name: str, own: ReadCell | None, value: Any, unit: str | None) -> None:
    state = own.cell.state if own else State.BLANK
    said = own.cell.value if own else None
    shown = (
        f"{name}: {'' if said is None else said}{'' if own is None else own.cell.state} ≠ {value}"
    )
    if isinstance(value, str) and UNDECIDED.search(value):
        if said is not None:
            result.wrong.append(shown)
        return
    result.expected += 1
    if value is None or value in {"-", "—", "/"}:
        right = state is State.BLANK
    else:
        right = said is not None and said == Decimal(str(value))
        if right and unit and own and own.cell.unit != unit:
            right = False
    if right:
        result.found += 1
    elif state is State.UNREADABLE or own is None or (state is State.BLANK and value is not None):
        result.missed.append(shown)
    else:
        result.wrong.append(shown)


def _gold_cells(
    form: Form | None, gold: dict[str, Any]
) -> Iterator[tuple[str, Place | None, Any, str | None]]:
    for title, rows in gold.items():
        if not PREFIX.match(title):
            continue
        statistics = title.startswith("统计表")
        known = Rows(form) if statistics and form and form.key == "stat65-2014" else None
        for label, values in rows.items():
            if statistics:
                row = known.place(known.labels.find(label), None) if known else None
                key = row.key if row else LOCAL + canonical(label)
                listed = values if isinstance(values, list) else [values]
                for column, value in zip(("value", "cumulative"), listed, strict=False):
                    yield f"{label}/{column}", Place("stat65", key, column), value, None
            else:
                unit = values.get("单位")
                for column, value in values.items():
                    if column != "单位":
                        place = _place(form, label, column)
                        money = unit if "金额" in column else None
                        yield f"{label}/{column}", place, value, money


def _place(form: Form | None, label: str, column: str) -> Place | None:
    """Return the place that a nested label of the gold means, or ``None`` where the form has none."""
    if form is None:
        return None
    last = (
        label.rsplit(".", 1)[-1]
        if not re.search(r"\d\.[^.]*$", label)
        else label.rsplit(".", 2)[-1]
    )
    for table in form.tables:
        key = row_labels(form, table.key).find(last)
        sections = [table.section_of[key]] if key else list(table.sections)
        for section in sections:
            name = labels_of(section.columns).find(column)
            if name and key:
                return Place(table.key, key, name)
            if name and table.key == "proactive" and "第二十条" in label:
                title = canonical(section.title or "")
                if title == canonical(label.split(".", 1)[0]):
                    return Place(table.key, LOCAL + canonical(last), name)
    return None


def figures(reading: Reading, gold: dict[str, Any]) -> Score:
    """Compare the figures of the narrative: each must be among the statements, with its value.

    Wrong are statements whose subject is one of the gold's and whose value is not.
    """
    result = Score()
    left = list(reading.statements)
    wanted = [item for title, part in gold.items() if title == "正文" for item in _leaves(part, ())]
    for path, value in wanted:
        if value is None:
            continue
        match = NUMBER.search(str(value))
        if match is None:
            continue
        text = str(value)
        number = Decimal(match.group()) * (10_000 if "万" in text else 1)
        rough = bool(re.search(r"[多余约近]", text))
        result.expected += 1
        fit = [
            s
            for s in left
            if s.value == number and s.approximate == rough and ("%" in text) == (s.unit == "%")
        ]
        if fit:
            left.remove(max(fit, key=lambda s: _alike(path, s.subject)))
            result.found += 1
        else:
            result.missed.append(f"{'/'.join(path)}: {value}")
    names = {canonical(path[-1]): value for path, value in wanted if path}
    for said in left:
        subject = canonical(said.subject)
        if subject in names and not said.change and str(said.value) not in str(names[subject]):
            result.wrong.append(f"{said.subject}: {said.value} ≠ {names[subject]}")
    result.extra = len(left)
    return result


def _alike(path: tuple[str, ...], subject: str) -> int:
    return len(set(canonical("".join(path))) & set(canonical(subject)))


def _leaves(part: Any, path: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], Any]]:
    if isinstance(part, dict):
        for key, value in part.items():
            yield from _leaves(value, (*path, key))
    elif isinstance(part, list):
        for value in part:
            yield from _leaves(value, path)
    elif not (isinstance(part, str) and (path[-1] in {"单位", "统计期限"})):
        yield path, part


def kind_of(sentence: str) -> str:
    """Say what a sentence of ``known_inconsistencies`` is: see the head of this file."""
    if NO_ERROR.search(sentence):
        return "negative"
    if OTHER_YEAR.search(sentence) or not MARKS.search(sentence) or not _figures(sentence):
        return "note"
    return "scope" if SCOPE.search(sentence) else "contradiction"


def contradictions(reading: Reading, known: list[str]) -> Score:
    """Compare findings with known contradictions: one is found where a finding has two of its figures.

    A sentence with one figure alone is found by that figure and three letters in a row. Wrong are findings
    of level error that find no contradiction.
    """
    result = Score()
    findings = [f for f in reading.findings if f.level in {"error", "warning"}]
    used: set[int] = set()
    for sentence in known:
        kind = kind_of(sentence)
        if kind in {"note", "negative"}:
            result.notes.append(f"{kind}: {sentence}")
            continue
        hits = {i for i, f in enumerate(findings) if _finds(f, sentence)}
        if kind == "scope":
            hits = {i for i in hits if findings[i].level == "warning"}
        result.expected += 1
        if hits:
            result.found += 1
            used |= hits
        else:
            result.missed.append(sentence)
    result.wrong = [
        f.message for i, f in enumerate(findings) if f.level == "error" and i not in used
    ]
    return result


def _finds(finding: Finding, sentence: str) -> bool:
    text = f"{finding.message} {finding.left or ''} {finding.right or ''}"
    wanted = _figures(sentence)
    shared = _figures(text) & wanted
    if len(wanted) > 1:
        return len(shared) > 1
    return bool(shared) and any(
        sentence[i : i + 3] in text
        for i in range(len(sentence) - 2)
        if re.fullmatch(r"[\u4e00-\u9fff]{3}", sentence[i : i + 3])
    )


def _figures(text: str) -> set[str]:
    spelled = {str(CHINESE.index(found) + 1) for found in COUNTED.findall(text)}
    return spelled | set(NUMBER.findall(text.replace(",", "")))
