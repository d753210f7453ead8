"""What only shows when the documents of a collection are held together: figures across years, wording across units."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from operator import eq
from typing import Any

import numpy as np

from gongkai.core.checks import Stack, Verdict, judge, judge_stack, rule, sentence, stack_places
from gongkai.core.corpus.signature import WAYS
from gongkai.core.corpus.store import Store
from gongkai.core.forms import Cell, FilledForm, Form, Place, State, form

CHUNK = 5_000
"""Pairs of documents held in memory at a time."""
ROWS_A_BAND = 4
LARGEST_BAND = 500
"""Documents in one band beyond which it is a common template and tells nothing."""

PAIRS = """
    SELECT now.document, before.document, now.form, before.form
    FROM (SELECT agency, year, form, min(document) AS document FROM documents
          WHERE status = 'read' AND form IS NOT NULL AND agency IS NOT NULL AND year IS NOT NULL
          GROUP BY agency, year, form) now
    JOIN (SELECT agency, year, form, min(document) AS document FROM documents
          WHERE status = 'read' AND form IS NOT NULL AND agency IS NOT NULL AND year IS NOT NULL
          GROUP BY agency, year, form) before
    ON now.agency = before.agency AND now.year = before.year + 1
    ORDER BY now.form, before.form, now.document
"""

CELLS = """
    SELECT chosen.position, places.position,
           CASE WHEN state = 'unreadable' THEN 'inf'::DOUBLE ELSE value::DOUBLE END
    FROM cells JOIN chosen USING (document) JOIN places USING (table_key, row_key, column_key)
    WHERE state <> 'blank'
"""

ALIKE = f"""
    WITH banded AS (
        SELECT document, band, list_slice(signature, band * {ROWS_A_BAND} + 1, (band + 1) * {ROWS_A_BAND}) AS rows
        FROM documents, range({WAYS // ROWS_A_BAND}) bands (band) WHERE signature IS NOT NULL
    ), groups AS (
        SELECT min(document) AS first, list(document) AS members FROM banded
        GROUP BY band, rows HAVING count(*) BETWEEN 2 AND {LARGEST_BAND}
    ), candidates AS (
        SELECT DISTINCT first AS one, unnest(members) AS other FROM groups
    )
    SELECT one.document, other.document,
           one.signature, other.signature, one.agency, other.agency, one.year, other.year, one.title, other.title
    FROM candidates JOIN documents one ON one.document = candidates.one
    JOIN documents other ON other.document = candidates.other
    WHERE one.document <> other.document
    ORDER BY one.document, other.document
"""  # noqa: S608  # numbers of ours


@dataclass(frozen=True, slots=True)
class Across:
    """What was held together.

    Attributes:
        pairs: Reports whose report of the year before is in the collection too.
        broken: Figures that do not carry over.
        alike: Pairs of reports worded alike.
    """

    pairs: int
    broken: int
    alike: int


def hold_together(store: Store) -> Across:
    """Compare every report with the same unit's of the year before, and wordings with each other.

    The findings replace those of an earlier comparison; they name the other document.
    """
    store.connection.execute("DELETE FROM findings WHERE other IS NOT NULL")
    pairs = list(store.rows(PAIRS))
    broken = alike = 0
    for chunk in _chunks(pairs):
        lines = [_line(**finding) for finding in _carried(store, chunk)]
        store.insert({"findings": "".join(lines)})
        broken += len(lines)
    lines = [_line(**finding) for finding in _alike(store)]
    store.insert({"findings": "".join(lines)})
    alike = len(lines)
    return Across(len(pairs), broken, alike)


def _chunks(pairs: list[tuple[Any, ...]]) -> Iterator[list[tuple[Any, ...]]]:
    """Yield pairs of the same two forms, so many at a time as fit in memory."""
    start = 0
    for end in range(1, len(pairs) + 1):
        last = end == len(pairs)
        if last or pairs[end][2:] != pairs[start][2:] or end - start == CHUNK:
            yield pairs[start:end]
            start = end


def _carried(store: Store, pairs: list[tuple[Any, ...]]) -> Iterator[dict[str, Any]]:
    now_form, before_form = form(pairs[0][2]), form(pairs[0][3])
    now = _stack(store, now_form, [pair[0] for pair in pairs])
    before = _stack(store, before_form, [pair[1] for pair in pairs])
    judged, verdicts = judge_stack(now, before)
    across = [line.relation.crosses_years for line in judged]
    for index in np.flatnonzero((verdicts[across] == Verdict.BROKEN).any(axis=0)):
        one, other = pairs[index][:2]
        filled = _filled(now_form, now, int(index))
        for judgement in judge(filled, _filled(before_form, before, int(index))):
            line = judgement.line
            if line.relation.crosses_years and judgement.verdict is Verdict.BROKEN:
                yield {
                    "document": one,
                    "identifier": line.relation.id,
                    "message": sentence(judgement, filled),
                    "left": judgement.left_text,
                    "right": judgement.right_text,
                    "other": other,
                }


def _stack(store: Store, which: Form, documents: Sequence[str]) -> Stack:
    places = stack_places(which)
    connection = store.connection
    connection.execute("CREATE OR REPLACE TEMP TABLE chosen (document VARCHAR, position INTEGER)")
    connection.execute(
        "CREATE OR REPLACE TEMP TABLE places (table_key VARCHAR, row_key VARCHAR, column_key VARCHAR, position INTEGER)"
    )
    connection.execute(
        "INSERT INTO chosen SELECT unnest(?::VARCHAR[]), unnest(range(len(?::VARCHAR[])))",
        [list(documents), list(documents)],
    )
    connection.executemany(
        "INSERT INTO places VALUES (?, ?, ?, ?)", [(*p, i) for i, p in enumerate(places)]
    )
    columns = connection.execute(CELLS).fetchnumpy()
    document, place, value = (np.ma.filled(column) for column in columns.values())
    values = np.full((len(places), len(documents)), np.nan)
    values[place, document] = value
    return Stack(which, values)


def _filled(which: Form, stack: Stack, index: int) -> FilledForm:
    cells: dict[Place, Cell] = {}
    for place, value in zip(stack_places(which), stack.values[:, index], strict=True):
        if np.isinf(value):
            cells[place] = Cell(State.UNREADABLE)
        elif not np.isnan(value):
            cells[place] = _cell(float(value))
    return FilledForm(which, cells)


def _cell(value: float) -> Cell:
    number = Decimal(repr(value)) if value % 1 else Decimal(int(value))
    return Cell(State.VALUE if number else State.ZERO, number, str(number))


def _alike(store: Store) -> Iterator[dict[str, Any]]:
    for one, other, one_signature, other_signature, *who in store.rows(ALIKE):
        share = sum(map(eq, one_signature, other_signature)) / WAYS
        one_agency, other_agency, one_year, other_year, one_title, other_title = who
        same_unit = one_agency is not None and one_agency == other_agency
        which = rule("wording.last-year" if same_unit else "wording.other-unit")
        if share < which.parameters["share"] or (same_unit and one_year == other_year):
            continue
        # the later report is the one that repeats
        mine, theirs, title = (one, other, other_title)
        if (one_year or 0) < (other_year or 0):
            mine, theirs, title = (other, one, one_title)
        yield {
            "document": mine,
            "identifier": which.id,
            "message": f"去掉数字和固定文字后，估计约 {share:.0%} 的文字与“{title or theirs}”相同",
            "left": f"{share:.0%}",
            "right": f"{float(which.parameters['share']):.0%}",
            "other": theirs,
        }


def _line(  # noqa: PLR0913  # the columns of a row
    *, document: str, identifier: str, message: str, left: str, right: str, other: str
) -> str:
    row = {
        "document": document,
        "rule": identifier,
        "level": rule(identifier).level,
        "message": message,
        "left_side": left,
        "right_side": right,
        "other": other,
    }
    return json.dumps(row, ensure_ascii=False) + "\n"
