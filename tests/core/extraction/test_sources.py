"""Files are told by what is in them, and whatever is in them gives text or one clear sentence."""

import io
import os
import zipfile

import docx
import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gongkai.core.extraction.reader import read, read_bytes
from gongkai.core.extraction.sources import Unreadable, collect, limits, open_document
from gongkai.core.extraction.sources import errors as refusals

WORDS = "云川市财政局2023年政府信息公开工作年度报告"
TABLE = [["信息内容", "本年制发件数", "本年废止件数", "现行有效件数"], ["规章", "0", "1", "12"]]
W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def zipped(members, compression=zipfile.ZIP_DEFLATED):
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", compression) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return buffer.getvalue()


def a_word_file():
    document = docx.Document()
    document.add_paragraph(WORDS)
    table = document.add_table(rows=3, cols=4)
    for row, texts in enumerate(TABLE, start=1):
        for column, text in enumerate(texts):
            table.cell(row, column).text = text
    table.cell(0, 0).merge(table.cell(0, 3)).text = "第二十条第（一）项"
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def a_workbook():
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append([WORDS])
    sheet.append(["第二十条第（一）项"])
    for row in TABLE:
        sheet.append([int(text) if text.isdigit() else text for text in row])
    sheet.merge_cells("A2:D2")
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def a_page():
    rows = "".join(f"<tr>{''.join(f'<td><p>{t}</p></td>' for t in row)}</tr>" for row in TABLE)
    head = '<tr><td colspan="4">第二十条第（一）项</td></tr>'
    return f"<html><body><h1>{WORDS}</h1><table>{head}{rows}</table></body></html>".encode()


MADE = {"word": a_word_file(), "workbook": a_workbook(), "page": a_page()}


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16", "utf-16-le", "utf-16-be"]
)
def test_a_text_is_read_in_whatever_encoding(encoding):
    assert (
        open_document((WORDS + "\r\n全年公开12条。").encode(encoding), "a.txt").text
        == WORDS + "\n全年公开12条。"
    )


def test_a_text_cut_in_the_middle_of_a_character_is_still_text():
    assert open_document(WORDS.encode()[:-1], "a.txt").text == WORDS[:-1]


@pytest.mark.parametrize("kind", MADE)
@pytest.mark.parametrize("name", ["报告.txt", "报告.pdf", "报告.xlsx", "报告"])
def test_a_wrong_ending_does_not_matter(kind, name):
    reading = read_bytes(MADE[kind], name)
    found = {str(c.place): str(c.cell.value) for c in reading.cells}
    assert found == {
        "proactive/rules/issued": "0",
        "proactive/rules/repealed": "1",
        "proactive/rules/valid": "12",
    }
    assert (reading.agency, reading.year) == ("云川市财政局", 2023)


@pytest.mark.parametrize("kind", MADE)
def test_a_cell_stands_in_the_text_where_it_says(kind):
    document = open_document(MADE[kind], kind)
    cells = [cell for grid in document.grids for cell in grid.cells]
    assert len(cells) >= 9
    assert all(document.text[cell.at.start : cell.at.end] == cell.text for cell in cells)


def test_merged_cells_cover_what_they_cover():
    page = "<table><tr><td rowspan=2>甲</td><td colspan=2>乙</td></tr><tr><td>丙</td><td>丁</td></tr></table>"
    grid = open_document(page.encode(), "a.html").grids[0]
    places = {c.text: (c.row, c.column, c.row_span, c.column_span) for c in grid.cells}
    assert places == {
        "甲": (0, 0, 2, 1),
        "乙": (0, 1, 1, 2),
        "丙": (1, 1, 1, 1),
        "丁": (1, 2, 1, 1),
    }


def test_a_number_split_over_tags_is_one_number():
    page = "<html><p><font>20</font><font>23</font>年公开<b>1</b>2条</p></html>"
    assert open_document(page.encode(), "a.html").text == "2023年公开12条"


def test_tags_that_nobody_closed_lose_no_text():
    page = "<html><body>" + "".join(f"<p><font><b>第{i}段" for i in range(2_000)) + "</body></html>"
    text = open_document(page.encode(), "a.html").text
    assert text.splitlines() == [f"第{i}段" for i in range(2_000)]


def test_scripts_are_not_read_and_furniture_is():
    page = "<html><head><title>题</title></head><body><script>var a=1</script><nav>首页</nav><p>正文</p></body></html>"
    document = open_document(page.encode(), "a.html")
    assert document.text == "首页\n正文"
    assert document.title == "题"


LAUGHS = (
    '<?xml version="1.0"?><!DOCTYPE l [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">'
    '<!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;">]>'
    f'<w:document xmlns:w="{W}"><w:body><w:p><w:r><w:t>&c;</w:t></w:r></w:p></w:body></w:document>'
)
NESTED_TABLES = (
    f'<w:document xmlns:w="{W}"><w:body>' + "<w:tbl><w:tr><w:tc>" * 3000 + "</w:tc></w:tr></w:tbl>" * 3000
    + "</w:body></w:document>"
)  # fmt: skip


@pytest.mark.parametrize(
    ("data", "refusal"),
    [
        pytest.param(b"", refusals.Empty, id="nothing at all"),
        pytest.param(b" \r\n\t", refusals.Empty, id="only blanks"),
        pytest.param(b"\0" * 999, refusals.Empty, id="only zero bytes"),
        pytest.param(bytes(range(256)) * 20, refusals.NotText, id="binary noise"),
        pytest.param(b"PK\x03\x04" + bytes(range(256)), refusals.Damaged, id="a broken archive"),
        pytest.param(b"%PDF-1.7\n" + bytes(range(256)), refusals.Damaged, id="a broken PDF"),
        pytest.param(zipped({"word/document.xml": "<w:"}), refusals.Damaged, id="broken markup"),
        pytest.param(
            zipped({"word/document.xml": LAUGHS}), refusals.Damaged, id="a billion laughs"
        ),
        pytest.param(
            zipped({"word/document.xml": NESTED_TABLES}), refusals.Damaged, id="deep nesting"
        ),
        pytest.param(
            zipped({"word/document.xml": b"0" * (limits.RATIO_FREE_BYTES * 8)}),
            refusals.Bomb,
            id="a bomb",
        ),
        pytest.param(
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(512),
            refusals.OldFormat,
            id="an old Word file",
        ),
        pytest.param(
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"),
            refusals.Encrypted,
            id="a Word file with a password",
        ),
        pytest.param(b"\x89PNG\r\n\x1a\n" + bytes(99), refusals.OldFormat, id="a picture"),
        pytest.param(zipped({"OFD.xml": "<a/>"}), refusals.OldFormat, id="an OFD file"),
        pytest.param(
            b"<html><body>" + b"<div>" * 9_000, refusals.TooNested, id="a page nested without end"
        ),
        pytest.param(b"a" * (limits.MAX_TEXT_CHARS + 1), refusals.TooLarge, id="an enormous text"),
        pytest.param(b"1|2\n" * limits.MAX_CELLS, refusals.TooLarge, id="an enormous table"),
    ],
)
def test_what_cannot_be_read_says_so_in_one_sentence(data, refusal):
    with pytest.raises(refusal) as refused:
        open_document(data, "报告.docx")
    sentence = str(refused.value)
    assert sentence.endswith("。")
    assert "\n" not in sentence
    assert read_bytes(data, "报告.docx").problems == (sentence,)


def test_a_table_that_claims_to_be_huge_is_cut_to_size():
    page = "<table>" + "<tr><td rowspan=999999 colspan=999999>1</td></tr>" * 50 + "</table>"
    reading = read_bytes(page.encode(), "a.html")
    assert reading.problems == ()


def test_archives_and_directories_are_opened(tmp_path):
    inner = zipped({"c.html": a_page()})
    (tmp_path / "一.zip").write_bytes(
        zipped({"年报/a.txt": WORDS, "b.zip": inner, "x.exe": "no", "__MACOSX/a.txt": "no"})
    )
    (tmp_path / "二.txt").write_text(WORDS)
    (tmp_path / "三.json").write_text("{}")
    names = [source.name.removeprefix(f"{tmp_path}/") for source in collect([tmp_path])]
    assert names == ["一.zip!/b.zip!/c.html", "一.zip!/年报/a.txt", "二.txt"]


def test_archives_in_archives_end_somewhere(tmp_path):
    data = WORDS.encode()
    for depth in range(limits.MAX_ARCHIVE_DEPTH + 2):
        data = zipped({f"{depth}.zip" if depth else "a.txt": data})
    (tmp_path / "a.zip").write_bytes(data)
    (only,) = collect([tmp_path / "a.zip"])
    assert isinstance(only.problem, refusals.TooDeep)


def test_links_do_not_lead_out_of_a_directory(tmp_path):
    secret = tmp_path / "别处.txt"
    secret.write_text("不公开")
    folder = tmp_path / "年报"
    folder.mkdir()
    (folder / "a.txt").write_text(WORDS)
    (folder / "b.txt").symlink_to(secret)
    (folder / "c.txt").symlink_to(folder / "a.txt")
    (folder / "loop").symlink_to(folder)
    found = {os.path.basename(s.name): type(s.problem) for s in collect([folder])}  # noqa: PTH119  # names, not paths
    assert found == {"a.txt": type(None), "b.txt": refusals.OutsideTree, "c.txt": type(None)}


def test_a_pipe_is_not_waited_for(tmp_path):
    os.mkfifo(tmp_path / "a.txt")
    (only,) = collect([tmp_path / "a.txt"])
    assert isinstance(only.problem, refusals.NotRegular)


def test_a_missing_file_is_named():
    reading = read("/没有/这个.pdf")
    assert reading.problems == ("找不到“/没有/这个.pdf”；请检查路径。",)


@settings(max_examples=150, deadline=None)
@given(data=st.data(), kind=st.sampled_from(sorted(MADE)))
def test_a_damaged_file_gives_a_reading_or_a_sentence(data, kind):
    content = bytearray(MADE[kind])
    for _ in range(data.draw(st.integers(1, 20))):
        at = data.draw(st.integers(0, len(content) - 1))
        content[at] = data.draw(st.integers(0, 255))
    content = bytes(content)[: data.draw(st.integers(1, len(content)))]
    reading = read_bytes(content, "报告")
    assert reading.text or len(reading.problems) == 1


@settings(max_examples=200, deadline=None)
@given(st.binary(max_size=400) | st.text(max_size=200).map(str.encode))
def test_any_bytes_give_a_reading_or_a_sentence(content):
    reading = read_bytes(content, "报告")
    assert reading.text or len(reading.problems) == 1


def test_refusals_are_refusals():
    assert all(
        issubclass(found, Unreadable)
        for found in vars(refusals).values()
        if isinstance(found, type) and found.__module__ == refusals.__name__
    )
