import io
from dataclasses import replace

import pdfplumber
import pypdf
import pypdfium2
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.core.rendering.issued import HOSTILE, hostile_report, report

from gongkai.core.forms import Place, cell_of, forms
from gongkai.core.rendering import Chapter, MissingGlyphs, glyphs, render

pytestmark = pytest.mark.skipif(
    not glyphs.COVERAGE.is_file(),
    reason="the typefaces are not built; run: python frontend/fonts.py",
)


def words(data):
    with pypdfium2.PdfDocument(data) as document:
        text = "".join(page.get_textpage().get_text_range() for page in document)
    return "".join(text.split())


def prose(text):
    return report(chapters=(Chapter.of("一、总体情况", text),))


@pytest.mark.parametrize("official", forms(), ids=lambda f: f.key)
def test_every_word_of_a_form_can_be_printed(official):
    labels = [official.title]
    for table in official.tables:
        labels += [table.title, table.note or "", table.number_label or "", table.no_unit or ""]
        for section in table.sections:
            labels += [section.title or "", section.corner or ""]
            for part in (*section.columns, *section.rows):
                labels += [part.label, part.group or "", part.unit or ""]
    assert glyphs.missing(labels) == ""


def test_the_signs_of_official_prose_and_all_of_gbk_can_be_printed():
    assert glyphs.missing("〔〕“”‘’—…·《》①⑳㎡℃№‰Ⅻ○〇＋－×÷≤≥") == ""
    hanzi = (bytes((a, b)) for a in range(0x81, 0xFE) for b in range(0x40, 0xFE))
    text = "".join(pair.decode("gbk", "ignore") for pair in hanzi)
    han = [char for char in text if "\u4e00" <= char <= "\u9fff"]
    assert len(han) > 20_000
    assert glyphs.missing(han) == ""


@pytest.mark.parametrize("name", ["镕", "喆", "堃", "昇", "㛃", "䶮", "𬱖", "𬭎"])
def test_a_rare_character_of_a_name_is_printed(name):
    assert name in words(render(prose(f"由{name}同志负责。"), "pdf"))


@pytest.mark.parametrize("text", ["好消息😀", "藏文ཀ", "私用\ue000"])
def test_a_character_that_would_be_an_empty_box_is_refused_by_name(text):
    with pytest.raises(MissingGlyphs, match=f"U\\+{ord(text[-1]):04X}"):
        render(prose(text), "pdf")


def test_a_character_missing_from_a_heading_is_refused_too():
    with pytest.raises(MissingGlyphs, match="U\\+1F600"):
        render(report(title="年报😀"), "pdf")


def test_the_text_layer_copies_exactly():
    text = "全年公开2603条，占74.5%；“三安全一稳定”——〔2024〕5号①，办公用房3㎡。"
    assert text in words(render(prose(text), "pdf"))


def test_what_people_wrote_is_never_read_as_markup():
    text = words(render(hostile_report(), "pdf"))
    assert "#panic()#letx=1$x^2$*粗*_斜_@引<标签>//注/*注*/\\`码`" in text
    assert "<script>alert(1)</script>&nbsp;" in text
    assert "{{7*7}}{%raw%}" in text


def test_the_faces_are_embedded_and_their_weights_are_right():
    reader = pypdf.PdfReader(io.BytesIO(render(report(), "pdf")))
    names = {
        str(font["/BaseFont"]).partition("+")[2]
        for page in reader.pages
        for font in (ref.get_object() for ref in page["/Resources"]["/Font"].values())
    }
    assert names == {"NotoSerifSC-Regular", "NotoSerifSC-Bold", "NotoSansSC-Medium"}


def test_the_file_is_tagged_outlined_and_says_its_language_and_title():
    reader = pypdf.PdfReader(io.BytesIO(render(report(), "pdf")))
    root = reader.root_object
    assert root["/MarkInfo"]["/Marked"]
    assert str(root["/Lang"]).lower().startswith("zh")
    assert reader.metadata.title == report().title
    (title,) = [item for item in reader.outline if not isinstance(item, list)]
    (chapters,) = [item for item in reader.outline if isinstance(item, list)]
    assert title.title.startswith("云川市人民政府")
    assert "一、总体情况" in [item.title for item in chapters if not isinstance(item, list)]
    (standard,) = [line for line in reader.xmp_metadata.stream.get_data().decode().split("<") if "pdfuaid:part" in line][:1]  # fmt: skip
    assert "1" in standard


def test_glyphs_are_ink_and_not_boxes():
    """Two different characters must not look alike, as two empty boxes would."""
    pictures = set()
    for char in "公开信息报告镕喆":
        with pypdfium2.PdfDocument(render(prose(char * 8), "pdf")) as document:
            pictures.add(document[0].render(scale=1).to_pil().tobytes())
    assert len(pictures) == 8


def test_the_same_report_gives_the_same_file():
    assert render(report(), "pdf") == render(report(), "pdf")


@pytest.mark.parametrize("digits", [5, 9, 12])
def test_long_figures_stay_inside_their_cells(digits):
    """Each figure's ink must lie between the lines of its own cell."""
    big = int("9" * digits)
    figures = {f"requests/new/{c}": big for c in ("natural", "biz", "research", "ngo", "total")}
    with pdfplumber.open(io.BytesIO(render(report(figures=figures), "pdf"))) as document:
        cells = [
            cell
            for page in document.pages
            for table in page.extract_tables()
            for row in table
            for cell in row
        ]
    assert cells.count(str(big)) == 5


@settings(max_examples=25, deadline=None)
@given(st.text(max_size=80))
def test_any_text_is_either_printed_or_refused(text):
    made = prose(text)
    lacking = glyphs.missing(made.texts())
    if lacking:
        with pytest.raises(MissingGlyphs):
            render(made, "pdf")
    else:
        assert render(made, "pdf").startswith(b"%PDF-")


def test_a_unit_and_an_unreadable_figure_are_looked_at_too():
    place = Place("proactive", "rules", "made")
    made = report("format-2019")
    odd = made.form.with_cell(place, cell_of(3, unit="😀"))
    with pytest.raises(MissingGlyphs):
        render(replace(made, form=odd), "pdf")


def test_hostile_samples_hold_nothing_that_cannot_be_printed():
    assert glyphs.missing(hostile_report().texts()) == ""
    assert len(HOSTILE) > 10
