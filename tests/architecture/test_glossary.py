"""The glossary is the naming authority: what it names exists, under that name."""

import re

import pytest
from tests.conftest import ROOT

GLOSSARY = (ROOT / "docs" / "glossary.md").read_text("utf-8")
ROWS = re.findall(r"^\| ([^|]+?) \| `([^`]+)` \|([^|]*)\|([^|]*)\|", GLOSSARY, re.MULTILINE)
CODE = "\n".join(
    path.read_text("utf-8")
    for kind in ("*.py", "*.yaml")
    for path in (ROOT / "src" / "gongkai").rglob(kind)
)


def test_no_term_and_no_identifier_stands_twice():
    terms, names = [row[0] for row in ROWS], [row[1] for row in ROWS]
    assert len(terms) == len(set(terms))
    assert len(names) == len(set(names))


@pytest.mark.parametrize(
    ("term", "name"), [(row[0], row[1]) for row in ROWS], ids=[row[1] for row in ROWS]
)
def test_an_identifier_of_the_glossary_is_used_in_the_code(term, name):
    assert re.search(rf"(?<![a-zA-Z]){re.escape(name)}(?![a-zA-Z])", CODE), (
        f"{term}: nothing is called {name}"
    )
