"""The acts, as data: every app's ``acts.yaml``."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Literal, get_args

import yaml
from django.apps import apps
from django.core.exceptions import ImproperlyConfigured

from gongkai.foundation.permissions.roles import roles

Extent = Literal["unit", "below", "everywhere"]
EXTENTS: Mapping[str, str] = MappingProxyType(
    {"unit": "本单位", "below": "本单位及下级", "everywhere": "全部单位"}
)


@dataclass(frozen=True, slots=True)
class Act:
    """Something that may be done, by whom, and how far."""

    key: str
    title: str
    roles: Mapping[str, Extent]


def _read_file(path: Path) -> dict[str, Act]:
    found: dict[str, Act] = {}
    for key, facts in (yaml.safe_load(path.read_text(encoding="utf-8")) or {}).items():
        granted = facts.get("roles") or {}
        if strange := set(granted) - set(roles()):
            raise ImproperlyConfigured(f"{path}: {key} 提到了没有的角色 {strange}")
        if strange := set(granted.values()) - set(get_args(Extent)):
            raise ImproperlyConfigured(f"{path}: {key} 提到了没有的范围 {strange}")
        found[key] = Act(key=key, title=facts["title"], roles=MappingProxyType(granted))
    return found


@cache
def acts() -> Mapping[str, Act]:
    """Return the acts of all installed apps by key."""
    found: dict[str, Act] = {}
    for config in apps.get_app_configs():
        path = Path(config.path) / "acts.yaml"
        if not path.is_file():
            continue
        here = _read_file(path)
        if twice := set(found) & set(here):
            raise ImproperlyConfigured(f"{path}: {twice} 已在别处定义")
        found.update(here)
    return MappingProxyType(found)


def find_act(key: str) -> Act:
    """Return the act *key*; one that no ``acts.yaml`` has is a mistake of the programmer."""
    try:
        return acts()[key]
    except KeyError:
        raise ImproperlyConfigured(f"没有一个 acts.yaml 定义了 {key}") from None
