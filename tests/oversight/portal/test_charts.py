"""Charts say what the issued reports say, and no more."""

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from gongkai.core.forms import FilledForm, Place, cell_of, form
from gongkai.core.indicators import indicators
from gongkai.foundation.charts import data
from gongkai.oversight.reports.portal.charts import over_units, over_years, plans

NEW = Place("requests", "new", "total")


def received(year, count, key="format-2021"):
    return FilledForm(form(key), {NEW: cell_of(count)}, year)


def chart(charts, key):
    return next(c for c in charts if c.key == key)


def test_every_chart_is_of_known_indicators_with_one_unit():
    known = {item.key for item in indicators()}
    for plan in plans():
        assert {item.key for item in plan.indicators} <= known
        assert {item.unit for item in plan.indicators} == {plan.unit}


def test_a_year_without_a_report_stays_as_a_gap():
    drawn = chart(over_years({2021: received(2021, 5), 2023: received(2023, 8)}), "received")
    assert drawn.categories == ("2021", "2022", "2023")
    assert drawn.series[0].values == (Decimal(5), None, Decimal(8))


def test_where_two_eras_count_different_things_the_line_breaks_and_says_why():
    old = FilledForm(
        form("stat65-2014"), {Place("stat65", "ans_denied", "value"): cell_of(4)}, 2018
    )
    new = FilledForm(form("format-2019"), {Place("requests", "d_law", "total"): cell_of(2)}, 2019)
    drawn = chart(over_years({2018: old, 2019: new}), "outcomes")
    denied = [s for s in drawn.series if s.name == "不予公开"]
    assert [s.values for s in denied] == [(Decimal(4), None), (None, Decimal(2))]
    assert any("不予公开" in note for note in drawn.notes)


def test_blank_is_nothing_and_zero_is_zero():
    drawn = chart(over_years({2022: received(2022, 0), 2023: received(2023, 3)}), "received")
    assert drawn.series[0].values == (Decimal(0), Decimal(3))
    assert over_years({2022: FilledForm(form("format-2021"), {}, 2022)}) == []
    assert over_years({}) == []


@given(st.lists(st.integers(0, 10_000), min_size=1, max_size=20))
def test_units_stand_in_the_order_given_with_their_own_numbers(counts):
    units = [(f"单位{n}", received(2023, count)) for n, count in enumerate(counts)]
    drawn = over_units(plans()[0], units)
    assert drawn.categories == tuple(name for name, _ in units)
    assert [int(v) for v in drawn.series[0].values] == counts
    (told,) = data([drawn])
    assert [int(v) for v in told["series"][0]["values"]] == counts


def test_numbers_are_written_without_idle_zeros():
    drawn = over_units(plans()[0], [("甲", received(2023, Decimal("12.0000")))])
    assert data([drawn])[0]["series"][0]["values"] == ["12"]
