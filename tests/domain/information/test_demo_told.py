"""What the demo city is told to publish: nothing in a government's section stands empty, and every facet has values."""

from collections import Counter

import pytest
import yaml
from tests.conftest import ROOT

from gongkai.core.codes import genres, topics
from gongkai.core.directories import fields, presets_for

PLACE = ROOT / "demo" / "information"


def told(name):
    return [yaml.safe_load(file.read_text("utf-8")) for file in sorted(PLACE.glob(f"{name}*.yaml"))]


@pytest.fixture(scope="module")
def documents():
    return [facts for each in told("documents") for facts in each["documents"]]


@pytest.fixture(scope="module")
def series():
    return [facts for each in told("series") for facts in each["series"]]


def columns_of(unit, documents, series):
    found = {facts["column"] for facts in documents if facts["unit"] == unit}
    for facts in series:
        if unit in facts["units"]:
            found |= set(facts.get("columns") or [facts["column"]])
    return found


@pytest.mark.parametrize("unit", ["yunchuan", "shiqiao", "linjiang", "qingling"])
def test_every_statutory_column_of_a_government_has_something(unit, documents, series):
    level = "prefecture" if unit == "yunchuan" else "county"
    presets = presets_for(level, "government")
    wanted = {key for key in presets if key.startswith(("s20-", "s21-"))}
    assert len(wanted) > 20
    assert wanted - columns_of(unit, documents, series) == set()


def test_what_is_told_once_has_its_own_name_and_number(documents):
    for name in ("title", "number", "registration"):
        counts = Counter(facts[name] for facts in documents if name in facts)
        assert [each for each, count in counts.items() if count > 1] == []


def test_topics_and_genres_are_those_of_the_law_and_many(documents, series):
    of_topic = Counter(facts["topic"] for facts in [*documents, *series])
    of_genre = Counter(facts["genre"] for facts in [*documents, *series] if "genre" in facts)
    assert set(of_topic) <= set(topics())
    assert set(of_genre) <= set(genres())
    assert len(of_topic) > 20
    assert len(of_genre) > 8
    (filed,) = [each["topics"] for each in told("series") if "topics" in each]
    assert set(filed) == set(fields())
    assert set(filed.values()) <= set(topics())


def test_documents_refer_to_documents_that_are_there(documents):
    titles = {facts["title"] for facts in documents}
    referred = [(k, facts[k]) for facts in documents for k in ("amends", "repeals", "interprets") if k in facts]  # fmt: skip
    assert {relation for relation, _ in referred} == {"amends", "repeals", "interprets"}
    assert {title for _, title in referred} <= titles
