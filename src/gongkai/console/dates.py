"""Dates as people type them."""

import re
from datetime import date
from typing import TYPE_CHECKING

import click

SHAPE = re.compile(r"(\d{4})(?:[-/.年]\s*(\d{1,2})(?:[-/.月]\s*(\d{1,2})日?)|(\d{2})(\d{2}))")
WEEKDAYS = "一二三四五六日"


# click's types are generic for the checker and, in older releases, not at run time
if TYPE_CHECKING:
    DayType = click.ParamType[date]
else:
    DayType = click.ParamType


class Date(DayType):
    """A day: 2024-09-27, 2024/9/27, 20240927 or 2024年9月27日.

    Args:
        year: Whether a year alone is taken too, for its last day.
    """

    name = "日期"

    def __init__(self, *, year: bool = False) -> None:
        self.year = year

    def convert(
        self, value: str | date, param: click.Parameter | None, ctx: click.Context | None
    ) -> date:
        """Return the day, or fail with a sentence."""
        if isinstance(value, date):
            return value
        text = value.strip()
        if self.year and re.fullmatch(r"\d{4}年?", text):
            return date(int(text[:4]), 12, 31)
        match = SHAPE.fullmatch(text)
        try:
            if match:
                year, month, day = (int(part) for part in match.groups() if part)
                return date(year, month, day)
        except ValueError:
            match = None
        raise click.BadParameter(f"“{value}”不是日期，请写成 2024-09-27 这样", ctx, param)


def with_weekday(day: date) -> str:
    """Return *day* with the day of the week: 2024-09-29 星期日."""
    return f"{day} 星期{WEEKDAYS[day.weekday()]}"
