"""What stands beside the text of a page is read like the text: boxes, charts, diagrams, files inside files."""

import docx
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from tests.core.screening.made import identity, with_members
from tests.core.screening.office import (
    drawn_workbook,
    said_in_excel,
    said_in_pdf,
    said_in_word,
    sheet_of,
    show,
    with_chart,
)
from tests.core.treating.test_treating import saved

from gongkai.core.screening import screen_file

MOBILE = "16012345678"


def places(data: bytes, rule: str) -> list[str]:
    screening = screen_file(data, "文件")
    assert not screening.problems
    return [str(hit.where) for hit in screening.hits if hit.rule == rule]


def test_words_of_a_text_box_and_of_a_chart_are_found_on_their_sheets():
    book = drawn_workbook(
        box=f"户主手机{MOBILE}", title=f"经办人身份证号{identity()}", category="机密★", value=int(MOBILE)
    )  # fmt: skip
    assert places(book, "personal.identity") == ["图表，工作表“图”"]
    assert places(book, "personal.mobile") == ["文本框，工作表“公示”", "图表，工作表“图”"]
    assert places(book, "secrecy.mark") == ["图表，工作表“图”"]


def test_the_workbook_behind_a_chart_is_read_and_says_whose_it_is():
    data = with_chart("各村人数", "户主手机", MOBILE)
    (place,) = places(data, "personal.mobile")
    assert place == "嵌入的文件 Microsoft_Excel_Sheet1.xlsx，工作表“Sheet”，A2 单元格"
    assert len(places(data, "hidden.attached")) == 1


def test_a_file_in_a_file_in_a_file_is_read_and_one_that_cannot_be_is_named():
    inner = with_members(sheet_of("略"), xl__embeddings__a=sheet_of(f"户主手机{MOBILE}"))
    outer = with_members(
        saved(docx.Document()),
        **{"word__embeddings__表.xlsx": inner, "word__embeddings__old.bin": b"\xd0\xcf\x11\xe0"},
    )
    (place,) = places(outer, "personal.mobile")
    assert place.startswith("嵌入的文件 表.xlsx，嵌入的文件 a")
    screening = screen_file(outer, "a.docx")
    unread = [hit for hit in screening.hits if "没有查过" in hit.message]
    assert ["old.bin" in hit.message for hit in unread] == [True]
    assert screening.blocks


def test_files_in_files_without_end_are_not_followed():
    data = sheet_of(f"户主手机{MOBILE}")
    for _ in range(6):
        data = with_members(sheet_of("略"), **{"xl__embeddings__a.xlsx": data})
    assert places(data, "personal.mobile") == []
    assert any("没有查过" in hit.message for hit in screen_file(data, "a.xlsx").hits)


@pytest.mark.parametrize(
    ("words", "rule"), [("机密★", "secrecy.mark"), ("内部资料", "secrecy.internal")]
)
def test_a_watermark_of_word_and_the_master_of_slides_are_read(words, rule):
    document = docx.Document()
    document.sections[0].header.paragraphs[0]._p.append(
        parse_xml(
            f'<w:r {nsdecls("w")} xmlns:v="urn:schemas-microsoft-com:vml"><w:pict><v:shape>'
            f'<v:textpath string="{words}"/></v:shape></w:pict></w:r>'
        )
    )
    assert places(saved(document), rule) == ["页眉的水印或艺术字"]
    assert places(show("一", "二", hidden=2, note="略", master=words), rule) == ["母版"]


def test_what_is_said_of_a_picture_to_those_who_cannot_see_it_is_read():
    words = f"机密★ 户主{identity()}"
    for made, place in (
        (said_in_word(words), "图片说明"),
        (said_in_excel(words), "图片说明，工作表“公示”"),
    ):
        assert places(made, "secrecy.mark") == [place]
        assert places(made, "personal.identity") == [place]
    scan = screen_file(said_in_pdf(words), "扫描件.pdf")
    assert [str(hit.where) for hit in scan.hits] == ["图片说明，第 1 页"] * 2
    assert any("没有文字层" in problem for problem in scan.problems)
