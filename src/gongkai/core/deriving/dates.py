"""Days as documents write them: 2023年5月6日, 二〇二三年五月六日."""

import re
from datetime import date

CHINESE = dict(zip("〇○零oO0一二三四五六七八九", (0, 0, 0, 0, 0, 0, *range(1, 10)), strict=True))
DAY = re.compile(
    r"(?P<year>(?:19|20)\d{2})[ ]?年[ ]?(?P<month>\d{1,2})[ ]?月[ ]?(?P<day>\d{1,2})[ ]?日"
    r"|(?P<cyear>[一二][〇○零oO0一二三四五六七八九]{3})年(?P<cmonth>[一二三四五六七八九十]{1,2})月"
    r"(?P<cday>[一二三四五六七八九十廿]{1,3})日"
)


def day_of(match: re.Match[str]) -> date | None:
    """Return the day that a match of :data:`DAY` names, or ``None`` where there is no such day."""
    if match["year"]:
        parts = int(match["year"]), int(match["month"]), int(match["day"])
    else:
        year = int("".join(str(CHINESE[char]) for char in match["cyear"]))
        parts = year, _number(match["cmonth"]), _number(match["cday"])
    try:
        return date(*parts)
    except ValueError:
        return None


def _number(text: str) -> int:
    """Return a number up to 99 in Chinese figures."""
    text = text.replace("廿", "二十")
    if "十" not in text:
        return CHINESE.get(text, 0) if len(text) == 1 else 0
    tens, _, ones = text.partition("十")
    return (CHINESE.get(tens, 0) if tens else 1) * 10 + (CHINESE.get(ones, 0) if ones else 0)
