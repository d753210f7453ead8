"""What comes to the forms of information from somebody who means harm: files too large, packed to burst, or under a false name."""

import io
import tracemalloc
import zipfile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from tests.domain.information.test_importing import confirmed, row, settled, table
from tests.factories import samples
from tests.factories.information import drafted, publishing_office

from gongkai.domain.information.importing import actions, errors, tables
from gongkai.domain.information.importing.models import Batch
from gongkai.domain.information.models import Item
from gongkai.foundation.attachments.models import StoredFile

pytestmark = pytest.mark.django_db
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
PART = "x-x-x"
HUGE = 200 * 2**20
MEMORY = 24 * 2**20


class Upload:
    """The body of a form with fields and one file of *size* zeros, which exist only while they are read."""

    def __init__(self, field: str, name: str, size: int, **fields: object) -> None:
        told = [f'Content-Disposition: form-data; name="{k}"\r\n\r\n{v}' for k, v in fields.items()]
        file = (
            f'Content-Disposition: form-data; name="{field}"; filename="{name}"\r\n'
            "Content-Type: application/octet-stream\r\n\r\n"
        )
        head = "".join(f"--{PART}\r\n{each}\r\n" for each in told) + f"--{PART}\r\n{file}"
        self.head, self.zeros = head.encode(), size
        self.tail = f"\r\n--{PART}--\r\n".encode()
        self.length = len(self.head) + size + len(self.tail)

    def read(self, size: int = 2**16) -> bytes:
        """Return the next *size* bytes."""
        taken, self.head = self.head[:size], self.head[size:]
        zeros = min(size - len(taken), self.zeros)
        self.zeros -= zeros
        rest = size - len(taken) - zeros
        last, self.tail = self.tail[:rest], self.tail[rest:]
        return taken + bytes(zeros) + last

    def readline(self, size: int = 2**16) -> bytes:
        """Return what Django's wrapper never asks for in a form with files."""
        raise NotImplementedError


def send(client, address, upload):
    return client.post(
        address,
        **{
            "wsgi.input": upload,
            "CONTENT_LENGTH": str(upload.length),
            "CONTENT_TYPE": f"multipart/form-data; boundary={PART}",
        },
    )


def test_a_file_of_200_mb_is_refused_with_a_sentence_and_never_held_in_memory():
    office = publishing_office()
    item = drafted(office)
    client = Client()
    client.force_login(office.clerk.user, backend=BACKEND)
    places = [
        (f"/desk/information/{item.pk}/edit/", Upload("uploads", "大.pdf", HUGE, title="甲")),
        ("/desk/importing/begin/", Upload("file", "大.xlsx", HUGE, unit=office.bureau.pk)),
    ]
    for address, _ in places:
        client.get(address.replace("edit/", ""))
    for address, upload in places:
        tracemalloc.start()
        answer = send(client, address, upload)
        _, most = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        said = answer.content.decode()
        assert answer.status_code in {413, 422}, address
        assert "50 MB" in said or "60 MB" in said, address
        assert "大." in said, address
        assert most < MEMORY, (address, most)
    assert not StoredFile.objects.exists()
    assert not Batch.objects.exists()


def test_what_is_packed_beside_a_sheet_is_judged_one_by_one_and_gets_out_of_no_folder(
    settings, tmp_path
):
    settings.MEDIA_ROOT = str(tmp_path / "deep" / "media")
    office = publishing_office()
    word = samples.word()
    hostile = {
        "../../outside.docx": word,
        "C:\\Windows\\系统.docx": word,
        "炸弹.docx": samples.with_parts(word, {"word/media/a.bmp": b"\0" * 40_000_000}),
        "宏.docx": samples.with_parts(word, {"word/vbaProject.bin": b"x"}),
        "图.svg": SVG,
        "图.png": SVG,
        "年报.pdf": b"<script>x()</script>" + samples.pdf(),
        "空.txt": b"\0" * 60 * 2**20,
    }
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in hostile.items():
            archive.writestr(name, data)
    rows = [row(n, f"关于第{n}号工程的通知", files=name) for n, name in enumerate(hostile, 1)]
    rows.append(row(9, "关于第9号工程的通知", files="../../../etc/passwd"))
    batch = settled(office, table(*rows), SimpleUploadedFile("附件.zip", packed.getvalue()))
    confirmed(batch, by=office.clerk)

    told = {line.number - 2: line for line in batch.lines.all()}
    assert [n for n, line in told.items() if line.state == "done"] == [1, 2]
    for n, words in {3: "大得反常", 4: "宏", 5: "图.svg", 6: "网页", 7: "年报.pdf", 8: "50 MB", 9: "没有"}.items():  # fmt: skip
        said = "".join(told[n].problems)
        assert words in said, said
        assert "请" in said
    kept = StoredFile.objects.all()
    assert {file.name for file in kept} == {"outside.docx", "系统.docx"}
    outside = [
        path
        for path in tmp_path.rglob("*")
        if path.is_file() and not path.is_relative_to(settings.MEDIA_ROOT)
    ]
    assert outside == []
    assert Item.objects.count() == 2


def test_a_sheet_that_unpacks_to_too_much_is_not_opened(monkeypatch):
    office = publishing_office()
    data = samples.with_parts(
        samples.sheet([["标题"], ["甲"]]), {"xl/sharedStrings.xml": b" " * 2_000_000}
    )
    monkeypatch.setattr(tables, "MOST_UNPACKED", 1_000_000)
    monkeypatch.setattr(
        tables.openpyxl, "load_workbook", lambda *_, **__: pytest.fail("it was opened")
    )
    with pytest.raises(errors.Unreadable, match="太大"):
        actions.begin(office.bureau, file=SimpleUploadedFile("表.xlsx", data), by=office.clerk)
