"""Pictures of a Word file come along as it shows them: where they stood, cropped, and with words that a person wrote."""

import hashlib
import io

import docx
import pytest
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls
from PIL import Image

from gongkai.core.cleaning.placed import as_shown, told
from gongkai.core.cleaning.word import word_html, word_pictures

ALT = "新城水厂改造前后供水范围对比图"


def picture(form="PNG", size=(40, 20), color="navy") -> io.BytesIO:
    made = io.BytesIO()
    image = Image.new("RGB", size, color)
    image.paste((200, 0, 0), (0, 0, size[0] // 2, size[1]))
    image.save(made, form)
    made.seek(0)
    return made


def saved(document) -> bytes:
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def crop(shape, **sides):
    rect = shape._inline.find(".//{*}blipFill/{*}srcRect")
    if rect is None:
        rect = parse_xml(f"<a:srcRect {nsdecls('a')}/>")
        shape._inline.find(".//{*}blip").addnext(rect)
    for side, share in sides.items():
        rect.set(side, str(share))


def test_a_picture_stands_where_it_stood_with_what_was_written_of_it():
    document = docx.Document()
    document.add_paragraph("范围见下图。")
    document.add_picture(picture())._inline.docPr.set("descr", ALT)
    document.add_paragraph("以上。")
    data = saved(document)
    (bytes_,) = word_pictures(data)
    digest = hashlib.sha256(picture().getvalue()).hexdigest()
    assert hashlib.sha256(bytes_).hexdigest() == digest
    assert word_html(data).html.replace("\n", "") == (
        f'<p>范围见下图。</p><p><img src="/pictures/{digest}.png" alt="{ALT}"></p><p>以上。</p>'
    )


def test_what_was_cropped_away_does_not_come_along():
    document = docx.Document()
    shape = document.add_picture(picture("JPEG", (100, 40)))
    shape._inline.docPr.set("descr", ALT)
    crop(shape, l=50_000, b=25_000)
    data = saved(document)
    (bytes_,) = word_pictures(data)
    with Image.open(io.BytesIO(bytes_)) as made:
        assert made.size == (50, 30)
        assert made.format == "JPEG"
        red, _, _ = made.getpixel((25, 15))
    assert red < 60  # the red half is gone
    assert f'alt="{ALT}"' in word_html(data).html


def test_pictures_that_word_hides_or_that_were_deleted_do_not_come_along():
    document = docx.Document()
    document.add_paragraph("正文")
    hidden = document.add_paragraph().add_run()
    hidden.add_picture(picture())
    hidden.font.hidden = True
    gone = document.add_paragraph()
    gone.add_run().add_picture(picture(color="green"))
    deleted = OxmlElement("w:del")
    deleted.append(gone.runs[0]._r)
    gone._p.append(deleted)
    data = saved(document)
    assert word_pictures(data) == ()
    assert word_html(data).html == "<p>正文</p>"


@pytest.mark.parametrize("form", ["BMP", "TIFF"])
def test_what_every_program_reads_and_no_browser_shows_becomes_png(form):
    made = as_shown(picture(form).getvalue(), None)
    assert made.ending == "png"
    assert made.data.startswith(b"\x89PNG")


def test_a_drawing_that_browsers_do_not_show_and_one_too_large_are_told():
    assert as_shown(b"\xd7\xcd\xc6\x9a" + b"\0" * 60, None) is None
    assert as_shown(b"", None) is None
    document = docx.Document()
    document.add_paragraph("正文")
    document.add_picture(picture())
    data = saved(document)
    made = word_html(data, largest=10)
    assert made.html == "<p>正文</p>"
    assert [dropped.kind for dropped in made.dropped] == ["picture"]
    assert word_pictures(data, largest=10) == ()


@pytest.mark.parametrize(
    "words", ["IMG_2041.JPG", r"C:\Users\zhang\a.png", "图片 3", "图片包含 室内, 描述已自动生成", "5e9d9a7b0cb8d77a"]
)  # fmt: skip
def test_names_of_files_and_what_programs_guess_are_no_words(words):
    assert told(words) == ""
    assert told(ALT) == ALT
