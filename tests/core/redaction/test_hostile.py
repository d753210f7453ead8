"""Files that were made to break things are refused in a sentence, within the limits of the guarded process."""

import io
import zipfile
import zlib

import pikepdf
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image
from tests.core.redaction.made import photograph, sheet, word_file

from gongkai.core.extraction.guarding import Guard
from gongkai.core.extraction.sources.errors import Unreadable
from gongkai.core.redaction import open_working, paper, read_pages, rebuilt
from gongkai.core.redaction.rebuilding import MOST_PIXELS


def encrypted() -> bytes:
    with pikepdf.open(io.BytesIO(sheet("甲"))) as locked:
        buffer = io.BytesIO()
        locked.save(buffer, encryption=pikepdf.Encryption(owner="a", user="b"))
        return buffer.getvalue()


def picture_bomb() -> bytes:
    head = Image.new("1", (8, 8))
    buffer = io.BytesIO()
    head.save(buffer, "PNG")
    data = bytearray(buffer.getvalue())
    data[16:24] = (60_000).to_bytes(4, "big") * 2
    data[29:33] = zlib.crc32(bytes(data[12:29])).to_bytes(4, "big")
    return bytes(data)


def word_bomb() -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", b"<a>" + b" " * 60_000_000)
    return buffer.getvalue()


def many_pages() -> bytes:
    with pikepdf.new() as long:
        for _ in range(501):
            long.add_blank_page(page_size=(10, 10))
        buffer = io.BytesIO()
        long.save(buffer)
        return buffer.getvalue()


HOSTILE = {
    "nothing": b"",
    "a password": encrypted(),
    "half a PDF": sheet("甲")[:300],
    "a picture of 3,600 million pixels": picture_bomb(),
    "half a photograph": photograph("JPEG")[:400],
    "a Word document that unpacks to 60 MB": word_bomb(),
    "half a Word document": word_file()[:9000],
    "501 pages": many_pages(),
    "a workbook": b"PK\x03\x04" + b"\0" * 40,
    "an old Word file": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600,
    "a web page": b"<html><body><p>a</p></body></html>",
}


@pytest.mark.parametrize("data", HOSTILE.values(), ids=HOSTILE)
def test_is_refused_in_a_sentence(data):
    with pytest.raises(Unreadable) as refused:
        open_working(data, "文件")
    assert str(refused.value).endswith("。")


def test_a_sheet_as_large_as_a_house_is_drawn_coarsely():
    with pikepdf.new() as vast:
        vast.add_blank_page(page_size=(14_400, 14_400))
        buffer = io.BytesIO()
        vast.save(buffer)
    (made,) = rebuilt(buffer.getvalue(), [], [1])
    assert made.picture.width * made.picture.height <= MOST_PIXELS * 1.01


WHOLE = {"pdf": sheet("甲乙丙"), "docx": word_file(), "png": photograph("PNG", (40, 30))}


@settings(max_examples=20, deadline=None)
@given(st.data())
def test_a_file_with_broken_bytes_is_read_or_refused_and_never_more(data):
    whole = WHOLE[data.draw(st.sampled_from(sorted(WHOLE)))]
    at = data.draw(st.integers(0, len(whole) - 1))
    broken = whole[:at] + data.draw(st.binary(min_size=1, max_size=8)) + whole[at + 4 :]
    try:
        working = open_working(broken, "文件")
        if working.form == "pages":
            paper(rebuilt(working.data, [], range(1, working.pages + 1)))
    except Unreadable:
        return
    assert working.pages >= 1


def test_the_guarded_process_gives_back_working_copies_pages_and_new_pages():
    with Guard() as guard:
        working = guard.call(open_working, sheet("甲乙丙"), "a.pdf")
        pages = guard.call(read_pages, working.data)
        assert pages == read_pages(working.data)
        assert paper(guard.call(rebuilt, working.data, [], [1])) == paper(
            rebuilt(working.data, [], [1])
        )
