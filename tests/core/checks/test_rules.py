"""Every rule stands in the law data, and every rule there is enforced."""

import json

import jsonschema
import pytest
import yaml

from gongkai.core.checks import UnknownRule, rule, rules
from gongkai.core.checks.rules import CHECKS
from gongkai.core.forms import forms

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
