import io
import zipfile

import docx
import pytest
from docx.oxml.ns import qn
from lxml import etree
from tests.core.rendering.issued import hostile_report, report

from gongkai.core.rendering import Chapter, render


def opened(made):
    return docx.Document(io.BytesIO(render(made, "docx")))


@pytest.fixture(scope="module")
def document():
    return opened(report("format-2021", {"requests/new/natural": 10}))


def test_the_page_is_that_of_an_official_document(document):
    section = document.sections[0]
    millimetres = [round(x.mm) for x in (section.page_width, section.page_height, section.top_margin, section.left_margin)]  # fmt: skip
    assert millimetres == [210, 297, 37, 28]
    text_width = section.page_width - section.left_margin - section.right_margin
    assert round(text_width / 36000) == 156


def test_headings_are_real_headings(document):
    styles = {p.text: p.style.name for p in document.paragraphs}
    assert styles["一、总体情况"] == "Heading 1"
    assert styles["（一）主动公开"] == "Heading 2"
    assert styles["全年主动公开政府信息2603条。"] == "Body Text"
    assert document.paragraphs[0].style.name == "Title"


@pytest.mark.parametrize(
    ("style", "face"),
    [
        ("Title", "方正小标宋简体"),
        ("Heading 1", "黑体"),
        ("Heading 2", "楷体"),
        ("Body Text", "仿宋"),
        ("Report Table", "宋体"),
    ],
)
def test_every_style_names_its_chinese_face(document, style, face):
    fonts = document.styles[style].element.rPr.rFonts
    assert fonts.get(qn("w:eastAsia")) == face
    assert fonts.get(qn("w:eastAsiaTheme")) is None


def test_each_face_has_stand_ins_for_where_it_is_not_installed():
    with zipfile.ZipFile(io.BytesIO(render(report(), "docx"))) as archive:
        fonts = etree.fromstring(archive.read("word/fontTable.xml"))
    stand_ins = {
        font.get(qn("w:name")): font.find(qn("w:altName")).get(qn("w:val"))
        for font in fonts
        if font.find(qn("w:altName")) is not None
    }
    assert "仿宋_GB2312" in stand_ins["仿宋"]
    assert "华文中宋" in stand_ins["方正小标宋简体"]


def test_the_head_of_a_table_repeats_and_no_row_breaks(document):
    requests = document.tables[1]
    repeated = [bool(row._tr.findall(f".//{qn('w:tblHeader')}")) for row in requests.rows]
    assert repeated == [True] * 3 + [False] * (len(requests.rows) - 3)
    assert all(row._tr.findall(f".//{qn('w:cantSplit')}") for row in requests.rows)


def test_merged_cells_are_one_cell(document):
    requests = document.tables[1]
    label = requests.cell(5, 0)
    assert label.text == "三、本年度办理结果"
    assert all(requests.cell(line, 0)._tc is label._tc for line in range(5, 27))


def test_the_widths_of_a_table_add_up_to_the_text(document):
    for table in document.tables:
        grid = [int(column.get(qn("w:w"))) for column in table._tbl.tblGrid]
        assert abs(sum(grid) - 156 * 1440 / 25.4) < len(grid)


def test_pages_are_numbered_outside_odd_right_and_even_left(document):
    section = document.sections[0]
    assert document.settings.odd_and_even_pages_header_footer
    odd, even = section.footer.paragraphs[0], section.even_page_footer.paragraphs[0]
    assert "PAGE" in odd._p.xml
    assert (odd.alignment, even.alignment) == (2, 0)


def test_what_people_wrote_survives_as_text():
    words = [p.text for p in opened(hostile_report()).paragraphs]
    assert "<script>alert(1)</script>&nbsp;" in words
    assert "公开情况" in words


def test_the_properties_name_title_and_agency(document):
    core = document.core_properties
    assert (core.title, core.author) == (report().title, "云川市人民政府")


def test_the_same_report_gives_the_same_file():
    assert render(report(), "docx") == render(report(), "docx")


def test_a_report_without_tables_or_date_is_a_document_too():
    made = report("narrative-2008", chapters=(Chapter.of("概述", "甲"),), published=None)
    assert [p.text for p in opened(made).paragraphs[:3]] == ["云川市人民政府\n2008年政府信息公开工作年度报告", "概述", "甲"]  # fmt: skip
