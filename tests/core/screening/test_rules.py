"""The rules hold together: data, functions, reference page and sample say the same."""

import json
import re

import pytest
import yaml
from benchmarks.screening import PRECISION, RECALL, measure, passages
from jsonschema import validate
from tests.conftest import ROOT

from gongkai.core.lawfiles import file_schema, schema
from gongkai.core.screening import rules, starter_words
from gongkai.core.screening.reference import markdown
from gongkai.core.screening.rules import ENFORCED, SCREENING, Group


def test_every_rule_is_enforced_by_a_function_and_every_function_enforces_a_rule():
    assert set(ENFORCED) == set(rules())


def test_what_blocks_has_a_ground_or_is_taken_out_by_itself():
    for rule in rules().values():
        assert rule.treatments, rule.id
        if rule.severity == "block" and not rule.id.startswith("hidden."):
            assert rule.source, rule.id


@pytest.mark.parametrize("path", sorted(SCREENING.glob("*.yaml")), ids=lambda p: p.stem)
def test_every_file_is_what_its_schema_says(path):
    written = json.loads((SCREENING / "schema.json").read_text("utf-8"))
    assert written == {**file_schema(Group), **schema(Group)}
    validate(yaml.safe_load(path.read_text("utf-8")), written)


def test_the_reference_page_is_made_from_the_rules():
    page = (ROOT / "docs" / "reference" / "screening.md").read_text("utf-8")
    assert page == markdown(), "run gongkai screen --rules > docs/reference/screening.md"


def test_the_python_of_the_reference_runs():
    (code,) = re.findall(r"```python\n(.*?)```", markdown(), re.DOTALL)
    exec(code, {})  # it is our own document


def test_the_sample_is_large_and_no_passage_stands_in_it_twice():
    for name, least in (("positive", 300), ("negative", 300)):
        texts = [passage.text for passage in passages(name)]
        assert len(set(texts)) == len(texts) >= least


def test_on_the_sample_nearly_everything_is_found_and_little_else():
    measured = measure()
    assert measured.recall >= RECALL, measured.lines
    assert measured.precision >= PRECISION, measured.lines


def test_the_words_that_come_with_it_are_many_and_their_corrections_are_right():
    words = starter_words()
    assert len(words) >= 120
    for word in words.words.values():
        assert word.word not in word.right
        assert not [found for _, found in words.find(word.right) if found.kind == "typo"], word
