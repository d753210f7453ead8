"""The sums of the forms: what holds, what does not, and what nobody can say."""

from decimal import Decimal

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gongkai.core.checks.lines import lines
from gongkai.core.checks.relations import Verdict, judge, sentence
from gongkai.core.checks.stack import Stack, judge_stack, stack_places
from gongkai.core.forms import Cell, FilledForm, Place, State, cell_of, form

NEW, OLD, STAT = form("format-2021"), form("format-2019"), form("stat65-2014")
FORMS = (NEW, OLD, STAT)
UNREAD = Cell(State.UNREADABLE, raw="0000", reason="连在一起")


def filled(which, **values):
    """A form with `table__row__column=value` in it."""
    cells = {
        Place(*name.split("__")): value if isinstance(value, Cell) else cell_of(value)
        for name, value in values.items()
    }
    return FilledForm(which, cells)


def stat(**rows):
    return filled(STAT, **{f"stat65__{row}__value": value for row, value in rows.items()})


def natural(which=NEW, **rows):
    return filled(which, **{f"requests__{row}__natural": value for row, value in rows.items()})


def verdict(one, relation, key=None, previous=None):
    found = [
        j
        for j in judge(one, previous)
        if j.line.relation.id == relation and key in {None, j.line.key}
    ]
    return found[0]


def test_parts_that_do_not_add_up_are_spelled_out_on_both_sides():
    one = filled(
        NEW,
        remedies__recon__upheld=95,
        remedies__recon__corrected=13,
        remedies__recon__other=3,
        remedies__recon__pending=7,
        remedies__recon__total=119,
    )
    judgement = verdict(one, "remedies.total", "recon")
    assert judgement.verdict is Verdict.BROKEN
    assert (str(judgement.left), str(judgement.right)) == ("119", "95 + 13 + 3 + 7 = 118")
    assert "相差 1" in sentence(judgement, one)


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        pytest.param({}, Verdict.SILENT, id="nobody has said anything"),
        pytest.param(
            {"lit_total": 1, "lit_upheld": 1}, Verdict.HOLDS, id="blank parts are nothing"
        ),
        pytest.param({"lit_upheld": 1}, Verdict.TOTAL_BLANK, id="the total was left out"),
        pytest.param({"lit_upheld": 0}, Verdict.SILENT, id="no total is needed for nothing"),
        pytest.param({"lit_total": 3}, Verdict.PARTS_BLANK, id="the parts were left out"),
        pytest.param({"lit_total": 0}, Verdict.SILENT, id="nothing has no parts"),
        pytest.param({"lit_total": 3, "lit_other": 2}, Verdict.BROKEN, id="one is missing"),
        pytest.param(
            {"lit_total": 3, "lit_other": UNREAD}, Verdict.UNREADABLE, id="what cannot be read"
        ),
    ],
)
def test_a_blank_is_not_a_zero(cells, expected):
    assert verdict(stat(**cells), "stat65.litigation").verdict is expected


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        pytest.param({"new": 9, "carried_in": 1, "result_total": 10}, Verdict.HOLDS, id="balanced"),
        pytest.param(
            {"new": 9, "result_total": 10}, Verdict.BROKEN, id="one case came from nowhere"
        ),
        pytest.param({"new": 9, "carried_out": 0}, Verdict.TOTAL_BLANK, id="no total of results"),
        pytest.param({"new": 9}, Verdict.TOTAL_BLANK, id="received and never heard of again"),
    ],
)
def test_received_and_carried_in_balance_with_done_and_carried_out(cells, expected):
    assert verdict(natural(**cells), "requests.balance", "natural").verdict is expected


def test_other_handling_printed_in_one_row_counts_once():
    single = natural(other=4, result_total=4)
    split = natural(other=4, o_other=4, result_total=4)
    broken = natural(other=4, o_other=3, result_total=4)
    verdicts = [
        verdict(one, "requests.results", "natural").verdict for one in (single, split, broken)
    ]
    assert verdicts == [Verdict.HOLDS, Verdict.HOLDS, Verdict.BROKEN]


def test_the_one_row_of_other_handling_is_summed_over_applicants_too():
    one = filled(NEW, requests__other__natural=3, requests__other__total=4)
    assert verdict(one, "requests.applicants", "other").verdict is Verdict.BROKEN


def test_a_row_that_only_carries_a_title_is_not_judged():
    keys = {line.key for line in lines(NEW) if line.relation.id == "requests.applicants"}
    assert "other" in keys
    assert keys.isdisjoint({"result", "denied", "unable", "notproc"})


def test_what_is_merely_improbable_needs_both_sides():
    assert (
        verdict(stat(proactive_normative=3), "stat65.normative.issued_normative").verdict
        is Verdict.SILENT
    )
    assert (
        verdict(
            stat(proactive_normative=3, issued_normative=2), "stat65.normative.issued_normative"
        ).verdict
        is Verdict.BROKEN
    )


def test_last_year_is_only_asked_when_it_is_there():
    now = natural(carried_in=4)
    assert not [j for j in judge(now) if j.line.relation.crosses_years]
    ids = "requests.carried", "natural"
    assert verdict(now, *ids, previous=natural(carried_out=4)).verdict is Verdict.HOLDS
    assert verdict(now, *ids, previous=natural(carried_out=5)).verdict is Verdict.BROKEN
    assert verdict(now, *ids, previous=natural()).verdict is Verdict.SILENT


def test_last_year_may_have_used_the_form_before():
    now, before = natural(carried_in=4), natural(OLD, carried_out=5)
    assert verdict(now, "requests.carried", "natural", before).verdict is Verdict.BROKEN
    assert verdict(now, "proactive.valid", "normative", before).verdict is Verdict.SILENT


def test_a_change_of_items_may_be_negative():
    before = filled(OLD, proactive__license__prev_items=1259, proactive__license__delta=-657)
    now = filled(OLD, proactive__license__prev_items=600)
    judgement = verdict(now, "proactive.items", "license", before)
    assert judgement.verdict is Verdict.BROKEN
    assert str(judgement.right) == "1259 - 657 = 602"


few = st.integers(0, 2).map(cell_of)
numbers = st.one_of(
    st.none(),
    st.just(UNREAD),
    st.integers(0, 4).map(cell_of),
    st.decimals(0, 50, places=2).map(cell_of),
    st.integers(-2, 10**9).map(cell_of),
)


@st.composite
def filled_forms(draw, which):
    """Few cells by chance, and the total of some line set right so that some sums hold."""
    places = stack_places(which)
    cells = {}
    for line in draw(st.lists(st.sampled_from(lines(which)), max_size=6, unique=True)):
        parts = [s.place for s in line.right if s.place in places]
        chosen = draw(st.lists(st.sampled_from(parts), max_size=5, unique=True))
        cells.update({place: draw(numbers) for place in chosen})
        known = [cells.get(place) for place in parts]
        total = sum((c.value for c in known if c and c.value is not None), Decimal(0))
        cells[line.left[0].place] = draw(st.one_of(st.just(cell_of(total)), numbers))
    return FilledForm(which, {place: cell for place, cell in cells.items() if cell})


@st.composite
def stacks(draw):
    which, before = draw(st.sampled_from(FORMS)), draw(st.sampled_from((*FORMS, None)))
    now, then = [], []
    for _ in range(draw(st.integers(1, 4))):
        now.append(draw(filled_forms(which)))
        then.append(draw(filled_forms(before)) if before else None)
        if before and (across := [line for line in lines(which) if line.relation.crosses_years]):
            for line in draw(st.lists(st.sampled_from(across), max_size=3)):
                for summand in line.left + line.right:
                    forms = then if summand.previous else now
                    if summand.place in forms[-1].form:
                        forms[-1] = forms[-1].with_cell(summand.place, draw(few))
    return which, now, before, then if before else []


@settings(max_examples=150, deadline=None)
@given(stacks())
def test_a_thousand_forms_at_once_are_judged_like_each_alone(drawn):
    which, now, before_form, before = drawn
    previous = Stack.of(before_form, before) if before_form else None
    judged, verdicts = judge_stack(Stack.of(which, now), previous)
    for index, one in enumerate(now):
        alone = list(judge(one, before[index] if before else None))
        assert tuple(j.line for j in alone) == judged
        assert [j.verdict for j in alone] == list(verdicts[:, index])


def test_a_stack_longer_than_a_block_is_judged_to_its_end():
    broken = stat(lit_total=3, lit_other=2)
    judged, verdicts = judge_stack(Stack.of(STAT, [stat(), broken] * 1500))
    line = [line.relation.id for line in judged].index("stat65.litigation")
    assert np.array_equal(verdicts[line], [Verdict.SILENT, Verdict.BROKEN] * 1500)


def test_forms_of_two_kinds_do_not_stack():
    with pytest.raises(ValueError, match="2014"):
        Stack.of(NEW, [stat()])
