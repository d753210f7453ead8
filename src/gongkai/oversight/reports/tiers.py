"""What the levels of units are called, seen from the one that rolls them up."""

from functools import cache
from pathlib import Path

import yaml

from gongkai.oversight.reports.models import Tier


@cache
def _titles() -> dict[str, dict[str, str]]:
    text = Path(__file__).with_name("tiers.yaml").read_text(encoding="utf-8")
    return dict(yaml.safe_load(text))


def tier_title(level: str, tier: Tier) -> str:
    """Return what a government of *level* calls its units of *tier*."""
    return _titles().get(level, {}).get(tier.value, str(tier.label))
