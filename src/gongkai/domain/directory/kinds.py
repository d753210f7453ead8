"""Kinds of column, parts of the section and so on, as data."""

from functools import cache
from pathlib import Path
from typing import Any

import yaml

from gongkai.core.directories import criteria


@cache
def _read() -> dict[str, dict[str, Any]]:
    raw = yaml.safe_load(Path(__file__).with_name("kinds.yaml").read_text(encoding="utf-8"))
    return dict(raw)


def _choices(what: str) -> list[tuple[str, str]]:
    return [(key, facts["title"]) for key, facts in _read()[what].items()]


def kind_choices() -> list[tuple[str, str]]:
    """Return the kinds of column for a form."""
    return _choices("kinds")


def section_choices() -> list[tuple[str, str]]:
    """Return the parts of the section for a form."""
    return _choices("sections")


def freshness_choices() -> list[tuple[str, str]]:
    """Return the rules of update for a form."""
    return _choices("freshness")


def freshness_help() -> str:
    """Return the rules of update in a sentence, with their days."""
    known = criteria()
    rules = (known[key] for key, _ in freshness_choices() if key in known)
    told = "、".join(f"{rule.title} {rule.days} 天内" for rule in rules)
    return f"按网站检查指标，{told}应当更新。"


def limit_choices() -> list[tuple[str, str]]:
    """Return the kinds of time limit for a form."""
    return _choices("limits")


def family_of(limit: str) -> str:
    """Return 定期, 随时 or 固定 for a kind of time limit."""
    return str(_read()["limits"][limit]["family"])


def focus_choices() -> list[tuple[str, str]]:
    """Return the sets of key fields for a form."""
    return _choices("focuses")
