"""What is printed reads back: any filled form of any era, in every format with tables."""

import pytest
from hypothesis import Phase, given, settings
from tests.core.rendering.issued import known, report, reports

from gongkai.core.extraction.reader import read_bytes
from gongkai.core.forms import forms
from gongkai.core.rendering import glyphs, render

PRINTED = ("html", "docx", "xlsx", "pdf")
WITH_TABLES = [official.key for official in forms() if official.tables]


class Sample:
    """A report that is shown by its title when a test fails: hundreds of cells tell nobody anything."""

    def __init__(self, report):
        self.report = report

    def __repr__(self):
        return repr(self.report)


@pytest.mark.parametrize("key", WITH_TABLES)
@pytest.mark.parametrize("extension", PRINTED)
def test_a_filled_form_reads_back_to_the_same_form(extension, key):
    if extension == "pdf" and not glyphs.COVERAGE.is_file():
        pytest.skip("the typefaces are not built; run: python frontend/fonts.py")

    @settings(
        max_examples=12, deadline=None, phases=[Phase.generate]
    )  # the difference is telling enough
    @given(reports([key]).map(Sample))
    def reads_back(sample):
        made = sample.report
        reading = read_bytes(render(made, extension), f"年报.{extension}")
        assert reading.form is made.kind
        assert known(reading.filled()) == known(made.form)
        assert (reading.year, reading.agency) == (made.year, made.agency)

    reads_back()


@pytest.mark.parametrize("extension", PRINTED)
def test_a_report_of_prose_alone_reads_back_without_a_table(extension):
    made = report("narrative-2008")
    reading = read_bytes(render(made, extension), f"年报.{extension}")
    assert not reading.cells
    assert (reading.year, reading.agency) == (made.year, made.agency)
