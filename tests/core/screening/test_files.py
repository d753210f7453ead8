"""What a file carries beside what it shows."""

import pikepdf
import pytest
from tests.core.screening.made import (
    identity,
    pdf_file,
    photograph,
    with_members,
    word_file,
    workbook_file,
)

from gongkai.core.extraction.guarding import Guard
from gongkai.core.screening import screen_file


def found(data: bytes, name: str = "附件") -> dict[str, list]:
    screening = screen_file(data, name)
    assert screening.problems == ()
    result: dict[str, list] = {}
    for hit in screening.hits:
        result.setdefault(hit.rule, []).append(hit)
        if hit.at:
            assert screening.text[hit.at.start : hit.at.end].strip() or not hit.text
    return result


def test_a_clean_word_file_has_no_hits():
    assert found(word_file()) == {}


def test_a_word_file_gives_away_what_it_hides():
    hits = found(
        word_file(
            author="陈处长",
            vanished=f"户主身份证{identity()}",
            white="白字里的底数",
            tiny="看不见的小字",
            header="机密★5年",
            deleted="原定补贴八百元",
            inserted="改为六百元",
            comment="这个数再核一下",
        )
    )
    assert hits["hidden.text"][0].text == f"户主身份证{identity()}"
    assert hits["personal.identity"][0].where.part == "正文"
    assert {hit.text for hit in hits["hidden.pale"]} == {"白字里的底数", "看不见的小字"}
    assert str(hits["secrecy.mark"][0].where) == "页眉"
    assert hits["hidden.deleted"][0].message == "李拟稿在 2023-05-06 删去的文字还在文件里"
    assert hits["hidden.inserted"][0].text == "改为六百元"
    assert "何审核" in hits["hidden.comment"][0].message
    assert hits["hidden.comment"][0].text == "这个数再核一下"
    assert hits["hidden.author"][0].text == "陈处长"


def test_programs_and_files_inside_a_word_file_are_named():
    hits = found(
        with_members(
            word_file(),
            word__vbaProject_bin=b"",
            **{"word__vbaProject.bin": b"x", "word__embeddings__table.xlsx": b"x"},
        )
    )
    assert hits["hidden.script"][0].text == "word/vbaProject.bin"
    assert "table.xlsx" in hits["hidden.attached"][0].message


def test_a_workbook_gives_away_hidden_sheets_columns_rows_and_comments():
    hits = found(workbook_file())
    assert hits["hidden.sheet"][0].text == "底稿"
    told = [hit.message for hit in hits["hidden.cells"]]
    assert told == ["工作表“公示”第 3 行是隐藏的", "工作表“公示”B 列是隐藏的"]
    assert hits["personal.identity"][0].where.cell == "B2"
    assert hits["personal.identity"][0].proposal == "110103********" + identity()[14:]
    assert (hits["personal.mobile"][0].where.sheet, hits["personal.mobile"][0].where.cell) == (
        "底稿",
        "A1",
    )
    assert hits["hidden.comment"][0].where.cell == "C2"
    assert [hit.text for hit in hits["hidden.pale"]] == ["底数勿发", "内部口径"]
    assert hits["hidden.author"][0].text == "刘经办"


SHOWN = b"BT /F1 12 Tf 50 700 Td (Public notice of subsidies) Tj ET\n"


@pytest.mark.parametrize(
    ("content", "rule"),
    [
        (b"BT 3 Tr /F1 12 Tf 50 600 Td (nobody sees this) Tj ET", "hidden.invisible"),
        (b"BT 1 1 1 rg /F1 12 Tf 50 600 Td (nobody sees this) Tj ET", "hidden.pale"),
        (b"BT /F1 12 Tf 900 600 Td (nobody sees this) Tj ET", "hidden.outside"),
        (
            b"BT /F1 12 Tf 50 600 Td (nobody sees this) Tj ET 0 g 45 595 200 20 re f",
            "hidden.covered",
        ),
    ],
    ids=["invisible", "white", "off the page", "under a black box"],
)
def test_text_that_a_page_does_not_show_is_found(content, rule):
    hits = found(pdf_file(SHOWN + content))
    assert [hit.text for hit in hits.pop(rule)] == ["nobody sees this"]
    assert hits == {}


def test_dashes_and_stops_are_flat_but_not_hidden():
    line = b"BT /F1 12 Tf 50 500 Td (- - . . . . ----) Tj ET BT /F1 0.4 Tf 50 400 Td (specks) Tj ET"
    hits = found(pdf_file(SHOWN + line))
    assert [hit.text for hit in hits["hidden.pale"]] == ["specks"]


def test_white_letters_on_a_dark_ground_are_read_by_everybody():
    head = b"0 0 0.5 rg 40 590 300 30 re f BT 1 1 1 rg /F1 12 Tf 50 600 Td (Head) Tj ET"
    assert found(pdf_file(SHOWN + head)) == {}


def test_text_of_a_form_that_is_drawn_elsewhere_is_not_taken_for_hidden():
    def spoil(made):
        form = made.make_stream(b"BT /F1 12 Tf -400 0 Td (Letterhead) Tj ET")
        form.Type, form.Subtype = pikepdf.Name.XObject, pikepdf.Name.Form
        form.BBox, form.Matrix = [-500, -50, 100, 50], [1, 0, 0, 1, 450, 700]
        form.Resources = made.pages[0].Resources
        made.pages[0].Resources = pikepdf.Dictionary(
            Font=made.pages[0].Resources.Font, XObject=pikepdf.Dictionary(X1=form)
        )

    assert found(pdf_file(SHOWN + b"/X1 Do", spoil=spoil)) == {}


def test_a_number_in_a_pdf_is_found_on_its_page():
    (hit,) = found(pdf_file(b"BT /F1 9 Tf 9 99 Td (ID " + identity().encode() + b") Tj ET"))[
        "personal.identity"
    ]
    assert hit.where.page == 1


def test_scripts_attachments_notes_and_authors_of_a_pdf_are_found():
    def spoil(made):
        made.docinfo["/Author"] = "周拟稿"
        script = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS=pikepdf.String("app.alert(1)"))
        made.Root.Names = pikepdf.Dictionary(
            JavaScript=pikepdf.Dictionary(Names=pikepdf.Array([pikepdf.String("a"), script]))
        )
        made.attachments["底稿.txt"] = pikepdf.AttachedFileSpec(made, b"x", filename="底稿.txt")
        note = pikepdf.Dictionary(
            Type=pikepdf.Name.Annot,
            Subtype=pikepdf.Name.Text,
            Rect=[1, 1, 20, 20],
            Contents=pikepdf.String("再请示一下"),
            T=pikepdf.String("吴主任"),
        )
        made.pages[0].Annots = made.make_indirect(pikepdf.Array([made.make_indirect(note)]))

    hits = found(pdf_file(SHOWN, spoil=spoil))
    assert hits["hidden.author"][0].text == "周拟稿"
    assert hits["hidden.script"]
    assert "底稿.txt" in hits["hidden.attached"][0].message
    assert hits["hidden.comment"][0].text == "再请示一下"


def test_a_photograph_tells_where_it_was_taken():
    hits = found(photograph(), "照片.jpg")
    assert hits["hidden.position"][0].text == "34.7533N 113.6750E"
    assert "摄影员小冯" in [hit.text for hit in hits["hidden.device"]]


@pytest.mark.parametrize(
    "data", [b"", b"%PDF-1.7", b"PK\x03\x04", b"\xff\xd8\xff", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"]
)
def test_what_cannot_be_screened_says_so_and_blocks(data):
    with Guard() as guard:
        screening = guard.call(screen_file, data, "坏文件")
    assert len(screening.problems) == 1
    assert screening.blocks
