"""Real reports, kept beside the checkout: what people read in them, the reader reads too."""

import sys
from pathlib import Path

import pytest
from tests.conftest import ROOT, SHARED

from gongkai.core.extraction.reader import read
from gongkai.core.forms import State, form

sys.path.append(str(ROOT / "benchmarks"))

from gold import score

SIDECARS = sorted((SHARED / "corpus").glob("*.json"))
pytestmark = pytest.mark.skipif(not SIDECARS, reason=f"no real reports at {SHARED}")


def by_place(path):
    return {str(c.place): c for c in read(path).cells}


def said(cell):
    return "" if cell.cell.state is State.BLANK else str(cell.cell.value)


@pytest.mark.parametrize("sidecar", SIDECARS, ids=lambda path: path.stem)
def test_no_cell_is_read_wrong_and_hardly_any_missed(sidecar):
    cells = score(sidecar).cells
    assert cells.wrong == []
    assert len(cells.missed) <= 0.07 * cells.expected


def test_all_cells_together_reach_the_target():
    scores = [score(sidecar).cells for sidecar in SIDECARS]
    expected, found = sum(s.expected for s in scores), sum(s.found for s in scores)
    assert found / expected >= 0.99


def test_helinger_keeps_blank_zero_and_value_apart(seeds):
    cells = by_place(seeds / "helinger-2016.txt")
    values = {place.split("/")[1]: said(c) for place, c in cells.items() if said(c)}
    assert values == {
        "ch_website": "1727",
        "press_conf": "2",
        "online_interview": "3",
        "interpretation": "2",
        "lit_upheld": "1",
    }
    assert len(cells) == 65
    titles = [key for key, row in form("stat65-2014").table("stat65").rows.items() if row.header]
    assert len(titles) == 7
    assert all(cells[f"stat65/{key}/value"].cell.state is State.BLANK for key in titles)


def test_every_cell_of_xincai_is_read(seeds):
    reading = read(seeds / "xincai-2020.txt")
    cells = {str(c.place): said(c) for c in reading.cells}
    assert set(reading.form.places) == {c.place for c in reading.cells}
    known = {
        "proactive/normative/made": "73",
        "proactive/normative/opened": "64",
        "proactive/normative/open_total": "64",
        "proactive/license/prev_items": "1259",
        "proactive/license/delta": "-657",
        "proactive/license/decisions": "10070",
        "proactive/other_service/prev_items": "168",
        "proactive/other_service/delta": "-1",
        "proactive/other_service/decisions": "11",
        "proactive/penalty/prev_items": "878",
        "proactive/penalty/delta": "434",
        "proactive/penalty/decisions": "813",
        "proactive/coercion/prev_items": "58",
        "proactive/coercion/delta": "13",
        "proactive/coercion/decisions": "43",
        "proactive/charge/prev_items": "18",
        "proactive/charge/delta": "-1",
        "proactive/procurement/projects": "459",
        "proactive/procurement/amount": "3540273.8433",
    }
    for row in ("new", "granted", "result_total"):
        known |= {f"requests/{row}/natural": "10", f"requests/{row}/total": "10"}
    assert {place: value for place, value in cells.items() if value != "0"} == known


@pytest.mark.parametrize(
    ("name", "agency", "year", "form"),
    [
        ("dayu-2014.txt", "大余县人民政府", 2014, "narrative-2008"),
        ("gaoping-2012.txt", "高平市人民政府", 2012, "narrative-2008"),
        ("helinger-2016.txt", "和林格尔县人民政府", 2016, "stat65-2014"),
        ("xincai-2020.txt", "新蔡县人民政府", 2020, "format-2019"),
        ("xinxiang-2016.txt", "新乡市人民政府", 2016, "narrative-2008"),
    ],
)
def test_a_report_says_whose_and_of_which_year_it_is(seeds, name, agency, year, form):
    reading = read(seeds / name)
    assert (reading.agency, reading.year, reading.form.key) == (agency, year, form)


@pytest.mark.parametrize("sidecar", SIDECARS, ids=lambda path: path.stem)
def test_every_figure_stands_where_it_says(sidecar):
    reading = (
        read(Path(sidecar).with_suffix(".txt")) if sidecar.with_suffix(".txt").exists() else None
    )
    for cell in reading.cells if reading else ():
        if cell.cell.state in {State.VALUE, State.ZERO}:
            assert reading.text[cell.at.start : cell.at.end] == cell.cell.raw
