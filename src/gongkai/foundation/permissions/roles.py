"""The roles, as data."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType

import yaml
from django.conf import settings


@dataclass(frozen=True, slots=True)
class Role:
    """What somebody is in a unit: 信息员, 公开办 …"""

    key: str
    title: str
    description: str
    second_factor: bool = False
    """Whether whoever holds it must sign in with a second factor."""


@cache
def _read() -> Mapping[str, Role]:
    raw = yaml.safe_load(Path(__file__).with_name("roles.yaml").read_text(encoding="utf-8"))
    return MappingProxyType({key: Role(key=key, **facts) for key, facts in raw.items()})


def roles() -> Mapping[str, Role]:
    """Return every role by its key, in the order of ``roles.yaml``."""
    return _read()


def wants_second_factor(key: str) -> bool:
    """Tell whether the role *key* needs a second factor, by data or by setting."""
    chosen = settings.GONGKAI_SECOND_FACTOR_ROLES
    role = roles().get(key)
    return key in chosen if chosen else bool(role and role.second_factor)
