"""What every test may ask for."""

import os
from pathlib import Path

import pytest
from hypothesis import settings

pytest_plugins = ["tests.migrated"]
ROOT = Path(__file__).resolve().parent.parent
# CI tries the same examples for the same commit; at a desk every run tries new ones
settings.register_profile("ci", derandomize=True)
if os.environ.get("CI"):
    settings.load_profile("ci")

SHARED = Path(os.environ.get("GONGKAI_SHARED", ROOT.parent / "shared"))
"""Real published reports, kept beside the checkout and never inside it."""


@pytest.fixture(scope="session")
def shared() -> Path:
    if not SHARED.is_dir():
        pytest.skip(f"no real reports at {SHARED}")
    return SHARED


@pytest.fixture(scope="session")
def seeds(shared: Path) -> Path:
    return shared / "seeds"


@pytest.fixture(scope="session")
def corpus(shared: Path) -> Path:
    return shared / "corpus"
