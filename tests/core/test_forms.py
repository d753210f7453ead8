"""The official forms, as the law data has them."""

import pickle
from dataclasses import replace
from decimal import Decimal

import pytest

from gongkai.core.forms import (
    FilledForm,
    Place,
    State,
    UnknownForm,
    UnknownPlace,
    cell_of,
    form,
    forms,
    forms_of_year,
)


def test_the_table_of_2014_has_sixty_five_numbered_rows_in_nine_groups():
    rows = form("stat65-2014").table("stat65").rows.values()
    assert [row.number for row in rows] == list(range(1, 66))
    assert sum(row.parent is None for row in rows) == 9


@pytest.mark.parametrize(
    ("year", "keys"),
    [
        pytest.param(2012, ["narrative-2008"], id="before any national table"),
        pytest.param(2016, ["stat65-2014"], id="the table of 2014"),
        pytest.param(2020, ["format-2019"], id="the trial format"),
        pytest.param(2025, ["format-2021"], id="the format in force"),
    ],
)
def test_each_year_has_its_form(year, keys):
    assert [f.key for f in forms_of_year(year)] == keys


def test_no_form_was_prescribed_before_the_first_regulations():
    assert forms_of_year(2007) == ()


def test_a_form_that_does_not_exist_is_refused():
    for name in ("format-1999", "../statutes/x", "tables/requests"):
        with pytest.raises(UnknownForm):
            form(name)


def test_other_handling_is_one_row_in_2019_and_three_in_2021():
    old, new = (form(f"format-{year}").table("requests") for year in (2019, 2021))
    assert not old.rows["other"].header
    assert [row.key for row in new.children("other")] == ["o_noamend", "o_nopay", "o_other"]


def test_a_row_of_the_other_era_takes_no_part_in_the_sums():
    for f in forms():
        for table in f.tables:
            for relation in table.relations:
                for term in relation.left + relation.right:
                    known = table.rows if relation.each == "column" else _columns(table)
                    assert term.key in known, (f.key, relation.id)


def _columns(table):
    return {column.key for section in table.sections for column in section.columns}


def test_a_place_says_its_label_unit_and_kind():
    f = form("format-2021")
    charge = Place("proactive", "charge", "amount")
    assert (f.unit(charge), f.kind(charge)) == ("万元", "money")
    assert (
        f.label(Place("requests", "new", "natural")) == "一、本年新收政府信息公开申请数量 / 自然人"
    )
    with pytest.raises(UnknownPlace):
        f.label(Place("requests", "new", "value"))


def test_the_form_of_2019_names_no_unit_for_procurement():
    assert form("format-2019").unit(Place("proactive", "procurement", "amount")) is None


def test_a_form_stays_itself_through_a_pickle():
    known = form("format-2021")
    assert pickle.loads(pickle.dumps(known)) is known
    local = replace(known, key="format-of-a-place")
    assert pickle.loads(pickle.dumps(local)) == local
    assert pickle.loads(pickle.dumps(replace(known, title="改过的"))).title == "改过的"


def test_a_blank_is_not_a_zero():
    place = Place("requests", "new", "natural")
    filled = FilledForm(form("format-2021"))
    assert filled[place].state is State.BLANK
    filled = filled.with_cell(place, cell_of(0))
    assert (filled[place].state, filled.value(place)) == (State.ZERO, Decimal(0))
