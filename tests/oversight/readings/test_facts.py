"""Facts of real reports: figures and source, and not a sentence of anybody's."""

import re

import pytest
import yaml
from tests.conftest import ROOT
from tests.factories.organisations import city, reader

from gongkai.core.extraction.reader import read
from gongkai.core.forms import form
from gongkai.core.indicators import indicators
from gongkai.oversight.readings import actions, standing
from gongkai.oversight.readings.facts import facts_of, reading_of_facts
from gongkai.oversight.readings.models import Reading

PLACES = sorted((ROOT / "demo/readings").glob("*.yaml"))
BY_HAND = {"seed", "title", "agency", "year", "source", "form"}


def told(place):
    return yaml.safe_load(place.read_text(encoding="utf-8"))


def test_there_are_the_five():
    assert len(PLACES) == 5


@pytest.mark.parametrize("place", PLACES, ids=lambda p: p.stem)
def test_a_file_holds_figures_and_no_words_of_the_report(place):
    facts = told(place)
    keys = {item.key for item in indicators()}
    for statement in facts["statements"]:
        assert set(statement) <= {
            "indicator",
            "value",
            "unit",
            "part_of",
            "approximate",
            "change",
        }
        assert statement.get("indicator") in keys | {None}
        assert len(statement["unit"] or "") <= 3
    body = "\n".join(f"{value}" for key, value in facts.items() if key not in BY_HAND)
    assert not re.search(r"[\u4e00-\u9fff]{4,}", body)


@pytest.mark.parametrize("place", PLACES, ids=lambda p: p.stem)
def test_every_cell_is_one_of_its_form(place):
    facts = told(place)
    reading = reading_of_facts(facts)
    if facts["form"] is None:
        assert not reading.cells
    for cell in reading.cells:
        assert cell.place in form(facts["form"])


@pytest.mark.parametrize("place", PLACES, ids=lambda p: p.stem)
def test_the_figures_are_those_that_the_reader_reads(place, seeds):
    facts = told(place)
    again = facts_of(read(seeds / facts["seed"]))
    assert facts["cells"] == again["cells"]


@pytest.mark.django_db
@pytest.mark.parametrize("place", PLACES, ids=lambda p: p.stem)
def test_the_room_shows_the_figures_and_says_that_the_text_is_not_there(client, place):
    town = city()
    office = reader("office", town.top)
    reading = actions.enter_facts(told(place), by=office, organisation=town.top)
    assert reading.origin == Reading.Origin.FACTS
    assert standing.current(reading).text == ""
    client.force_login(office.user, backend="allauth.account.auth_backends.AuthenticationBackend")
    for query in ("", "?view=figures", "?view=text"):
        page = client.get(f"{reading.get_absolute_url()}{query}").content.decode()
        assert "原文未随软件分发" in page
        assert told(place)["source"] in page
        assert "下载原件" not in page
    assert client.get(f"{reading.get_absolute_url()}file/").status_code == 404
