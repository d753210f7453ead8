"""The law files hold together: every reference resolves, every file is what its schema says."""

import json
import os
import subprocess
import sys
from datetime import date

import jsonschema
import pytest
import yaml

from gongkai.core.lawfiles import SECTIONS, written
from gongkai.core.rulebook import Statute, Timeline, national
from gongkai.law import LAW


class Plain(yaml.SafeLoader):
    """Reads days as text, as editors do."""


Plain.yaml_implicit_resolvers = {
    first: [(tag, shape) for tag, shape in resolvers if not tag.endswith(":timestamp")]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


def plain(value):
    """Keys as text too: JSON has no others."""
    if isinstance(value, dict):
        return {str(key): plain(item) for key, item in value.items()}
    return [plain(item) for item in value] if isinstance(value, list) else value


def files_of(section: str) -> list:
    return [path for paths in national().files(section).values() for path in paths]


@pytest.mark.parametrize("section", SECTIONS)
def test_every_entry_can_be_read(section):
    qualified = section not in {"statutes", "holidays"} and not section.startswith(
        ("codes", "directories")
    )
    assert national().section(section, SECTIONS[section], qualified=qualified)


@pytest.mark.parametrize(("name", "text"), written().items())
def test_the_schema_in_the_tree_is_the_schema_of_the_reader(name, text):
    assert (LAW / "schema" / name).read_text("utf-8") == text, "run python -m gongkai.core.lawfiles"


@pytest.mark.parametrize("section", SECTIONS)
def test_every_file_is_what_its_schema_says(section):
    schema = json.loads(written()[f"{section.replace('/', '-')}.json"])
    jsonschema.Draft202012Validator.check_schema(schema)
    for path in files_of(section):
        entries = plain(yaml.load(path.read_text("utf-8"), Plain))  # a safe loader
        jsonschema.validate(entries, schema)


def test_the_schema_refuses_what_the_reader_refuses():
    schema = json.loads(written()["deadlines.json"])
    good = plain(yaml.load((LAW / "deadlines" / "report.yaml").read_text("utf-8"), Plain))
    for spoil in (
        lambda rule: rule.pop("title"),
        lambda rule: rule.update(stars=3),
        lambda rule: rule["values"]["2008-05-01"].pop("reference"),
        lambda rule: rule.update(counts="hours"),
    ):
        bad = json.loads(json.dumps(good))
        spoil(bad["department"])
        with pytest.raises(jsonschema.ValidationError):
            jsonschema.validate(bad, schema)


def test_no_section_of_law_is_forgotten():
    ours = {section.partition("/")[0] for section in SECTIONS}
    # forms, checks and indicators have readers of their own
    others = {"forms", "checks", "indicators", "screening", "search", "schema", "local"}
    sections = {
        path.stem
        for path in LAW.iterdir()
        if path.suffix == ".yaml" or (path.is_dir() and path.name != "__pycache__")
    }
    assert ours <= sections <= ours | others
    assert {f"codes/{path.stem}" for path in (LAW / "codes").glob("*.yaml")} <= SECTIONS.keys()


def test_a_statute_ends_when_its_successor_begins():
    for key, statute in national().statutes.items():
        assert statute.until is None or statute.until > statute.since, key
        assert statute.issued is None or statute.issued <= statute.since, key


def timelines(entry) -> list[Timeline]:
    fields = [getattr(entry, name) for name in getattr(entry, "__slots__", ())]
    return [field for field in fields if isinstance(field, Timeline)]


@pytest.mark.parametrize("section", ["deadlines", "clock", "fees/charges", "fees/tariffs"])
def test_no_provision_rests_on_a_law_that_was_not_in_force(section):
    for key, entry in national().section(section, SECTIONS[section], qualified=True).items():
        for timeline in timelines(entry):
            for provision in timeline:
                statute: Statute = provision.reference.statute
                assert statute.since <= provision.since, (key, provision)
                assert statute.until is None or provision.since < statute.until, (key, provision)


def test_every_document_that_is_cited_by_forms_and_checks_is_on_record():
    for folder in ("forms", "checks", "indicators"):
        for path in (LAW / folder).rglob("*.yaml"):
            for reference in references(yaml.safe_load(path.read_text("utf-8"))):
                assert national().reference(reference)


def references(node):
    if isinstance(node, dict):
        for key, value in node.items():
            if key == "reference" and isinstance(value, str):
                yield value
            yield from references(value)
    elif isinstance(node, list):
        for value in node:
            yield from references(value)


def test_reading_the_law_is_light():
    code = (
        "import sys, gongkai.core.deadlines, gongkai.core.fees, gongkai.core.codes\n"
        "print(sorted({'numpy', 'django', 'lxml', 'openpyxl', 'jsonschema'} & set(sys.modules)))"
    )
    found = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, env={**os.environ}
    )
    assert found.stdout.strip() == "[]"


def test_every_year_since_2008_has_its_notice():
    years = [notice for notice in national().statutes if notice.startswith("holidays-")]
    assert {f"holidays-{year}" for year in range(2008, 2027)} <= set(years)
    assert national().statutes["holidays-2026"].issued == date(2025, 11, 4)
