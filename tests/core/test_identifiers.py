"""Numbers that carry their own proof."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.core.identifiers import (
    ALPHABET,
    Fault,
    check_credit_code,
    check_identity_number,
    check_organisation_code,
    compact,
    is_sole_trader,
    organisation_check_digit,
    organisation_code,
)

GOOD_ORGANISATION_CODES = [
    "000014349",
    "014416330",
    "014560025",
    "053533505",
    "003192490",
    "00835003X",
]
GOOD_CREDIT_CODES = [
    "12620600MB0523338C",
    "11441700007280420Y",
    "11370812004339255B",
    "11370322004222241N",
]


@pytest.mark.parametrize("code", GOOD_ORGANISATION_CODES)
def test_codes_of_real_offices_are_right(code):
    assert check_organisation_code(code)


@pytest.mark.parametrize("code", GOOD_CREDIT_CODES)
def test_credit_codes_of_real_offices_are_right_with_the_code_inside(code):
    assert check_credit_code(code)
    assert check_organisation_code(organisation_code(code))


@pytest.mark.parametrize(
    ("code", "sentence"),
    [
        pytest.param("0142768-8", "01427688位数不对", id="one digit short on a real page"),
        pytest.param("035210000", "035210000校验位不对（应为 8）", id="wrong on a real page"),
        pytest.param("0352中0000", "0352中0000含有不允许的字符", id="a Chinese character"),
    ],
)
def test_a_wrong_organisation_code_says_what_is_wrong(code, sentence):
    assert str(check_organisation_code(code)) == sentence


@pytest.mark.parametrize(
    ("code", "faults"),
    [
        pytest.param("1144170000728042", (Fault.LENGTH,), id="too short"),
        pytest.param("11441700007280420I", (Fault.CHARACTER,), id="a letter that is not used"),
        pytest.param("11A41700007280420Y", (Fault.CHARACTER,), id="a letter in the region"),
        pytest.param("11441700007280420X", (Fault.CHECK_DIGIT,), id="a wrong check digit"),
        pytest.param(
            "11441700007280430Y", (Fault.CHECK_DIGIT, Fault.ORGANISATION), id="a slip inside"
        ),
    ],
)
def test_a_wrong_credit_code_says_what_is_wrong(code, faults):
    verdict = check_credit_code(code)
    assert (verdict.faults, bool(verdict)) == (faults, False)


def test_a_sole_trader_has_no_organisation_code():
    body = "92110105MA00000010"[:17]
    good = next(
        verdict for digit in ALPHABET if (verdict := check_credit_code(body + digit)) or False
    )
    assert is_sole_trader(good.number)
    assert not is_sole_trader(GOOD_CREDIT_CODES[0])


@pytest.mark.parametrize(
    ("number", "faults"),
    [
        pytest.param("11010519491231002X", (), id="the sample of the standard"),
        pytest.param("11010519491231002x", (), id="a small x"),
        pytest.param("１１０１０５１９４９１２３１００２Ｘ", (), id="full-width digits"),
        pytest.param("110105194912310021", (Fault.CHECK_DIGIT,), id="a wrong check digit"),
        pytest.param("11010519491331002X", (Fault.CHECK_DIGIT, Fault.BIRTH), id="month thirteen"),
        pytest.param("99999919491231002X", (Fault.CHECK_DIGIT, Fault.REGION), id="no such region"),
        pytest.param("1101051949123100", (Fault.LENGTH,), id="too short"),
        pytest.param("1101051949123100ZX", (Fault.CHARACTER,), id="letters"),
        pytest.param("11010519491231002A", (Fault.CHARACTER,), id="another last letter"),
    ],
)
def test_an_identity_number_is_proved_by_its_last_digit(number, faults):
    assert check_identity_number(number).faults == faults


def test_nobody_is_born_tomorrow():
    verdict = check_identity_number("11010519491231002X", today=date(1949, 12, 30))
    assert verdict.faults == (Fault.BIRTH,)


@given(st.text(ALPHABET, min_size=8, max_size=8))
def test_every_body_has_one_check_digit_and_a_single_slip_shows(body):
    code = body + organisation_check_digit(body)
    assert check_organisation_code(code)
    for place, character in enumerate(body):
        slip = "1" if character == "0" else "0"
        # 0 and B weigh the same modulo eleven, and so on: only a change of weight shows
        if (ALPHABET.index(slip) - ALPHABET.index(character)) % 11:
            assert not check_organisation_code(code[:place] + slip + code[place + 1 :])


@given(st.text(max_size=40))
def test_whatever_is_written_there_is_judged_and_nothing_breaks(text):
    for check in (check_organisation_code, check_credit_code, check_identity_number):
        verdict = check(text)
        assert verdict.number == compact(text)
        assert str(verdict)


def test_a_county_that_never_was_is_a_fault_and_no_crash():
    assert Fault.REGION in check_identity_number("119999195002010006").faults
