"""The text of a Word file as an item has it: what it means stays, what it hides does not come along."""

import io

import docx
import pytest
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from tests.core.screening.made import with_members, word_file

from gongkai.core.cleaning import clean_html
from gongkai.core.cleaning.numbering import written_number
from gongkai.core.cleaning.word import word_html
from gongkai.core.extraction.guarding import Guard
from gongkai.core.extraction.sources.errors import Unreadable

CHINESE_LIST = """<w:abstractNum %s w:abstractNumId="77"><w:multiLevelType w:val="multilevel"/>
<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="japaneseCounting"/><w:lvlText w:val="%%1、"/></w:lvl>
<w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="chineseCounting"/><w:lvlText w:val="（%%2）"/></w:lvl>
<w:lvl w:ilvl="2"><w:start w:val="3"/><w:numFmt w:val="decimal"/><w:lvlText w:val="第%%3条"/></w:lvl></w:abstractNum>"""


def saved(document) -> bytes:
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def numbered(document):
    """Let *document* have a list with Chinese numbers; return what puts a paragraph into it."""
    root = document.part.numbering_part.element
    root.insert(0, parse_xml(CHINESE_LIST % nsdecls("w")))
    root.append(
        parse_xml(f'<w:num {nsdecls("w")} w:numId="77"><w:abstractNumId w:val="77"/></w:num>')
    )

    def put(text, level):
        properties = document.add_paragraph(text)._p.get_or_add_pPr()
        properties.append(
            parse_xml(
                f'<w:numPr {nsdecls("w")}><w:ilvl w:val="{level}"/><w:numId w:val="77"/></w:numPr>'
            )
        )

    return put


def test_headings_lists_tables_emphasis_and_alignment_survive():
    document = docx.Document()
    document.add_heading("总体要求", 1)
    document.add_heading("工作目标", 2)
    paragraph = document.add_paragraph("坚持")
    paragraph.add_run("安全第一").bold = True
    paragraph.add_run("、<b>预防&为主")
    for text in ("甲", "乙"):
        document.add_paragraph(text, style="List Bullet")
    for text in ("子", "丑"):
        document.add_paragraph(text, style="List Number")
    document.add_paragraph("其间另有说明。")
    document.add_paragraph("寅", style="List Number")
    table = document.add_table(2, 3)
    table.cell(0, 0).merge(table.cell(0, 1)).text = "项目"
    table.cell(0, 2).text, table.cell(1, 0).text = "金额", "补贴"
    document.add_paragraph("云川市水利局").alignment = WD_ALIGN_PARAGRAPH.RIGHT
    made = word_html(saved(document)).html
    assert made.replace("\n", "") == (
        "<h2>总体要求</h2><h3>工作目标</h3><p>坚持<strong>安全第一</strong>、&lt;b&gt;预防&amp;为主</p>"
        "<ul><li>甲</li><li>乙</li></ul><ol><li>子</li><li>丑</li></ol><p>其间另有说明。</p>"
        '<ol start="3"><li>寅</li></ol><table><tbody><tr><td colspan="2">项目</td><td>金额</td></tr>'
        '<tr><td>补贴</td><td></td><td></td></tr></tbody></table><p class="align-right">云川市水利局</p>'
    )
    assert clean_html(made).html == made


def test_numbers_that_word_writes_by_itself_are_words_as_others_cite_them():
    document = docx.Document()
    put = numbered(document)
    put("总体要求", 0)
    put("指导思想", 1)
    put("基本原则", 1)
    document.add_paragraph("说明。")
    put("重点任务", 0)
    put("加强领导", 1)
    put("本办法自公布之日起施行", 2)
    made = word_html(saved(document)).html
    assert made.split("\n") == [
        "<p>一、总体要求</p>",
        "<p>（一）指导思想</p>",
        "<p>（二）基本原则</p>",
        "<p>说明。</p>",
        "<p>二、重点任务</p>",
        "<p>（一）加强领导</p>",
        "<p>第3条 本办法自公布之日起施行</p>",
    ]


@pytest.mark.parametrize(
    ("number", "form", "text"),
    [
        (12, "chineseCounting", "十二"),
        (3, "decimalEnclosedCircle", "③"),
        (21, "decimalEnclosedCircle", "21"),
        (27, "lowerLetter", "aa"),
        (14, "upperRoman", "XIV"),
        (7, "decimalZero", "07"),
        (7, "somethingNew", "7"),
    ],
)
def test_numbers_are_written_as_word_writes_them(number, form, text):
    assert written_number(number, form) == text


def test_what_word_hides_and_what_was_deleted_does_not_come_along():
    data = word_file(
        vanished="隐藏的话",
        white="白字里的底数",
        deleted="原定八百元",
        inserted="改为六百元",
        comment="再核一下",
        header="页眉里的话",
    )
    made = word_html(data).html
    assert "改为六百元" in made
    for words in ("隐藏的话", "白字里的底数", "原定八百元", "再核一下", "何审核", "页眉里的话"):
        assert words not in made


def test_contents_are_left_out_text_boxes_and_notes_come_along():
    document = docx.Document()
    styles = document.styles.element
    styles.append(
        parse_xml(
            f'<w:style {nsdecls("w")} w:type="paragraph" w:styleId="9"><w:name w:val="toc 1"/></w:style>'
        )
    )
    document.add_paragraph("总体要求……12").style = document.styles["toc 1"]
    box = document.add_paragraph("正文。")
    box._p.append(
        parse_xml(
            f'<w:r {nsdecls("w")} xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
            ' xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"><mc:AlternateContent>'
            '<mc:Choice Requires="wps"><w:drawing><wps:txbx><w:txbxContent><w:p><w:r><w:t>框里的话</w:t></w:r></w:p>'
            "</w:txbxContent></wps:txbx></w:drawing></mc:Choice></mc:AlternateContent></w:r>"
        )
    )
    field = document.add_paragraph("共")
    for kind, text in (
        ("begin", None),
        (None, " NUMPAGES "),
        ("separate", None),
        ("shown", "12"),
        ("end", None),
    ):
        run = field.add_run()._r
        element = OxmlElement(
            "w:fldChar" if kind in {"begin", "separate", "end"} else "w:instrText"
        )
        if kind == "shown":
            element = OxmlElement("w:t")
        if kind in {"begin", "separate", "end"}:
            element.set(qn("w:fldCharType"), kind)
        element.text = text
        run.append(element)
    field.add_run("页")
    made = word_html(saved(document)).html
    assert "总体要求" not in made
    assert made.count("框里的话") == 1
    assert "NUMPAGES" not in made
    assert "<p>共12页</p>" in made


def test_links_that_run_something_keep_their_words_alone():
    document = docx.Document()
    paragraph = document.add_paragraph("见")
    link = document.part.relate_to(
        "javascript:alert(1)",
        "http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink",
        is_external=True,
    )
    hyperlink = OxmlElement("w:hyperlink")
    hyperlink.set(qn("r:id"), link)
    run = OxmlElement("w:r")
    words = OxmlElement("w:t")
    words.text = "这里"
    run.append(words)
    hyperlink.append(run)
    paragraph._p.append(hyperlink)
    assert word_html(saved(document)).html == "<p>见这里</p>"


def test_a_hostile_file_has_no_say_in_how_it_is_read():
    plain = saved(docx.Document())
    entity = b'<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><w:footnotes xmlns:w="w">&x;</w:footnotes>'
    bomb = b"<w:footnotes>" + b" " * 90_000_000 + b"</w:footnotes>"
    deep = (
        b"<w:p xmlns:w='http://schemas.openxmlformats.org/wordprocessingml/2006/main'>"
        + b"<w:r>" * 20_000
    )
    with Guard() as guard:
        for data in (
            b"PK\x03\x04 nothing",
            with_members(plain, **{"word__footnotes.xml": entity}),
            with_members(plain, **{"word__footnotes.xml": bomb}),
            with_members(plain, **{"word__footnotes.xml": deep}),
        ):
            with pytest.raises(Unreadable):
                guard.call(word_html, data)
    document = docx.Document()
    document.add_paragraph("正文")
    own = with_members(saved(document), **{"mammoth__style-map": b"p => script:fresh"})
    assert word_html(own).html == "<p>正文</p>"
