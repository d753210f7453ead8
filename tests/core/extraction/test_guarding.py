"""A file that takes too much ends its own process and nothing else."""

import io
import zipfile

import pytest

from gongkai.core.extraction.guarding import Guard
from gongkai.core.extraction.reader import read_bytes
from gongkai.core.extraction.sources import Source, Unreadable, open_document

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def word_file(text):
    body = f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>"
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr(
            "word/document.xml", f'<w:document xmlns:w="{W}"><w:body>{body}</w:body></w:document>'
        )
    return buffer.getvalue()


def test_a_guarded_reading_is_the_same():
    data = word_file("云川市财政局2023年政府信息公开工作年度报告")
    with Guard() as guard:
        assert guard.read(Source("a.docx", data)) == read_bytes(data, "a.docx")


def test_the_next_file_is_read_after_one_that_took_too_long():
    data = word_file("云川市财政局2023年政府信息公开工作年度报告")
    with Guard(seconds=0.001) as guard:
        late = guard.read(Source("a.docx", data))
        assert late.problems == ("读取超过 0.001 秒，已停止；文件可能有问题，请另存一份再试。",)
        guard.seconds = 60
        assert guard.read(Source("b.docx", data)).year == 2023


def test_a_process_that_breaks_down_is_told_from_one_that_is_late():
    with Guard(memory=2**20) as guard:  # too little to start at all
        (problem,) = guard.read(Source("a.docx", word_file("甲"))).problems
    assert "内存" in problem


@pytest.mark.parametrize("data", [b"", b"%PDF-1.7"], ids=["empty", "broken"])
def test_what_cannot_be_read_says_so_through_the_guard(data):
    with Guard() as guard:
        assert len(guard.read(Source("a", data)).problems) == 1


def test_any_function_of_a_file_can_be_called_behind_the_guard():
    with Guard() as guard:
        assert guard.call(len, b"abc") == 3
        with pytest.raises(Unreadable, match="文件是空的"):
            guard.call(open_document, b"", name="空.docx")
