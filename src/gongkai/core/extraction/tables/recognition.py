"""Telling by its words which form a report follows, whatever year it is for."""

from functools import cache

from gongkai.core.extraction.tables.labels import canonical
from gongkai.core.extraction.tables.statistics import CORNERS, TABLE
from gongkai.core.forms import Form, form, forms

FIRST_OF_NEW_FORM = 2021
REQUESTS = ("本年新收政府信息公开申请", "上年结转政府信息公开申请", "申请人情况")
STATISTICS = "stat65-2014"
MIN_SIGNS = 2
MIN_LABELS = 10
MIN_LOCAL_LABELS = 3


def recognise(letters: str, year: int | None) -> Form | None:
    """Return the form whose tables stand in a text.

    Args:
        letters: The Chinese characters of the text.
        year: The year of the report, which decides only where the words leave it open: a table of
            applications alone looks the same in 2019 and 2021.
    """
    scores = {
        f.key: sum(sign in letters for sign in _signs(f.key)) for f in forms() if _signs(f.key)
    }
    best = max(scores, key=lambda key: scores[key])
    if scores[best] >= MIN_SIGNS and list(scores.values()).count(scores[best]) == 1:
        return form(best)
    asked = sum(sign in letters for sign in REQUESTS)
    if asked == 1 and not scores[best] and (statistics := _statistics(letters)):
        return statistics  # a phrase of the prose does not outweigh a table
    if asked:
        if scores[best]:
            return form(best)
        old = year is not None and year < FIRST_OF_NEW_FORM
        return form("format-2019" if old else "format-2021")
    return _statistics(letters)


@cache
def _signs(key: str) -> tuple[str, ...]:
    """Return the labels that only this form has among those with a table of applications."""
    rivals = [f for f in forms() if any(table.key == "requests" for table in f.tables)]
    if key not in {f.key for f in rivals}:
        return ()
    others = {name for f in rivals if f.key != key for name in _names(f)}
    return tuple(
        name
        for name in _names(form(key))
        if len(name) >= 5
        and not any(name in other or other in name for other in others if len(other) >= 5)
    )


@cache
def _names(of: Form) -> tuple[str, ...]:
    sections = [section for table in of.tables for section in table.sections]
    labels = [label for s in sections for c in s.columns for label in (c.label, *c.alias)]
    labels += [label for s in sections for r in s.rows for label in (r.label, *r.alias)]
    return tuple(dict.fromkeys(map(canonical, labels)))


def _statistics(letters: str) -> Form | None:
    official = form(STATISTICS)
    rows = official.table(TABLE).rows.values()
    hits = sum(
        any(canonical(label) in letters for label in (row.label, *row.alias))
        for row in rows
        if not row.header
    )
    headed = any(corner in letters for corner in CORNERS[:4]) or "计量单位" in letters
    return official if hits >= MIN_LABELS or (headed and hits >= MIN_LOCAL_LABELS) else None
