"""Days as people read them."""

from datetime import date


def in_chinese(day: date) -> str:
    """Return *day* as letters and documents write it: 2024年10月30日."""
    return f"{day.year}年{day.month}月{day.day}日"
