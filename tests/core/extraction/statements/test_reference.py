from tests.conftest import ROOT

from gongkai.core.extraction.statements.reference import REPORTS, markdown

PAGE = ROOT / "docs" / "reference" / "statements.md"


def test_the_page_of_figures_read_and_missed_is_the_one_the_program_makes(seeds):
    assert PAGE.read_text("utf-8") == markdown(seeds), (
        "run: python -m gongkai.core.extraction.statements.reference ../shared/seeds > docs/reference/statements.md"
    )


def test_the_page_shows_the_three_reports_and_over_150_figures_of_the_first():
    page = PAGE.read_text("utf-8")
    assert all(f"\n## {key}: " in page for key in REPORTS)
    first = page.split("\n## X: ")[1].split("\n## ")[0]
    assert first.count("\n| ") > 150
