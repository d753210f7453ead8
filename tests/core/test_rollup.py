"""Adding up units: order does not matter, nobody is forgotten, and a blank is not a zero."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.core.forms import Cell, FilledForm, Place, State, cell_of, form
from gongkai.core.rollup import Duplicate, Unit, WrongForm, residuals, roll_up

NEW, OLD = form("format-2021"), form("format-2019")
RECEIVED = Place("requests", "new", "natural")
FEES = Place("proactive", "charge", "amount")
PURCHASES = Place("proactive", "procurement", "amount")
CHANGE = Place("proactive", "license", "delta")


def unit(key, cells, level="", which=NEW):
    return Unit(key, key, FilledForm(which, cells), level)


places = st.sampled_from(NEW.places[:40])
cells = st.one_of(
    st.none().map(cell_of),
    st.just(Cell(State.UNREADABLE, raw="00")),
    st.decimals(-100, 10**6, places=2).map(cell_of),
    st.decimals(0, 10**6, places=4).map(lambda value: cell_of(value, unit="元")),
)
filled = st.dictionaries(places, cells, max_size=6)
units = st.lists(
    st.tuples(st.uuids().map(str), filled, st.sampled_from(["本级", "甲县", "乙县"])),
    max_size=6,
    unique_by=lambda item: item[0],
).map(lambda items: [unit(*item) for item in items])


@given(units, st.randoms())
def test_the_order_of_the_units_does_not_matter(given_units, random):
    shuffled = list(given_units)
    random.shuffle(shuffled)
    assert roll_up(NEW, shuffled) == roll_up(NEW, given_units)
    assert roll_up(NEW, shuffled).filled() == roll_up(NEW, given_units).filled()


@given(units, st.integers(0, 6), st.integers(0, 6))
def test_sums_of_sums_are_the_sum_of_all(given_units, first, second):
    first, second = sorted((first, second))
    a, b, c = (
        roll_up(NEW, part)
        for part in (given_units[:first], given_units[first:second], given_units[second:])
    )
    whole = roll_up(NEW, given_units)
    assert a.merged(b).merged(c) == a.merged(b.merged(c)) == whole
    assert b.merged(a) == a.merged(b)


@given(units)
def test_levels_and_units_account_for_every_sum(given_units):
    total = roll_up(NEW, given_units)
    for place in NEW.places[:40]:
        shares = [share.value for share in total.shares(place) if share.value is not None]
        assert sum(shares) == (total.sum(place) or 0) == sum(total.by_level(place).values())
        assert len(shares) + len(total.silent(place)) == len(given_units)


def test_a_place_that_nobody_filled_stays_blank():
    total = roll_up(NEW, [unit("甲", {}), unit("乙", {RECEIVED: cell_of(None)})])
    assert total.sum(RECEIVED) is None
    assert total.filled()[RECEIVED].state is State.BLANK


def test_noughts_add_up_to_nought_and_not_to_a_blank():
    total = roll_up(NEW, [unit("甲", {RECEIVED: cell_of(0)}), unit("乙", {})])
    assert total.filled()[RECEIVED].state is State.ZERO


def test_who_is_missing_and_who_is_silent_is_told():
    total = roll_up(
        NEW, [unit("甲", {RECEIVED: cell_of(3)}), unit("乙", {})], expected={"甲", "乙", "丙"}
    )
    assert total.missing == ("丙",)
    assert total.silent(RECEIVED) == ("乙",)


def test_the_breakdown_by_level_is_kept():
    total = roll_up(
        NEW,
        [
            unit("县府办", {RECEIVED: cell_of(3)}, "本级"),
            unit("水务局", {RECEIVED: cell_of(4)}, "本级"),
            unit("东乡", {RECEIVED: cell_of(5)}, "乡镇"),
        ],
    )
    assert total.by_level(RECEIVED) == {"本级": 7, "乡镇": 5}
    assert [(s.unit, s.value) for s in total.shares(RECEIVED)] == [
        ("东乡", 5),
        ("县府办", 3),
        ("水务局", 4),
    ]


def test_money_printed_in_yuan_is_added_in_the_unit_of_the_form():
    total = roll_up(
        NEW, [unit("甲", {FEES: cell_of("1.5")}), unit("乙", {FEES: cell_of(25000, unit="元")})]
    )
    assert (total.sum(FEES), total.unit(FEES)) == (Decimal("4.0"), "万元")


def test_where_the_form_is_silent_money_is_added_in_yuan():
    given_units = [
        unit("甲", {PURCHASES: cell_of("1.5", unit="万元")}, which=OLD),
        unit("乙", {PURCHASES: cell_of(250, unit="元")}, which=OLD),
    ]
    total = roll_up(OLD, given_units)
    assert (total.sum(PURCHASES), total.unit(PURCHASES)) == (Decimal(15250), "元")


def test_money_without_any_unit_is_added_to_nothing_that_has_one():
    given_units = [
        unit("甲", {PURCHASES: cell_of(7, unit="万元")}, which=OLD),
        unit("乙", {PURCHASES: cell_of(3540273)}, which=OLD),
        unit("丙", {PURCHASES: cell_of(5, unit="元")}, which=OLD),
    ]
    total = roll_up(OLD, given_units)
    assert total.silent(PURCHASES) == ("乙",)
    assert total.sum(PURCHASES) == 70005


def test_changes_keep_their_sign():
    total = roll_up(
        OLD,
        [
            unit("甲", {CHANGE: cell_of(-657)}, which=OLD),
            unit("乙", {CHANGE: cell_of(7)}, which=OLD),
        ],
    )
    assert total.sum(CHANGE) == -650


def test_a_row_that_a_place_added_itself_is_added_up_too():
    local = Place("proactive", "local:其他主动公开文件", "issued")
    total = roll_up(NEW, [unit("甲", {local: cell_of(186)}), unit("乙", {local: cell_of(14)})])
    assert total.filled().value(local) == 200


def test_a_unit_that_comes_twice_is_refused():
    with pytest.raises(Duplicate, match="水务局"):
        roll_up(NEW, [unit("水务局", {}), unit("水务局", {})])


def test_a_unit_with_another_form_is_refused():
    with pytest.raises(WrongForm, match="2019"):
        roll_up(NEW, [unit("水务局", {}, which=OLD)])
    with pytest.raises(WrongForm):
        roll_up(NEW, []).merged(roll_up(OLD, [unit("水务局", {}, which=OLD)]))


def test_a_gap_to_the_governments_own_report_is_explained_by_who_is_missing():
    total = roll_up(
        NEW, [unit("甲", {RECEIVED: cell_of(3)}), unit("乙", {})], expected={"甲", "乙", "丙"}
    )
    reported = FilledForm(NEW, {RECEIVED: cell_of(5)})
    [residual] = residuals(reported, total)
    assert (residual.gap, residual.explained) == (2, True)
    assert "1 个单位没有报，1 个单位此格没有数" in str(residual)


def test_units_that_have_more_than_their_government_are_not_explained_away():
    total = roll_up(NEW, [unit("甲", {RECEIVED: cell_of(7)})], expected={"甲", "丙"})
    [residual] = residuals(FilledForm(NEW, {RECEIVED: cell_of(5)}), total)
    assert (residual.gap, residual.explained) == (-2, False)
    assert "没有报" not in str(residual)


def test_a_report_that_is_the_sum_of_its_units_leaves_nothing_over():
    total = roll_up(NEW, [unit("甲", {RECEIVED: cell_of(2)}), unit("乙", {RECEIVED: cell_of(3)})])
    assert list(residuals(total.filled(), total)) == []
    assert list(residuals(FilledForm(NEW), total)) == []
