"""The reference page is what the data says."""

from tests.conftest import ROOT

from gongkai.core.checks import rules
from gongkai.core.checks.reference import markdown


def test_the_reference_page_is_up_to_date():
    page = (ROOT / "docs" / "reference" / "checks.md").read_text("utf-8")
    assert page == markdown(), "run: gongkai check --rules > docs/reference/checks.md"


def test_every_rule_is_on_the_page():
    page = markdown()
    assert [key for key in rules() if f"`{key}`" not in page] == []
