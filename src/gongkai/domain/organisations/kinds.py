"""Kinds of organisation, levels of government and kinds of change, as data."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

import yaml


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of organisation."""

    key: str
    title: str
    reports: bool
    """Whether it draws up an annual report of its own."""
    duty: str
    """The article that binds it."""


@cache
def _read() -> dict[str, dict[str, Any]]:
    raw = yaml.safe_load(Path(__file__).with_name("kinds.yaml").read_text(encoding="utf-8"))
    return dict(raw)


@cache
def kinds() -> Mapping[str, Kind]:
    """Return the kinds by key."""
    return MappingProxyType(
        {key: Kind(key=key, **facts) for key, facts in _read()["kinds"].items()}
    )


def choices(what: str) -> list[tuple[str, str]]:
    """Return the choices of *what* (``kinds``, ``levels`` or ``changes``) for a form."""
    return [(key, facts["title"]) for key, facts in _read()[what].items()]


def kind_choices() -> list[tuple[str, str]]:
    """Return the kinds for a form."""
    return choices("kinds")


def level_choices() -> list[tuple[str, str]]:
    """Return the levels for a form."""
    return choices("levels")


def change_choices() -> list[tuple[str, str]]:
    """Return the kinds of change for a form."""
    return choices("changes")
