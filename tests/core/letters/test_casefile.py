"""A case file proves what is in it."""

import io
from datetime import date

import pikepdf
import pypdfium2
import pytest
from PIL import Image

from gongkai.console import main
from gongkai.core.casefile import (
    CaseCover,
    NotACaseFile,
    Piece,
    assemble,
    manifest_of,
    retentions,
    verify,
)

DAY = date(2026, 3, 20)
COVER = CaseCover("2026-00012-00001", "云川市人民政府", "施工合同", (("保管期限", "定期10年"),))


def picture():
    stream = io.BytesIO()
    Image.new("RGB", (900, 400), "white").save(stream, "PNG")
    return stream.getvalue()


def paper(*, pages=2, password="", rotate=0):
    stream = io.BytesIO()
    with pikepdf.new() as pdf:
        for _ in range(pages):
            page = pdf.add_blank_page(page_size=(842, 595))
            page.rotate(rotate, relative=False)
        locked = pikepdf.Encryption(user=password, owner=password) if password else False
        pdf.save(stream, encryption=locked)
    return stream.getvalue()


def pieces():
    return (
        Piece("申请表", "申请材料", DAY, "申请表.png", "image/png", picture()),
        Piece("答复书", "文书", DAY, "答复书.pdf", "application/pdf", paper(rotate=90)),
        Piece("数据", "材料", DAY, "数据.csv", "text/csv", b"a,b\n1,2\n"),
    )


def changed(pdf, change):
    with pikepdf.open(io.BytesIO(pdf)) as book:
        change(book)
        stream = io.BytesIO()
        book.save(stream)
    return stream.getvalue()


def test_a_case_file_has_cover_contents_numbered_pages_and_every_piece_as_it_was(tmp_path, capsys):
    made = assemble(COVER, pieces(), DAY)
    told, faults = verify(made.pdf, made.manifest.as_json())
    assert faults == ()
    assert told == made.manifest == manifest_of(made.manifest.as_json())
    assert [(entry.first, entry.last) for entry in told.pieces] == [(1, 1), (2, 3), (4, 4)]
    shown = [page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(made.pdf)]
    assert "2026-00012-00001" in shown[0]
    assert "定期10年" in shown[0]
    assert told.pieces[2].sha256[:16] in shown[1]
    assert [text.strip() for text in shown[2:5]] == ["1", "2", "3"]
    assert told.pieces[2].sha256 in shown[5].replace("\r\n", "")
    (tmp_path / "case.pdf").write_bytes(made.pdf)
    with pytest.raises(SystemExit) as left:
        main(["casefile", "verify", str(tmp_path / "case.pdf")])
    assert left.value.code == 0
    assert "案卷与清单相符" in capsys.readouterr().out


def test_whatever_is_changed_in_it_is_told():
    made = assemble(COVER, pieces(), DAY)
    name = made.manifest.pieces[2].name

    def replace_piece(book):
        del book.attachments[name]
        book.attachments[name] = pikepdf.AttachedFileSpec(book, b"a,b\n1,3\n", filename=name)

    def take_piece(book):
        del book.attachments[name]

    def take_pages(book):
        del book.pages[2:]

    def slip_in(book):
        book.attachments["密.txt"] = pikepdf.AttachedFileSpec(book, b"x", filename="密.txt")

    for change, words in (
        (replace_piece, "内容已被改动"),
        (take_piece, "不在案卷里"),
        (take_pages, "有页被抽去"),
        (slip_in, "多出清单上没有的文件“密.txt”"),
    ):
        _, (fault,) = verify(changed(made.pdf, change))
        assert words in fault
    for data in (b"%PDF-1.7", paper(), b""):
        with pytest.raises(NotACaseFile):
            verify(data)


def test_a_piece_that_cannot_be_opened_is_attached_and_a_page_says_so():
    for data in (paper(password="x"), b"%PDF-1.7 broken"):
        piece = Piece("锁住的文件", "材料", DAY, "x.pdf", "application/pdf", data)
        made = assemble(COVER, [piece], DAY)
        assert verify(made.pdf)[1] == ()
        page = pypdfium2.PdfDocument(made.pdf)[2].get_textpage().get_text_range()
        assert "原件附在案卷内" in page


def test_retention_counts_full_calendar_years_after_the_one_of_closing():
    assert retentions()["ten"].until(date(2026, 3, 20)) == date(2036, 12, 31)
    assert retentions()["permanent"].until(DAY) is None
