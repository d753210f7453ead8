"""The words of a report are the same in whatever format one opens it."""

import io
import json

import docx
import lxml.html
import openpyxl
import pypdfium2
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from tests.core.rendering.issued import HOSTILE, PROSE, report

from gongkai.core.forms import forms
from gongkai.core.rendering import Chapter, glyphs, render


def words_of_html(data):
    return lxml.html.document_fromstring(data.decode()).text_content()


def words_of_docx(data):
    return "".join(paragraph.text for paragraph in docx.Document(io.BytesIO(data)).paragraphs)


def words_of_pdf(data):
    with pypdfium2.PdfDocument(data) as document:
        pages = [page.get_textpage().get_text_range() for page in document]
    numbered = [page.rpartition("—")[0].rpartition("—")[0] for page in pages]
    return "".join(numbered)


def words_of_xlsx(data):
    sheet = openpyxl.load_workbook(io.BytesIO(data))["正文"]
    return "".join(str(row[0] or "") for row in sheet.iter_rows(values_only=True))


def words_of_json(data):
    chapters = json.loads(data)["chapters"]
    return "".join(c["heading"] + "".join(b["text"] for b in c["blocks"]) for c in chapters)


WORDS = {
    "html": words_of_html,
    "docx": words_of_docx,
    "pdf": words_of_pdf,
    "xlsx": words_of_xlsx,
    "json": words_of_json,
}
FORMS = [official.key for official in forms()]


def solid(text):
    return "".join(text.split())


@pytest.mark.parametrize("extension", WORDS)
@settings(max_examples=20, deadline=None)
@given(
    key=st.sampled_from(FORMS),
    text=st.lists(PROSE, min_size=1, max_size=12).map("\n".join),
)
@example(key="format-2021", text="\n".join(HOSTILE))
@example(key="stat65-2014", text="公开" * 3000)
@example(key="narrative-2008", text="（一）主动公开\n1.网站\n全年公开8335条，占74.5%。")
def test_the_narrative_reads_the_same(extension, key, text):
    if extension == "pdf" and not glyphs.COVERAGE.is_file():
        pytest.skip("the typefaces are not built; run: python frontend/fonts.py")
    made = report(key, chapters=(Chapter.of("一、概述", text),))
    words = solid(WORDS[extension](render(made, extension)))
    assert solid(made.title) in words or extension == "json"
    for block in made.chapters[0].blocks:
        assert solid(block.text) in words
