"""Periods by name: a year, its halves, quarters and months.

>>> periods_of("quarter", 2026)[0]
('2026-Q1', datetime.date(2026, 3, 31))
"""

from calendar import monthrange
from datetime import date

MONTHS = {"month": 1, "quarter": 3, "half": 6, "year": 12}
LETTERS = {"month": "", "quarter": "Q", "half": "H", "year": ""}


def periods_of(span: str, year: int) -> list[tuple[str, date]]:
    """Return the periods of *year* by name, with the last day of each.

    Args:
        span: ``month``, ``quarter``, ``half`` or ``year``.
        year: The year.
    """
    length = MONTHS[span]
    if length == 12:
        return [(str(year), date(year, 12, 31))]
    found = []
    for number in range(1, 12 // length + 1):
        month = number * length
        name = f"{year}-{number:02}" if length == 1 else f"{year}-{LETTERS[span]}{number}"
        found.append((name, date(year, month, monthrange(year, month)[1])))
    return found


def numbered(formed: date, number: int) -> str:
    """Return the period of the *number*-th thing that came into being on *formed*."""
    return formed.isoformat() + (f"/{number}" if number > 1 else "")


def bounds(period: str) -> tuple[date, date]:
    """Return the first and last day of the period called *period*."""
    year, _, rest = period.partition("-")
    number = int(year)
    if not rest:
        return date(number, 1, 1), date(number, 12, 31)
    if rest[0] in "QH":
        length = 3 if rest[0] == "Q" else 6
        last = int(rest[1:]) * length
        return date(number, last - length + 1, 1), date(number, last, monthrange(number, last)[1])
    month, _, day = rest.partition("-")
    if day:
        only = date(number, int(month), int(day.partition("/")[0]))
        return only, only
    return date(number, int(month), 1), date(number, int(month), monthrange(number, int(month))[1])


def title_of(period: str) -> str:
    """Return the period as people say it."""
    year, _, rest = period.partition("-")
    if not rest:
        return f"{year}年"
    if rest[0] == "Q":
        return f"{year}年第{'一二三四'[int(rest[1:]) - 1]}季度"
    if rest[0] == "H":
        return f"{year}年{'上下'[int(rest[1:]) - 1]}半年"
    month, _, day = rest.partition("-")
    if day:
        number, _, count = day.partition("/")
        return f"{year}年{int(month)}月{int(number)}日形成" + (f"（第{count}件）" if count else "")
    return f"{year}年{int(month)}月"
