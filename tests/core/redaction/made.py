"""Files made for the tests of redaction: pages of words, and pages with things hidden in them."""

import io

import pikepdf
import typst
from docx import Document
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from PIL import Image, ImageDraw

from gongkai.core.rendering.glyphs import FONTS

FACES = typst.Fonts(include_system_fonts=False, font_paths=[str(FONTS)])
IDENTITY = "11010119900307109X"
LETTER = """申请人：李建国，男，身份证号码11010119900307109X，
家住云川市青石镇柳树村三组12号，手机16012345678。
车辆云A12345登记在李建国名下，工资卡号6222020200112233445。
以上情况属实，李建国认可。"""


def sheet(*lines: str, size: str = "width: 300pt, height: 200pt", extra: str = "") -> bytes:
    """A PDF page with these lines, one more for each form feed among them."""
    body = "\n\n".join(
        "#pagebreak()" if line == "\f" else f"#{typst_string(line)}" for line in lines
    )
    source = f'#set page({size}, margin: 10pt)\n#set text(font: "Noto Serif SC", size: 10pt, lang: "zh")\n{body}\n{extra}'
    return typst.compile(source.encode(), font_paths=FACES)


def typst_string(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def changed(data: bytes, change) -> bytes:
    with pikepdf.open(io.BytesIO(data)) as paper:
        change(paper)
        buffer = io.BytesIO()
        paper.save(buffer)
        return buffer.getvalue()


def word_file() -> bytes:
    """A Word document with a table, a picture, a deleted, a hidden and a white word."""
    document = Document()
    document.add_heading("处理情况", 1)
    paragraph = document.add_paragraph("第一段，申请人：李建国。")
    vanished = paragraph.add_run("隐藏的话")
    vanished.font.hidden = True
    deleted = OxmlElement("w:del")
    run = OxmlElement("w:r")
    words = OxmlElement("w:delText")
    words.text = "删去的话"
    run.append(words)
    deleted.append(run)
    paragraph._p.append(deleted)
    pale = paragraph.add_run("白色的话")
    colour = OxmlElement("w:color")
    colour.set(qn("w:val"), "FFFFFF")
    pale._r.get_or_add_rPr().append(colour)
    table = document.add_table(2, 2)
    for index, text in enumerate(["姓名", "电话", "王大力", "17712345678"]):
        table.cell(index // 2, index % 2).text = text
    document.add_picture(io.BytesIO(photograph("PNG", (120, 60))))
    document.add_paragraph("最后一段")
    document.core_properties.author = "秘书甲"
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def photograph(format_: str, size=(400, 300), *, orientation: int = 1, frames: int = 1) -> bytes:
    """A picture with a red left half, saved with an author and an orientation."""
    pictures = []
    for _ in range(frames):
        picture = Image.new("RGB", size, "white")
        ImageDraw.Draw(picture).rectangle((0, 0, size[0] // 2, size[1]), fill="red")
        pictures.append(picture)
    exif = Image.Exif()
    exif[0x0112], exif[0x013B] = orientation, "拍照的人".encode().decode("latin-1")
    buffer = io.BytesIO()
    more = {"save_all": True, "append_images": pictures[1:]} if frames > 1 else {"exif": exif}
    pictures[0].save(buffer, format_, **more)
    return buffer.getvalue()
