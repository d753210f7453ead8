"""A number is taken out of a file for good: nobody who unpacks it finds a trace, and everything else stays."""

import io
import re
import zipfile

import docx
import openpyxl
import pytest
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from openpyxl.comments import Comment
from pypdf import PdfReader
from stdnum import luhn
from tests.core.redaction.made import sheet
from tests.core.screening.made import pdf_file, with_members, word_file

from gongkai.core.cleaning.office import packed
from gongkai.core.extraction.guarding import Guard
from gongkai.core.extraction.sources.errors import Unreadable
from gongkai.core.screening import Treatment, Word, rules, screen_file
from gongkai.core.treating import (
    CannotTreat,
    Chosen,
    NothingFound,
    StillThere,
    treat_file,
    treatments_in,
)

IDENTITY = "11010519491231002X"
MASKED = "110105********002X"
CARD = "622202020011223344" + luhn.calc_check_digit("622202020011223344")
MOBILE = "16012345678"
MASK = Chosen("personal.identity", "mask")
TEXT_BOX = """<w:r %s xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"
 xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" xmlns:v="urn:schemas-microsoft-com:vml">
<mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wps:wsp><wps:txbx><w:txbxContent><w:p>
<w:r><w:t>经办人证件</w:t></w:r><w:r><w:t>%s</w:t></w:r></w:p></w:txbxContent></wps:txbx></wps:wsp></w:drawing></mc:Choice>
<mc:Fallback><w:pict><v:shape><v:textbox><w:txbxContent><w:p><w:r><w:t>经办人证件%s</w:t></w:r><w:r><w:t>%s</w:t></w:r></w:p>
</w:txbxContent></v:textbox></v:shape></w:pict></mc:Fallback></mc:AlternateContent></w:r>"""


@pytest.fixture(scope="module")
def guard():
    with Guard(seconds=120) as made:
        yield made


def saved(thing) -> bytes:
    buffer = io.BytesIO()
    thing.save(buffer)
    return buffer.getvalue()


def parts_of(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return {name: package.read(name) for name in package.namelist()}


def has_trace(data: bytes, word: str) -> list[str]:
    """The parts in whose bytes *word* stands, its runs put together as well."""
    found = []
    for name, part in parts_of(data).items():
        text = part.decode("utf-8", "replace")
        bare = "".join(piece.rpartition(">")[2] for piece in text.split("<"))
        if word in text or word in bare or word.encode("utf-16-le") in part:
            found.append(name)
    return found


def roster() -> docx.document.Document:
    """A Word file with the number everywhere that Word lets one write."""
    document = docx.Document()
    split = document.add_paragraph("救助对象身份证号")
    for piece, bold in ((IDENTITY[:6], True), (IDENTITY[6:14], False), (IDENTITY[14:], True)):
        split.add_run(piece).bold = bold
    split.add_run("，情况属实。")
    table = document.add_table(1, 2)
    table.cell(0, 0).text, table.cell(0, 1).text = "张三丰", IDENTITY
    document.sections[0].header.paragraphs[0].text = f"档案 {IDENTITY}"
    document.sections[0].footer.paragraphs[0].text = f"证件号码：{IDENTITY}"
    noted = document.add_paragraph("请核对。")
    document.add_comment(noted.runs, text=f"他的号是{IDENTITY}", author="何审核", initials="何")
    box = document.add_paragraph()
    box._p.append(parse_xml(TEXT_BOX % (nsdecls("w"), IDENTITY, IDENTITY[:5], IDENTITY[5:])))
    link = document.part.relate_to(
        f"https://example.gov.cn/?id={IDENTITY}",
        "http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink",
        is_external=True,
    )
    hyperlink = OxmlElement("w:hyperlink")
    hyperlink.set(qn("r:id"), link)
    box._p.append(hyperlink)
    document.core_properties.author = "陈处长"
    document.core_properties.keywords = IDENTITY
    return document


def test_a_number_in_three_runs_a_cell_a_header_a_comment_and_a_text_box_is_masked_everywhere(
    guard,
):
    made = treat_file(saved(roster()), "名单.docx", "docx", MASK, guard=guard)
    assert has_trace(made.data, IDENTITY) == []
    assert has_trace(made.data, "陈处长") == []
    assert made.count >= 6
    document = docx.Document(io.BytesIO(made.data))
    split = document.paragraphs[0]
    assert split.text == f"救助对象身份证号{MASKED}，情况属实。"
    assert [run.bold for run in split.runs[1:4]] == [True, False, True]
    assert [run.text for run in split.runs[1:4]] == ["110105", "********", "002X"]
    assert document.tables[0].cell(0, 1).text == MASKED
    assert document.sections[0].header.paragraphs[0].text == f"档案 {MASKED}"
    assert document.sections[0].footer.paragraphs[0].text == f"证件号码：{MASKED}"
    assert next(iter(document.comments)).text == f"他的号是{MASKED}"
    assert has_trace(made.data, MASKED[5:])  # the fallback of the box says the same as the box


def test_a_number_is_removed_with_the_hyphens_in_it(guard):
    document = docx.Document()
    paragraph = document.add_paragraph("户主手机：")
    for piece in ("160", "1234", "5678"):
        paragraph.add_run(piece)
    for run in paragraph.runs[1:3]:
        run._r.append(OxmlElement("w:noBreakHyphen"))
    paragraph.add_run("，特此说明")
    remove = Chosen("personal.mobile", "remove")
    made = treat_file(saved(document), "说明.docx", "docx", remove, guard=guard)
    assert docx.Document(io.BytesIO(made.data)).paragraphs[0].text == "户主手机：，特此说明"


def test_only_what_was_chosen_is_changed(guard):
    document = docx.Document()
    document.add_paragraph(f"户主手机{MOBILE}，身份证号{IDENTITY}")
    document.add_paragraph("咨询电话：0551-62345678")
    made = treat_file(saved(document), "说明.docx", "docx", MASK, guard=guard)
    texts = [paragraph.text for paragraph in docx.Document(io.BytesIO(made.data)).paragraphs]
    assert texts == [f"户主手机{MOBILE}，身份证号{MASKED}", "咨询电话：0551-62345678"]


HIDDEN = {
    "vanished": "户主隐藏的话",
    "white": "白字里的底数",
    "deleted": "原定补贴八百元",
    "inserted": "改为六百元",
    "comment": "这个数再核一下",
}


@pytest.mark.parametrize(
    ("rule", "gone"),
    [
        ("hidden.text", {"户主隐藏的话"}),
        ("hidden.pale", {"白字里的底数"}),
        ("hidden.deleted", {"原定补贴八百元"}),
        ("hidden.comment", {"这个数再核一下", "何审核"}),
    ],
)
def test_what_word_hides_is_removed_and_each_kind_by_itself(guard, rule, gone):
    data = word_file(**HIDDEN)
    made = treat_file(data, "公告.docx", "docx", Chosen(rule, "remove"), guard=guard).data
    for words in gone:
        assert has_trace(data, words)
        assert has_trace(made, words) == []
    for words in set(HIDDEN.values()) - gone:
        assert has_trace(made, words), words
    docx.Document(io.BytesIO(made))


def test_accepted_insertions_stay_as_words(guard):
    change = Chosen("hidden.inserted", "remove")
    made = treat_file(word_file(**HIDDEN), "公告.docx", "docx", change, guard=guard).data
    assert has_trace(made, "改为六百元")
    assert b"<w:ins " not in parts_of(made)["word/document.xml"]
    assert {hit.rule for hit in screen_file(made, "公告.docx").hits}.isdisjoint(
        {"hidden.inserted", "hidden.deleted"}
    )


def table_of_people() -> bytes:
    """A workbook with numbers as texts, as a part of a text, as a number, out of a formula and in a comment."""
    book = openpyxl.Workbook()
    page = book.active
    page.append(["姓名", "身份证号", "手机", "核对", "说明"])
    page.append(["张三丰", IDENTITY, int(MOBILE), None, f"  户主{IDENTITY}\n已核 "])
    page.append(["李四光", IDENTITY, int(MOBILE), None, "略"])
    page["D2"] = f'="{IDENTITY}"&""'
    page["F2"] = 480
    page["F3"] = "=F2*2"
    page["E3"].comment = Comment(f"号码{IDENTITY}", "王会计")
    page.oddFooter.center.text = f"证件{IDENTITY}"
    return saved(book)


def test_a_workbook_is_masked_in_shared_strings_comments_footers_and_formulas(guard):
    made = treat_file(table_of_people(), "名单.xlsx", "xlsx", MASK, guard=guard).data
    assert has_trace(made, IDENTITY) == []
    assert has_trace(made, "刘经办") == []
    page = openpyxl.load_workbook(io.BytesIO(made)).active
    assert [page["B2"].value, page["B3"].value] == [MASKED, MASKED]
    assert page["E2"].value == f"  户主{MASKED}\n已核 "
    assert page["E3"].comment.text.endswith(f"号码{MASKED}")
    assert page["F3"].value == "=F2*2"
    assert page["C2"].value == int(MOBILE)


def test_a_cell_that_holds_a_number_becomes_a_text_with_the_mask(guard):
    mask = Chosen("personal.mobile", "mask")
    made = treat_file(table_of_people(), "名单.xlsx", "xlsx", mask, guard=guard).data
    assert has_trace(made, MOBILE) == []
    page = openpyxl.load_workbook(io.BytesIO(made)).active
    assert page["C3"].value == "160****5678"
    assert page["F2"].value == 480


def test_what_a_formula_gave_and_a_split_string_are_masked_and_excel_is_not_confused(guard):
    book = openpyxl.Workbook()
    book.active["A1"] = "x"
    data = saved(book)
    cells = (
        f'<row r="1"><c r="A1" t="str"><f t="shared" ref="A1:A2" si="0">B1</f><v>卡号{CARD}</v></c>'
        f'<c r="B1" t="inlineStr"><is><r><t>卡号{CARD[:4]}</t></r><r><t>{CARD[4:]}</t></r></is></c></row>'
        '<row r="2"><c r="A2"><f t="shared" si="0"/><v>5</v></c></row>'
    )
    sheet_xml = parts_of(data)["xl/worksheets/sheet1.xml"].decode()
    start, end = sheet_xml.index("<sheetData>") + 11, sheet_xml.index("</sheetData>")
    parts = parts_of(data)
    parts["xl/worksheets/sheet1.xml"] = (sheet_xml[:start] + cells + sheet_xml[end:]).encode()
    data = packed(parts)
    made = treat_file(data, "卡.xlsx", "xlsx", Chosen("personal.card", "mask"), guard=guard).data
    assert has_trace(made, CARD) == []
    page = openpyxl.load_workbook(io.BytesIO(made)).active
    assert page["A1"].value == page["B1"].value == f"卡号{CARD[:4]}{'*' * 11}{CARD[-4:]}"
    assert page["A2"].value == 5  # the copy of a formula that is gone keeps its value


def book_with_hidden(worked_out=True) -> bytes:
    """A hidden sheet, row and column; a visible sum over all of them, and a visible text out of the hidden sheet."""
    book = openpyxl.Workbook()
    page = book.active
    page.title = "公示"
    for row in (("姓名", "身份证号", "金额"), ("张三丰", IDENTITY, 480), ("李四光", "略", 520)):
        page.append(row)
    page.column_dimensions["B"].hidden = True
    page.row_dimensions[3].hidden = True
    page["C4"], page["A4"] = "=SUM(C2:C3)", "=底稿!A1"
    page.freeze_panes = "A2"
    other = book.create_sheet("底稿", 0)
    other["A1"], other["B1"] = "内部口径", "不公开的话"
    other["B1"].comment = Comment("先按旧标准", "王会计")
    other.sheet_state = "hidden"
    book.defined_names["来源"] = openpyxl.workbook.defined_name.DefinedName(
        "来源", attr_text="底稿!$A$1"
    )
    page.defined_names["区域"] = openpyxl.workbook.defined_name.DefinedName(
        "区域", attr_text="公示!$A$1"
    )
    data = saved(book)
    if not worked_out:
        return data
    parts = parts_of(data)
    for name in list(parts):
        if name.startswith("xl/worksheets/sheet"):
            text = parts[name].decode()
            text = re.sub(r"(<f>SUM\(C2:C3\)</f>)<v ?/?>(</v>)?", r"\1<v>1000</v>", text)
            text = re.sub(
                r'(<c r="A4")([^>]*)>(<f>[^<]*!A1</f>)<v ?/?>(</v>)?',
                r'\1\2 t="str">\3<v>内部口径</v>',
                text,
            )
            parts[name] = text.encode()
    return packed(parts)


def test_hidden_rows_and_columns_are_taken_out_and_sums_keep_their_value(guard):
    made = treat_file(
        book_with_hidden(), "a.xlsx", "xlsx", Chosen("hidden.cells", "remove"), guard=guard
    ).data
    for word in (IDENTITY, "李四光", "520"):
        assert has_trace(made, word) == [], word
    page = openpyxl.load_workbook(io.BytesIO(made))["公示"]
    shown = [[cell.value for cell in row] for row in page.iter_rows(min_row=1, max_row=4)]
    assert [row[0] for row in shown] == ["姓名", "张三丰", None, "内部口径"]
    assert [row[2] for row in shown] == ["金额", 480, None, 1000]
    assert has_trace(made, "不公开的话")  # the hidden sheet is a finding of its own


def test_a_hidden_sheet_is_taken_out_with_everything_that_hung_on_it(guard):
    made = treat_file(
        book_with_hidden(), "a.xlsx", "xlsx", Chosen("hidden.sheet", "remove"), guard=guard
    ).data
    for word in ("不公开的话", "先按旧标准", "王会计", "底稿"):
        assert has_trace(made, word) == [], word
    book = openpyxl.load_workbook(io.BytesIO(made))
    assert book.sheetnames == ["公示"]
    assert [book["公示"][cell].value for cell in ("A4", "C4", "B2")] == ["内部口径", 1000, IDENTITY]
    assert list(book["公示"].defined_names) == ["区域"]
    assert not book.defined_names
    listed = parts_of(made)["[Content_Types].xml"].decode()
    for name in re.findall(r'PartName="/([^"]+)"', listed):
        assert name in parts_of(made), name


def test_a_formula_that_was_never_worked_out_is_not_lost(guard):
    with pytest.raises(CannotTreat, match="保存一次"):
        treat_file(
            book_with_hidden(worked_out=False),
            "a.xlsx",
            "xlsx",
            Chosen("hidden.sheet", "remove"),
            guard=guard,
        )


def test_a_pdf_is_made_anew_without_the_number(guard):
    lines = (f"申请人李建国，身份证号{IDENTITY}，", "住址另附。", "\f", f"再次写明{IDENTITY}。")
    made = treat_file(sheet(*lines), "材料.pdf", "pdf", MASK, guard=guard)
    text = "".join(page.extract_text() for page in PdfReader(io.BytesIO(made.data)).pages)
    assert IDENTITY not in text
    assert text.count("个人隐私") == 2
    assert "住址另附" in text
    assert IDENTITY.encode() not in made.data
    assert not PdfReader(io.BytesIO(made.data)).metadata


def test_words_that_a_pdf_hides_go_and_the_page_looks_the_same(guard):
    shown = b"BT /F1 12 Tf 50 700 Td (Public notice) Tj ET\n"
    covered = b"BT /F1 12 Tf 50 600 Td (nobody sees) Tj ET 0 g 45 595 200 20 re f"
    made = treat_file(
        pdf_file(shown + covered), "a.pdf", "pdf", Chosen("hidden.covered", "remove"), guard=guard
    )
    text = PdfReader(io.BytesIO(made.data)).pages[0].extract_text()
    bare = text.replace(" ", "")
    assert "Publicnotice" in bare
    assert "nobody" not in bare


def test_a_number_in_a_note_on_a_page_is_not_covered_by_guessing(guard):
    import pikepdf  # noqa: PLC0415

    def spoil(made):
        note = pikepdf.Dictionary(
            Type=pikepdf.Name.Annot,
            Subtype=pikepdf.Name.FreeText,
            Rect=[50, 50, 300, 80],
            Contents=pikepdf.String(f"ID {IDENTITY}"),
            DA=pikepdf.String("/Helv 12 Tf 0 g"),
        )
        made.pages[0].Annots = made.make_indirect(pikepdf.Array([made.make_indirect(note)]))

    data = pdf_file(b"BT /F1 12 Tf 50 700 Td (Notice) Tj ET", spoil=spoil)
    with pytest.raises(CannotTreat, match="批注"):
        treat_file(data, "a.pdf", "pdf", MASK, guard=guard)


def test_texts_keep_their_line_ends_and_excel_reads_them(guard):
    data = f"姓名,身份证号\r\n张三丰,{IDENTITY}\r\n".encode("gb18030")
    made = treat_file(data, "名单.csv", "csv", MASK, guard=guard).data
    assert made == b"\xef\xbb\xbf" + f"姓名,身份证号\r\n张三丰,{MASKED}\r\n".encode()


def test_a_word_of_the_office_s_own_is_corrected(guard):
    document = docx.Document()
    document.add_paragraph("云川市水务局请按布署执行")
    own = Chosen("words.typo", "mask", Word("云川市水务局", "云川市水利局"))
    made = treat_file(saved(document), "通知.docx", "docx", own, guard=guard).data
    assert docx.Document(io.BytesIO(made)).paragraphs[0].text == "云川市水利局请按布署执行"


def test_what_cannot_be_done_is_refused_and_says_what_to_do(guard):
    data = saved(roster())
    with pytest.raises(NothingFound):
        treat_file(data, "a.docx", "docx", Chosen("personal.card", "mask"), guard=guard)
    with pytest.raises(CannotTreat, match="换掉附件"):
        treat_file(data, "a.docx", "docx", Chosen("hidden.linked", "remove"), guard=guard)
    # a part that no reader knows and that is no XML
    odd = with_members(data, **{"word__odd.bin": IDENTITY.encode("utf-16-le")})
    with pytest.raises(StillThere, match="附件没有改动"):
        treat_file(odd, "a.docx", "docx", MASK, guard=guard)


def test_hostile_packages_are_refused(guard):
    bomb = with_members(saved(roster()), **{"word__huge.xml": b"<a>" + b" " * 90_000_000 + b"</a>"})
    entity = b'<!DOCTYPE a [<!ENTITY x "y">]><w:hdr xmlns:w="w">&x;</w:hdr>'
    for data in (
        bomb,
        b"PK\x03\x04 nothing",
        with_members(saved(roster()), **{"word__header9.xml": entity}),
    ):
        with pytest.raises(Unreadable):
            treat_file(data, "a.docx", "docx", MASK, guard=guard)


def test_what_is_offered_is_what_the_rules_allow():
    assert treatments_in("docx", "personal.identity") == {Treatment.MASK, Treatment.REMOVE}
    assert treatments_in("docx", "secrecy.mark") == frozenset()
    assert treatments_in("docx", "secrecy.internal") == {Treatment.REMOVE}
    assert treatments_in("pdf", "secrecy.mark") == frozenset()
    assert treatments_in("pdf", "personal.identity") == {Treatment.MASK}
    assert treatments_in("ofd", "personal.identity") == frozenset()
    assert treatments_in("xlsx", "hidden.sheet") == {Treatment.REMOVE}
    assert treatments_in("pptx", "hidden.slide") == {Treatment.REMOVE}
    assert treatments_in("docx", "hidden.linked") == frozenset()
    for rule in rules():
        for kind in ("docx", "xlsx", "pptx", "pdf", "txt"):
            assert treatments_in(kind, rule) <= set(rules()[rule].treatments)
