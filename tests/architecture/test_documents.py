"""Is it documented? A question for the build, not for a tired reviewer."""

import re

import pytest
from tests.conftest import ROOT

from gongkai.console import COMMANDS

DOCS = ROOT / "docs"
SYSTEMS = (DOCS / "systems.md").read_text("utf-8")
LINK = re.compile(r"\[[^\]]*\]\((?!https?:|mailto:|#)([^)#\s]+)[^)]*\)")


@pytest.mark.parametrize(
    "page",
    sorted((*DOCS.rglob("*.md"), *ROOT.glob("*.md"))),
    ids=lambda p: str(p.relative_to(ROOT)),
)
def test_links_between_pages_lead_somewhere(page):
    if "_build" in page.parts:
        return
    broken = [
        link for link in LINK.findall(page.read_text("utf-8")) if not (page.parent / link).exists()
    ]
    assert broken == []


def test_every_system_of_the_map_has_a_row():
    expected = (
        [f"A{i}" for i in range(1, 12)]
        + [f"B{i}" for i in range(1, 7)]
        + [f"C{i}" for i in range(1, 6)]
        + [f"D{i}" for i in range(1, 8)]
        + [f"E{i}" for i in range(1, 5)]
        + [f"F{i}" for i in range(1, 7)]
        + [f"G{i}" for i in range(1, 6)]
    )
    assert re.findall(r"^\| ([A-G]\d+) \|", SYSTEMS, re.MULTILINE) == expected


def test_paths_named_in_the_map_exist():
    named = re.findall(r"`((?:src|tests|benchmarks|docs)/[^`*]+)`", SYSTEMS)
    missing = [path for path in named if not (ROOT / path.split("::")[0]).exists()]
    assert named
    assert missing == []


def test_every_command_is_in_the_reference():
    reference = (DOCS / "reference" / "console.md").read_text("utf-8")
    missing = [name for name in COMMANDS if f"`gongkai {name}" not in reference]
    assert missing == []
