"""Files that hide something, made for the tests."""

import io
import zipfile

import docx
import openpyxl
import pikepdf
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Pt, RGBColor
from openpyxl.comments import Comment
from openpyxl.styles import Font
from PIL import Image

IDENTITY = "110103195002010001"
"""Right in every part, but nobody's: the serial number 000 was never given out."""


def identity() -> str:
    from stdnum.cn import ric  # noqa: PLC0415

    body = "11010319500201000"
    return body + ric.calc_check_digit(body + "0")


def word_file(**what) -> bytes:
    """A DOCX; what it hides is asked for by name."""
    document = docx.Document()
    document.core_properties.author = what.get("author", "")
    document.core_properties.last_modified_by = ""
    document.core_properties.comments = ""
    document.add_paragraph("云川市财政局关于公布2023年惠农补贴的公告")
    if text := what.get("vanished"):
        document.add_paragraph().add_run(text).font.hidden = True
    if text := what.get("white"):
        document.add_paragraph().add_run(text).font.color.rgb = RGBColor(255, 255, 255)
    if text := what.get("tiny"):
        document.add_paragraph().add_run(text).font.size = Pt(1)
    if text := what.get("header"):
        document.sections[0].header.paragraphs[0].text = text
    if text := what.get("deleted"):
        document.add_paragraph()._p.append(_revision("del", text))
    if text := what.get("inserted"):
        document.add_paragraph()._p.append(_revision("ins", text))
    if text := what.get("comment"):
        paragraph = document.add_paragraph("请核对金额。")
        document.add_comment(paragraph.runs, text=text, author="何审核", initials="何")
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def _revision(name: str, text: str):
    change, run = OxmlElement(f"w:{name}"), OxmlElement("w:r")
    change.set(qn("w:id"), "7")
    change.set(qn("w:author"), "李拟稿")
    change.set(qn("w:date"), "2023-05-06T09:00:00Z")
    words = OxmlElement("w:delText" if name == "del" else "w:t")
    words.text = text
    run.append(words)
    change.append(run)
    return change


def with_members(data: bytes, **members: bytes) -> bytes:
    """A package with more in it; ``__`` in a name is a slash."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(buffer, "w") as new:
        for info in old.infolist():
            new.writestr(info, old.read(info))
        for name, content in members.items():
            new.writestr(name.replace("__", "/"), content)
    return buffer.getvalue()


def workbook_file() -> bytes:
    """An XLSX with a hidden sheet, column and row, a comment, white letters and an author."""
    book = openpyxl.Workbook()
    book.properties.creator = "刘经办"
    sheet = book.active
    sheet.title = "公示"
    for row in (("姓名", "身份证号", "金额"), ("米有根", identity(), 480), ("秦守田", "略", 520)):
        sheet.append(row)
    sheet.column_dimensions["B"].hidden = True
    sheet.row_dimensions[3].hidden = True
    sheet["C2"].comment = Comment("先按旧标准", "王会计")
    sheet["E1"] = "底数勿发"
    sheet["E1"].font = Font(color="FFFFFFFF")
    sheet["F1"] = "内部口径"
    sheet["F1"].number_format = ";;;"
    other = book.create_sheet("底稿")
    other["A1"] = "联系手机 16012340000"
    other.sheet_state = "hidden"
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def pdf_file(content: bytes, *, spoil=None) -> bytes:
    """A PDF of one page with this content stream; Helvetica is /F1."""
    made = pikepdf.new()
    made.add_blank_page(page_size=(600, 800))
    page = made.pages[0]
    font = made.make_indirect(
        pikepdf.Dictionary(
            Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica
        )
    )
    page.Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F1=font))
    page.Contents = made.make_stream(content)
    if spoil:
        spoil(made)
    buffer = io.BytesIO()
    made.save(buffer, deterministic_id=True)
    return buffer.getvalue()


def photograph(kind: str = "JPEG", *, orientation: int = 6) -> bytes:
    """A picture that says where, when and by whom it was taken, and how to turn it."""
    picture = Image.new("RGB", (32, 16), (200, 30, 30))
    picture.paste((10, 10, 200), (0, 0, 8, 8))
    exif = Image.Exif()
    exif[0x0112] = orientation
    exif[0x010F] = "SomePhone"
    exif[0x9C9D] = "摄影员小冯".encode("utf-16-le")
    exif.get_ifd(0x8825).update({1: "N", 2: (34.0, 45.0, 12.0), 3: "E", 4: (113.0, 40.0, 30.0)})
    buffer = io.BytesIO()
    picture.save(buffer, kind, exif=exif, quality=95)
    return buffer.getvalue()
