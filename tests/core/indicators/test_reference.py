from tests.conftest import ROOT

from gongkai.core.indicators.reference import markdown


def test_the_page_of_indicators_is_the_one_the_program_makes():
    page = (ROOT / "docs" / "reference" / "indicators.md").read_text("utf-8")
    assert page == markdown(), (
        "run: python -m gongkai.core.indicators.reference > docs/reference/indicators.md"
    )
