"""Every rule stands in the law data, and every rule there is enforced."""

import json
import re
from pathlib import Path

import jsonschema
import pytest
import yaml

from gongkai.core import checks
from gongkai.core.checks import UnknownRule, rule, rules
from gongkai.core.checks.rules import CHECKS, ENFORCED
from gongkai.core.forms import forms
from gongkai.core.rulebook import national

FILES = sorted(CHECKS.glob("*.yaml"))


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_file_of_rules_follows_the_schema(path):
    schema = json.loads((CHECKS / "schema.json").read_text("utf-8"))
    jsonschema.validate(yaml.safe_load(path.read_text("utf-8")), schema)


def test_a_relation_of_a_form_is_a_rule_under_the_same_id():
    relations = {r.id: r for form in forms() for table in form.tables for r in table.relations}
    known = {rule.id: rule for rule in rules().values() if rule.relation}
    assert known.keys() == relations.keys()
    assert all(known[key].level == relation.level for key, relation in relations.items())


def test_a_rule_that_does_not_exist_is_refused():
    with pytest.raises(UnknownRule):
        rule("form.no-such-rule")


def test_every_rule_in_the_data_is_enforced_and_no_other():
    written = {rule.id for rule in rules().values() if not rule.relation}
    mine = {identifier for identifier in written if not identifier.startswith("narrative.")}
    assert {i for i in ENFORCED if not i.startswith("narrative.")} == mine


def test_every_rule_of_the_narrative_is_named_in_its_code_and_no_other():
    code = "".join(
        path.read_text("utf-8") for path in Path(checks.__file__).parent.glob("narrative*.py")
    )
    named = set(re.findall(r"\"(narrative\.[a-z][a-z0-9-]*)\"", code))
    assert named == {identifier for identifier in rules() if identifier.startswith("narrative.")}


def test_every_pattern_in_the_data_is_one():
    for rule_ in rules().values():
        for value in _texts(rule_.parameters):
            re.compile(value)


def _texts(value):
    if isinstance(value, str):
        yield value
    elif isinstance(value, list):
        for item in value:
            yield from _texts(item)
    elif hasattr(value, "values"):
        for item in value.values():
            yield from _texts(item)


def test_every_chapter_that_a_form_requires_can_be_recognised():
    words = rule("chapter.missing").parameters["words"]
    for form in forms():
        for heading in form.headings:
            if not heading.optional:
                assert re.search(words[heading.key], heading.label), heading.label


def test_every_source_is_on_record():
    for rule_ in rules().values():
        if rule_.source:
            national().reference(rule_.source)


def test_every_rule_is_broken_somewhere_in_the_tests():
    files = list(Path(__file__).parent.glob("*.py"))
    tests = "".join(path.read_text("utf-8") for path in files)
    narrative = any(path.stem.startswith("test_narrative") for path in files)
    untried = [
        identifier
        for identifier, rule_ in rules().items()
        if not rule_.relation and (narrative or not identifier.startswith("narrative."))
        if f'"{identifier}"' not in tests
    ]
    assert untried == []
