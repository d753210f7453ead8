"""Reading the forms from ``law/forms``."""

from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from gongkai.core.forms.form import Column, Form, Heading, Relation, Row, Section, Table, Term
from gongkai.law import LAW

FORMS = LAW / "forms"


class FormError(ValueError):
    """表格数据有误：{0}"""


class UnknownForm(KeyError):
    """没有这种报告格式。"""


@cache
def form(key: str) -> Form:
    """Return the form *key*, such as ``format-2021``.

    Raises:
        UnknownForm: There is no form of that name.
    """
    path = FORMS / f"{key}.yaml"
    if path.parent != FORMS or not path.is_file():
        raise UnknownForm(key)
    return _form(_read(path), path)


@cache
def forms() -> tuple[Form, ...]:
    """Return all forms, oldest first."""
    return tuple(
        sorted((form(path.stem) for path in FORMS.glob("*.yaml")), key=lambda f: f.years[0])
    )


def forms_of_year(year: int) -> tuple[Form, ...]:
    """Return the forms that were prescribed for the report of *year* (usually one)."""
    return tuple(
        f for f in forms() if f.years[0] <= year and (f.years[1] is None or year <= f.years[1])
    )


def form_with_tables(year: int) -> Form:
    """Return the form whose tables count *year*: that of the year, or the oldest one where it asked for words only."""
    return next(found for found in (*forms_of_year(year), *forms()) if found.tables)


def _read(path: Path) -> dict[str, Any]:
    with path.open(encoding="utf-8") as stream:
        data = yaml.load(stream, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))  # noqa: S506  # both are safe
    return dict(data)


def _form(data: Mapping[str, Any], path: Path) -> Form:
    key = data["key"]
    if key != path.stem:
        raise FormError(f"{path.name} 里的 key 是 {key}")
    return Form(
        key=key,
        title=data["title"],
        short=data["short"],
        years=tuple(data["years"]),
        reference=data["reference"],
        headings=tuple(Heading(**_tuples(item)) for item in data["headings"]),
        tables=tuple(_table(item, key) for item in data["tables"]),
    )


def _table(data: Mapping[str, Any], form_key: str) -> Table:
    if "use" in data:
        data = _read(FORMS / "tables" / f"{data['use']}.yaml")
    sections: list[Section] = []
    elsewhere: set[str] = set()
    for block in data["sections"]:
        rows = []
        for item in block["rows"]:
            mine = form_key in item.get("forms", (form_key,))
            if mine:
                rows.append(Row(**_tuples({k: v for k, v in item.items() if k != "forms"})))
            else:
                elsewhere.add(item["key"])
        sections.append(
            Section(
                columns=tuple(Column(**_tuples(item)) for item in block["columns"]),
                rows=tuple(rows),
                **_tuples({k: v for k, v in block.items() if k not in {"columns", "rows"}}),
            )
        )
    elsewhere -= {row.key for section in sections for row in section.rows}
    table = Table(
        key=data["key"],
        title=data["title"],
        layout=data["layout"],
        sections=tuple(sections),
        unit=data.get("unit"),
        note=data.get("note"),
        number_label=data.get("number_label"),
        unit_label=data.get("unit_label"),
        no_unit=data.get("no_unit"),
        relations=tuple(
            r for item in data.get("relations", ()) for r in _relations(item, elsewhere)
        ),
    )
    _refuse_unknown_terms(table)
    return table


def _relations(data: Mapping[str, Any], elsewhere: set[str]) -> Iterator[Relation]:
    """Yield the relation; ``right-each`` stands for one relation for each of its terms."""

    def terms(items: list[Any]) -> tuple[Term, ...]:
        # rows of another form's variant simply do not take part
        return tuple(term for term in map(_term, items) if term.key not in elsewhere)

    sides = [(data["id"], data["right"])] if "right" in data else []
    sides += [(f"{data['id']}.{item}", [item]) for item in data.get("right-each", ())]
    for identifier, right in sides:
        yield Relation(
            id=identifier,
            title=data["title"],
            level=data["level"],
            each=data["each"],
            left=terms(data["left"]),
            operator=data["is"],
            right=terms(right),
            reference=data["reference"],
            rows=tuple(data.get("rows", ())),
            why=data.get("why"),
        )


def _term(item: str | Mapping[str, Any]) -> Term:
    if isinstance(item, str):
        sign = -1 if item.startswith("-") else 1
        name = item.removeprefix("-")
        return Term(name.removeprefix("previous:"), sign, name.startswith("previous:"))
    term = _term(item["term"])
    return Term(term.key, term.sign, term.previous, tuple(item["unless"]))


def _refuse_unknown_terms(table: Table) -> None:
    columns = {column.key for section in table.sections for column in section.columns}
    for relation in table.relations:
        known = table.rows if relation.each == "column" else columns
        for term in relation.left + relation.right:
            if term.key not in known:
                raise FormError(f"关系 {relation.id} 提到的 {term.key} 不在表 {table.key} 中")


def _tuples(item: Mapping[str, Any]) -> dict[str, Any]:
    return {k: tuple(v) if isinstance(v, list) else v for k, v in item.items()}
