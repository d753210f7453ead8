"""What may come into the reading room, and in which words the rest is turned away."""

import io
import zipfile

import pytest

from gongkai.core.extraction.sources.limits import MAX_FILE_BYTES
from gongkai.oversight.readings import intake
from gongkai.oversight.readings.intake import Arrival, Turned, admit, plain_name


def admitted(*files):
    """Run files, each a name and its bytes, through the door."""
    return list(admit((name, len(data), io.BytesIO(data)) for name, data in files))


def zipped(*members, **kwargs):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, **kwargs) as archive:
        for name, data in members:
            archive.writestr(name, data)
    return out.getvalue()


def test_a_text_comes_in():
    (arrival,) = admitted(("年报.txt", "收到申请12件。".encode()))
    assert arrival == Arrival("年报.txt", "收到申请12件。".encode())


def test_an_archive_is_opened_and_what_cannot_be_read_in_it_is_passed_over():
    data = zipped(
        ("2019/甲.txt", "收到申请1件。"),
        ("2020/乙.html", "<p>收到申请2件。</p>"),
        ("照片.jpg", b"\xff\xd8\xff"),
        ("__MACOSX/._甲.txt", b"\x00"),
    )
    names = [item.name for item in admitted(("年报.zip", data))]
    assert names == ["甲.txt", "乙.html"]


def test_an_archive_within_an_archive_is_opened():
    inner = zipped(("丙.txt", "收到申请3件。"))
    (arrival,) = admitted(("外.zip", zipped(("内.zip", inner))))
    assert arrival.name == "丙.txt"


@pytest.mark.parametrize(
    ("name", "data", "sentence"),
    [
        pytest.param("年报.txt", b"", "空文件", id="an empty file"),
        pytest.param("年报.exe", b"MZ", "类型读不了", id="a program"),
        pytest.param("年报", b"abc", "类型读不了", id="a name without an ending"),
        pytest.param("年报.pdf", b"\x89PNG\r\n\x1a\n", "图片", id="a picture called a PDF"),
        pytest.param(
            "年报.docx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "另存为", id="an old Word file"
        ),
        pytest.param("年报.zip", b"PK\x03\x04 broken", "损坏", id="a broken archive"),
    ],
)
def test_what_cannot_be_read_is_turned_away_in_one_sentence(name, data, sentence):
    (turned,) = admitted((name, data))
    assert isinstance(turned, Turned)
    assert sentence in turned.why
    assert name in turned.why
    assert "/tmp" not in turned.why
    assert "\n" not in turned.why


def test_a_file_beyond_the_limit_is_not_even_read():
    class Unreadable(io.RawIOBase):
        def read(self, size=-1):
            raise AssertionError("it was read")

    (turned,) = admit([("年报.pdf", MAX_FILE_BYTES + 1, Unreadable())])
    assert "上限" in turned.why


def test_a_bomb_is_turned_away():
    (turned,) = admitted(("年报.zip", zipped(("零.txt", b"0" * (40 * 2**20)))))
    assert isinstance(turned, Turned)
    assert "反常" in turned.why


def test_an_archive_without_reports_says_so_under_its_own_name():
    (turned,) = admitted(("照片.zip", zipped(("照片.jpg", b"\xff\xd8\xff"))))
    assert "照片.zip" in turned.why
    assert "/tmp" not in turned.why


def test_more_than_the_limit_is_cut_with_a_sentence(monkeypatch):
    monkeypatch.setattr(intake, "COUNT_LIMIT", 3)
    items = admitted(*((f"{n}.txt", b"1") for n in range(6)))
    assert [type(item) for item in items] == [Arrival, Arrival, Arrival, Turned]


def test_more_than_the_weight_is_cut_with_a_sentence(monkeypatch):
    monkeypatch.setattr(intake, "UNPACKED_LIMIT", 10)
    items = admitted(("a.txt", b"1" * 6), ("b.txt", b"2" * 6), ("c.txt", b"3"))
    assert [type(item) for item in items] == [Arrival, Turned]


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("C:\\用户\\年报.pdf", "年报.pdf"),
        ("../../etc/passwd", "passwd"),
        ("年\u202e报\x00.txt", "年报.txt"),
        ("", "未命名"),
        ("长" * 400 + ".docx", "长" * 115 + ".docx"),
    ],
)
def test_a_name_is_made_plain(given, kept):
    assert plain_name(given) == kept
