"""Code lists agree with the forms and the law they point to."""

from datetime import date

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from gongkai.core import codes, fees
from gongkai.core.codes import UnknownCode
from gongkai.law import LAW


def row_keys(form: str) -> set[str]:
    """Every key in the file of a form and in the tables that it uses."""
    keys: set[str] = set()

    def walk(node):
        if isinstance(node, dict):
            if isinstance(node.get("key"), str):
                keys.add(node["key"])
            for value in node.values():
                walk(value)
        elif isinstance(node, list):
            for value in node:
                walk(value)

    for path in [LAW / "forms" / f"{form}.yaml", *(LAW / "forms" / "tables").glob("*.yaml")]:
        walk(yaml.safe_load(path.read_text("utf-8")))
    return keys


@pytest.mark.parametrize("form", ["stat65-2014", "format-2019", "format-2021"])
def test_every_ground_points_to_a_row_that_the_form_has(form):
    rows = {ground.row(form) for ground in codes.grounds().values()} - {None}
    assert rows <= row_keys(form)


def test_every_row_of_outcomes_has_a_ground():
    leaves = {
        key
        for key in row_keys("format-2021")
        if key.startswith(("d_", "u_", "n_", "o_")) or key in ("granted", "partial")
    }
    assert leaves == {ground.row("format-2021") for ground in codes.grounds().values()} - {None}


@pytest.mark.parametrize(
    ("key", "day", "first"),
    [
        pytest.param("secret", date(2024, 1, 1), True, id="a refusal of 2024"),
        pytest.param("secret", date(2023, 12, 31), False, id="a refusal of 2023"),
        pytest.param("process", date(2025, 6, 1), True, id="deliberations"),
        pytest.param("partial", date(2025, 6, 1), True, id="a refusal in part"),
        pytest.param("query", date(2025, 6, 1), False, id="a special register"),
        pytest.param("not-existing", date(2025, 6, 1), False, id="nothing there"),
        pytest.param("petition", date(2025, 6, 1), False, id="a petition"),
        pytest.param("unanswered", date(2025, 6, 1), False, id="silence, until the courts agree"),
    ],
)
def test_reconsideration_comes_first_where_information_was_withheld(key, day, first):
    assert bool(codes.ground(key).reconsideration_first(day)) is first


def test_a_ground_knows_its_article_of_each_time():
    ground = codes.ground("not-existing")
    assert (
        str(ground.article(date(2018, 6, 1)))
        == "《政府信息公开条例》（2007年）第二十一条第（三）项"
    )
    assert str(ground.article(date(2020, 6, 1))) == "《政府信息公开条例》第三十六条第（四）项"
    assert codes.ground("asked-to-amend").article(date(2020, 6, 1)) is None
    assert codes.ground("withdrawn").article(date(2020, 6, 1)) is None


def test_the_likeness_of_eras_starts_and_ends_in_rows_that_exist():
    older, newer = row_keys("stat65-2014"), row_keys("format-2021")
    for key, era in codes.eras().items():
        assert key in older
        for target in era.to:
            group, _, column = target.partition(".")
            assert group in newer, target
            assert not column or column in newer, target


def test_exemptions_rest_on_grounds():
    assert {entry.ground for entry in codes.exemptions().values()} <= codes.grounds().keys()


def test_other_lists_are_complete():
    assert list(codes.applicants()) == ["natural", "biz", "research", "ngo", "legal", "other_org"]
    columns = {outcome.column for outcome in codes.remedy_outcomes().values()}
    assert columns == {"upheld", "corrected", "other", "pending"}
    assert codes.review_bodies()["province"].then
    with pytest.raises(UnknownCode, match="没有“x”"):
        codes.ground("x")


def test_what_may_be_charged_changed_with_the_law():
    assert fees.regime(date(2018, 1, 1)).value.items == ("检索", "复制", "邮寄")
    assert fees.regime(date(2024, 1, 1)).value.kind == "processing"
    assert fees.waiver(date(2018, 1, 1)).reference.article == 28
    assert fees.waiver(date(2024, 1, 1)) is None
    assert not fees.page(date(2024, 1, 1)).confirmed
    assert fees.by_page(31, date(2024, 1, 1)).as_dict()["steps"] == [
        "第1—30页：不收费",
        "第31页：1页×10元=10元",
    ]


@pytest.mark.parametrize(
    "band",
    [
        pytest.param({"from_": 5, "rate": 1, "to": 4}, id="a band that ends before it begins"),
        pytest.param({"from_": 5, "rate": 1, "to": 9, "every": 2}, id="an end to what goes on"),
        pytest.param({"from_": 5, "rate": 1, "every": 0}, id="steps of nothing"),
    ],
)
def test_a_tariff_that_makes_no_sense_is_refused(band):
    with pytest.raises(ValueError, match=r"档次|every"):
        fees.Band(**band)


@given(st.integers(0, 400), st.integers(0, 400))
def test_splitting_a_month_does_not_change_what_it_costs(first, second):
    day = date(2024, 6, 1)
    together = fees.by_item(first + second, day).yuan
    assert fees.by_item(first, day).yuan + fees.by_item(second, day, before=first).yuan == together


@given(st.integers(0, 3000))
def test_the_next_page_never_costs_less_than_the_one_before(pages):
    day = date(2024, 6, 1)
    one, two, three = (fees.by_page(pages + more, day).yuan for more in range(3))
    assert three - two >= two - one >= 0
