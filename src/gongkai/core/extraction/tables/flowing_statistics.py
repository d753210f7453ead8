"""The statistical table of 2014 and its local relatives, read from running text."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import pairwise

from gongkai.core.extraction.tables import figures
from gongkai.core.extraction.tables.assigning import Assigner, pieces
from gongkai.core.extraction.tables.labels import (
    HAN,
    canonical,
    distinct_prefix,
    enumerator,
    number_pattern,
)
from gongkai.core.extraction.tables.result import LOCAL
from gongkai.core.extraction.tables.splitting import cut_row
from gongkai.core.extraction.tables.statistics import CORNERS, TABLE, Rows, value_columns
from gongkai.core.extraction.tables.stream import Anchor, Match, Token, Zone, letters_of
from gongkai.core.forms import Place, Row

OFFICIAL_ROWS = 20
"""From so many of its labels in a row on, a table is the official one."""

NUMBERED = 0.9
"""Share of rows before which their official number must stand; a table that has numbers has them all."""

LOCAL_ROWS = 4

MAX_GAP = 12
"""Letters that stand between two labels of a table at most: a unit, a row that is spelled otherwise."""

_UNIT = r"万元|人次|条|件|次|篇|个|人|元|份|期|场"
_FIGURES = rf"(?:[\s|]*(?:{figures.NUMBER}))+"
_ROW = re.compile(rf"(?P<label>[^\n]?[^|]{{2,60}}?)[\s|]*(?P<unit>{_UNIT})(?P<figures>{_FIGURES})")
_ORDINAL = re.compile(rf"(?P<ordinal>\d)[、.](?=\s*[{HAN}])")


def read(put: Assigner) -> None:
    """Read the table, the official rows by their labels, a local one by its units."""
    best: list[Match] = []
    headed = False
    for first in _beginnings(put):
        matches = put.stream.chain(_anchors(put), first, len(put.stream.letters))
        if len(matches) > len(best):
            best, headed = matches, first > 0
    if len(best) >= OFFICIAL_ROWS or (not _local(put) and headed and _is_dense(best)):
        _official(put, best)


def _is_dense(matches: Sequence[Match]) -> bool:
    """Whether labels follow each other as they do in a table, and not here and there in sentences."""
    gaps = [after.first - match.last for match, after in pairwise(matches)]
    return len(gaps) >= LOCAL_ROWS and max(gaps) <= MAX_GAP


def _beginnings(put: Assigner) -> list[int]:
    """Return where a table may begin: after each heading over its labels, or anywhere."""
    letters = put.stream.letters
    spots = [m.end() for corner in CORNERS[:4] for m in re.finditer(corner, letters)]
    return sorted(set(spots)) or [0]


def _anchors(put: Assigner) -> list[Anchor]:
    rows = put.found.form.table(TABLE).rows.values()
    names = [canonical(row.label) for row in rows]
    return [
        Anchor(
            row.key,
            name,
            distinct_prefix(name, [n for n in names if n != name], 6),
            number_pattern(enumerator(row.label)),
        )
        for row in rows
        for name in dict.fromkeys(canonical(label) for label in (row.label, *row.alias))
    ]


def _official(put: Assigner, matches: list[Match]) -> None:
    rows = put.found.form.table(TABLE).rows
    allowed = letters_of(["统计指标目数单位序号"])
    zones = put.stream.zones(matches, len(put.stream.letters), allowed)
    expected = [rows[zone.match.anchor.key].number for zone in zones[1:]]
    if len(zones) < LOCAL_ROWS:
        return
    put.cover(zones[0].match.begin, zones)
    numbered = _numbered(zones, expected)
    for zone, number in zip(zones, [*expected, _after(rows, zones, expected)], strict=True):
        row = rows[zone.match.anchor.key]
        if row.header:
            put.found.title_row(Place(TABLE, row.key, "value"))
            continue
        own = _without_number(zone, str(number)) if numbered and number else zone
        places = [Place(TABLE, row.key, "value")]
        if not put.row(own, places):
            put.refuse(places, own.tokens, figures.TOO_MANY)


def _numbered(zones: Sequence[Zone], expected: Sequence[int | None]) -> bool:
    """Whether the table prints its row numbers: the figures of a row end with that of the next."""
    hits = sum(
        bool(zone.tokens) and zone.tokens[-1].text.endswith(str(number))
        for zone, number in zip(zones, expected, strict=False)
    )
    return hits >= NUMBERED * len(expected) > 0


def _after(
    rows: Mapping[str, Row], zones: Sequence[Zone], expected: Sequence[int | None]
) -> int | None:
    """Return the number that may stand behind the figures of the last row, where the table breaks off.

    Behind the last row of the form there is none. Where numbers stand apart, a figure that merely ends with
    the digits of the next number is a figure.
    """
    following = (rows[zones[-1].match.anchor.key].number or 0) + 1
    if all(row.number != following for row in rows.values()):
        return None
    glued = any(
        zone.tokens and re.fullmatch(rf".+{number}", zone.tokens[-1].text)
        for zone, number in zip(zones, expected, strict=False)
    )
    tokens = zones[-1].tokens
    return None if not glued and tokens and tokens[-1].text != str(following) else following


def _without_number(zone: Zone, number: str) -> Zone:
    """Return *zone* without the number of the next row, whether it stands apart or not."""
    if not zone.tokens or not zone.tokens[-1].text.endswith(number):
        return zone
    *others, last = zone.tokens
    left = last.text[: -len(number)]
    kept = (replace(last, end=last.end - len(number), text=left),) if left else ()
    return replace(zone, tokens=(*others, *kept), glued=False)


def _local(put: Assigner) -> bool:
    """Read a table whose every row has a label, a unit and a figure for each column; say whether there is one."""
    for first in _beginnings(put):
        begin = put.stream.offset(first)
        head = put.stream.text[max(0, begin - 12) : begin + 60]
        begin = max(0, begin - 12)
        heading = _headings(put, head)
        if heading is None:
            continue
        columns, start = heading
        if "序号" in head and len(columns) == 1:
            continue  # its row numbers look like figures
        rows = _rows(put, begin + start)
        known = Rows(put.found.form)
        named = [
            (known.place(known.labels.find(label), None), label.strip(), unit, own)
            for label, unit, own in rows
        ]
        if len(named) >= LOCAL_ROWS and sum(row is not None for row, *_ in named) * 3 >= len(named):
            ends = [own[-1].end for *_, own in named if own]
            put.found.regions.append(put.stream.normal.span(begin, max(ends, default=begin)))
            for row, label, unit, own in named:
                key = row.key if row else LOCAL + canonical(label)
                places = [Place(TABLE, key, column) for column in columns]
                _fill(put, places, own, (label, unit))
            return True
    return False


def _headings(put: Assigner, head: str) -> tuple[list[str], int] | None:
    """Return the value columns that a heading names, and where it ends."""
    found = list(
        re.finditer(
            r"计量单位|单位|(?:19|20)\d\d\s*年度?|历年累计|本年累计|累计|本年度|统计数|数量|本期实际",
            head,
        )
    )
    chosen = value_columns(put.found.form, [m.group() for m in found])
    if "value" not in chosen:
        return None
    ordered = sorted(chosen, key=lambda key: chosen[key])
    return ordered, max(found[i].end() for i in chosen.values())


def _rows(put: Assigner, begin: int) -> list[tuple[str, str, list[Token]]]:
    """Return label, unit and figures of each row from *begin* on."""
    text = put.stream.text
    rows = []
    at = begin
    while found := _ROW.match(text, at):
        label = found["label"]
        start, end = found.span("figures")
        tokens = [
            Token(start + m.start(), start + m.end(), m.group())
            for m in re.finditer(figures.NUMBER, text[start:end])
        ]
        if (following := _ORDINAL.match(text, end - 1)) and text[end - 2 : end - 1].isdigit():
            # the number in front of the next label is glued to the last figure
            tokens[-1] = replace(tokens[-1], end=end - 1, text=tokens[-1].text[:-1])
            end = following.start()
        elif following:
            tokens, end = tokens[:-1], following.start()
        rows.append((label, found["unit"], tokens))
        at = end
    return rows


def _fill(
    put: Assigner, places: list[Place], tokens: list[Token], printed: tuple[str, str]
) -> None:
    """Fill a row; *printed* are its label and unit, which a local table may choose otherwise than the form."""
    label, unit = printed
    local = label if places[0].row.startswith(LOCAL) else None
    if len(tokens) == len(places):
        for place, token in zip(places, tokens, strict=True):
            cell, at = put.cell(token)
            put.found.add(place, replace(cell, unit=unit), at, label=local)
        return
    if not tokens:
        return
    zone = Zone(Match(Anchor("", "", ""), 0, 0, 0, 0), tuple(tokens), glued=True, cut=False)
    runs = pieces(zone)
    cut = cut_row(runs, len(places), None) if runs and len(tokens) < len(places) else None
    if cut:
        put.cut(zone, places, cut)
    elif local is None:
        put.refuse(places, tokens, figures.NOT_UNIQUE)
