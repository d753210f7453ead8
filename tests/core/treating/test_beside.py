"""Slides, files inside files and drawn words are taken out or covered, and nothing that led to them is left."""

import io
import posixpath
import zipfile

import docx
import openpyxl
import pytest
from docx.oxml.ns import nsdecls
from tests.core.screening.made import with_members, word_file
from tests.core.screening.office import (
    DRAWING,
    LINKED,
    PRESENTATION,
    drawn_workbook,
    relations,
    said_in_word,
    sheet_of,
    show,
    with_chart,
    with_file,
)
from tests.core.treating.test_treating import IDENTITY, MASKED, has_trace, parts_of

from gongkai.core.cleaning import strip_metadata
from gongkai.core.extraction.guarding import Guard
from gongkai.core.screening import screen_file
from gongkai.core.treating import CannotTreat, Chosen, NothingFound, treat_file

MOBILE = "16012345678"
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@pytest.fixture(scope="module")
def guard():
    with Guard(seconds=120) as made:
        yield made


def is_whole(data: bytes) -> None:
    """Every part that is listed or led to is there."""
    parts = parts_of(data)
    listed = parts["[Content_Types].xml"].decode()
    for name in [piece.partition('"')[0] for piece in listed.split('PartName="/')[1:]]:
        assert name in parts, name
    for name, part in parts.items():
        if name.endswith(".rels") and "_rels/.rels" not in name:
            folder = name.partition("_rels/")[0]
            for target in [one.partition('"')[0] for one in part.decode().split('Target="')[1:]]:
                path = posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")
                assert "://" in target or path in parts, target


def test_words_in_text_boxes_and_charts_are_masked_and_a_figure_of_a_chart_goes(guard):
    book = drawn_workbook(
        box=f"经办人身份证号{IDENTITY}", title=f"证件{IDENTITY}", category=f"张三丰{IDENTITY}", value=int(MOBILE)
    )  # fmt: skip
    made = treat_file(
        book, "图.xlsx", "xlsx", Chosen("personal.identity", "mask"), guard=guard
    ).data
    assert has_trace(made, IDENTITY) == []
    assert sorted(has_trace(made, MASKED)) == ["xl/charts/chart1.xml", "xl/drawings/drawing1.xml"]
    made = treat_file(made, "图.xlsx", "xlsx", Chosen("personal.mobile", "mask"), guard=guard).data
    assert has_trace(made, MOBILE) == []
    chart = parts_of(made)["xl/charts/chart1.xml"]
    assert b"<c:v>30</c:v>" in chart  # the other figure stays
    assert b"160****" not in chart
    openpyxl.load_workbook(io.BytesIO(made))


def test_a_typing_error_in_a_chart_is_corrected_where_it_stands(guard):
    book = drawn_workbook(box="请按布署执行", title="工作布署", category="城关", value=1)
    made = treat_file(book, "图.xlsx", "xlsx", Chosen("words.typo", "mask"), guard=guard)
    assert made.count == 2
    assert has_trace(made.data, "布署") == []


def test_a_number_said_of_a_picture_is_masked_there(guard):
    data = said_in_word(f"户主的身份证，号码{IDENTITY}")
    made = treat_file(data, "图.docx", "docx", Chosen("personal.identity", "mask"), guard=guard)
    assert has_trace(made.data, IDENTITY) == []
    assert has_trace(made.data, MASKED) == ["word/document.xml"]


def test_a_number_in_the_workbook_behind_a_chart_is_masked_there(guard):
    data = with_chart("各村人数", f"户主身份证号{IDENTITY}")
    made = treat_file(data, "图.docx", "docx", Chosen("personal.identity", "mask"), guard=guard)
    assert made.count == 1
    inside = parts_of(made.data)["word/embeddings/Microsoft_Excel_Sheet1.xlsx"]
    assert openpyxl.load_workbook(io.BytesIO(inside)).active["A1"].value == f"户主身份证号{MASKED}"
    assert has_trace(inside, "钱会计") == []


def test_the_file_behind_a_chart_goes_and_the_chart_stays(guard):
    data = with_chart("各村人数", f"户主身份证号{IDENTITY}")
    made = treat_file(data, "图.docx", "docx", Chosen("hidden.attached", "remove"), guard=guard)
    parts = parts_of(made.data)
    assert made.count == 1
    assert not [name for name in parts if "embeddings" in name]
    assert b"externalData" not in parts["word/charts/chart1.xml"]
    assert "各村人数" in "".join(
        piece.rpartition(">")[2] for piece in parts["word/charts/chart1.xml"].decode().split("<")
    )
    is_whole(made.data)
    docx.Document(io.BytesIO(made.data))
    with pytest.raises(NothingFound):
        treat_file(made.data, "图.docx", "docx", Chosen("hidden.attached", "remove"), guard=guard)


def test_an_object_in_a_text_leaves_its_picture(guard):
    element = (
        f'<w:p {nsdecls("w", "r")} xmlns:o="urn:schemas-microsoft-com:office:office" xmlns:v="urn:schemas-microsoft-com:vml">'
        '<w:r><w:object><v:shape id="_x0000_i1025"><v:imagedata o:title="表"/></v:shape>'
        '<o:OLEObject Type="Embed" ProgID="Excel.Sheet.12" ShapeID="_x0000_i1025" r:id="rId77"/></w:object></w:r></w:p>'
    )
    data = with_file("底稿.xlsx", sheet_of("内部口径"), element)
    made = treat_file(data, "a.docx", "docx", Chosen("hidden.attached", "remove"), guard=guard).data
    text = parts_of(made)["word/document.xml"]
    assert b"OLEObject" not in text
    assert b"v:shape" in text
    is_whole(made)


def test_a_file_whose_words_are_part_of_the_text_is_left_to_a_person(guard):
    element = f'<w:altChunk {nsdecls("w", "r")} r:id="rId77"/>'
    data = with_file("第二章.docx", word_file(), element)
    with pytest.raises(CannotTreat, match="正文就不全"):
        treat_file(data, "a.docx", "docx", Chosen("hidden.attached", "remove"), guard=guard)


def test_an_object_on_a_sheet_goes_with_its_shape(guard):
    data = with_members(sheet_of("公示"), **{"xl__embeddings__oleObject1.bin": b"\xd0\xcf\x11\xe0"})
    parts = parts_of(data)
    sheet = parts["xl/worksheets/sheet1.xml"].decode()
    objects = (
        f'<oleObjects><mc:AlternateContent xmlns:mc="urn:mc"><mc:Choice><oleObject {LINKED} progId="Package" shapeId="1025" '
        f'r:id="rId2"/></mc:Choice><mc:Fallback><oleObject {LINKED} progId="Package" shapeId="1025" r:id="rId2"/>'
        "</mc:Fallback></mc:AlternateContent></oleObjects>"
    )
    parts["xl/worksheets/sheet1.xml"] = sheet.replace(
        "</worksheet>", f"{objects}</worksheet>"
    ).encode()
    parts["xl/worksheets/_rels/sheet1.xml.rels"] = relations(
        rId1=("vmlDrawing", "../drawings/vmlDrawing1.vml"),
        rId2=("oleObject", "../embeddings/oleObject1.bin"),
    ).encode()
    parts["xl/drawings/vmlDrawing1.vml"] = (
        b'<xml xmlns:v="urn:schemas-microsoft-com:vml"><v:shape id="_x0000_s1025"/><v:shape id="_x0000_s1026"/></xml>'
    )
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as package:
        for name, part in parts.items():
            package.writestr(name, part)
    remove = Chosen("hidden.attached", "remove")
    made = treat_file(buffer.getvalue(), "a.xlsx", "xlsx", remove, guard=guard).data
    left = parts_of(made)
    assert b"oleObject" not in left["xl/worksheets/sheet1.xml"]
    assert b"AlternateContent" not in left["xl/worksheets/sheet1.xml"]
    assert b"_x0000_s1025" not in left["xl/drawings/vmlDrawing1.vml"]
    assert b"_x0000_s1026" in left["xl/drawings/vmlDrawing1.vml"]
    is_whole(made)


SHOW = show("第一张", "内部讨论稿", "第三张", hidden=2, note="这一页不讲")


def test_a_hidden_slide_goes_with_its_notes_and_whatever_led_to_it(guard):
    made = treat_file(SHOW, "讲.pptx", "pptx", Chosen("hidden.slide", "remove"), guard=guard)
    assert made.count == 1
    assert has_trace(made.data, "内部讨论稿") == []
    assert has_trace(made.data, "这一页不讲") == []
    parts = parts_of(made.data)
    assert "ppt/slides/slide2.xml" not in parts
    assert parts["ppt/presentation.xml"].count(b"<p:sldId ") == 2
    assert b"hlinkClick" not in parts["ppt/slides/slide1.xml"]
    assert {"ppt/slideMasters/slideMaster1.xml", "ppt/slides/slide3.xml"} <= parts.keys()
    is_whole(made.data)


def test_notes_go_and_their_slides_stay(guard):
    made = treat_file(SHOW, "讲.pptx", "pptx", Chosen("hidden.notes", "remove"), guard=guard).data
    assert has_trace(made, "这一页不讲") == []
    assert has_trace(made, "内部讨论稿")
    is_whole(made)


def test_a_presentation_of_hidden_slides_alone_is_left_to_a_person(guard):
    with pytest.raises(CannotTreat, match="都是隐藏的"):
        treat_file(
            show("仅此一张", hidden=1, note="略"),
            "讲.pptx",
            "pptx",
            Chosen("hidden.slide", "remove"),
            guard=guard,
        )


def test_an_object_on_a_slide_leaves_its_picture(guard):
    parts = parts_of(SHOW)
    frame = (
        f'<p:graphicFrame {PRESENTATION} {DRAWING} {LINKED}><a:graphic><a:graphicData><p:oleObj r:id="rId5"><p:embed/>'
        "<p:pic><p:nvPicPr/></p:pic></p:oleObj></a:graphicData></a:graphic></p:graphicFrame>"
    )
    slide = parts["ppt/slides/slide3.xml"].decode()
    parts["ppt/slides/slide3.xml"] = slide.replace("</p:spTree>", f"{frame}</p:spTree>").encode()
    parts["ppt/slides/_rels/slide3.xml.rels"] = relations(
        rId5=("package", "../embeddings/book.xlsx")
    ).encode()
    parts["ppt/embeddings/book.xlsx"] = sheet_of("内部口径")
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as package:
        for name, part in parts.items():
            package.writestr(name, part)
    remove = Chosen("hidden.attached", "remove")
    left = parts_of(treat_file(buffer.getvalue(), "讲.pptx", "pptx", remove, guard=guard).data)
    assert "ppt/embeddings/book.xlsx" not in left
    assert b"graphicFrame" not in left["ppt/slides/slide3.xml"]
    assert b"<p:pic>" in left["ppt/slides/slide3.xml"]


def test_the_author_of_a_file_inside_goes_with_that_of_the_file():
    data = with_chart("各村人数", "略")
    made = strip_metadata(data, WORD)
    inside = parts_of(made)["word/embeddings/Microsoft_Excel_Sheet1.xlsx"]
    assert has_trace(parts_of(data)["word/embeddings/Microsoft_Excel_Sheet1.xlsx"], "钱会计")
    assert has_trace(inside, "钱会计") == []
    assert not [hit for hit in screen_file(made, "a.docx").hits if hit.rule == "hidden.author"]
