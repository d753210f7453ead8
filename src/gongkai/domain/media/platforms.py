"""The platforms on which accounts stand, as data."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from types import MappingProxyType

import yaml


@cache
def platforms() -> Mapping[str, str]:
    """Return the platforms, key to name."""
    raw = yaml.safe_load(Path(__file__).with_name("platforms.yaml").read_text(encoding="utf-8"))
    return MappingProxyType({key: str(facts["title"]) for key, facts in raw.items()})


def platform_choices() -> list[tuple[str, str]]:
    """Return the platforms for a form."""
    return list(platforms().items())
