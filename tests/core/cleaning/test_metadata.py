"""A file after cleaning shows the same and says nothing of who made it."""

import io
import zipfile

import docx
import openpyxl
import pikepdf
import pytest
from PIL import Image
from tests.core.screening.made import (
    pdf_file,
    photograph,
    with_members,
    word_file,
    workbook_file,
)

from gongkai.core.cleaning import (
    CannotClean,
    HasComments,
    HasPrograms,
    HasRevisions,
    strip_metadata,
)
from gongkai.core.cleaning.metadata import WORD, WORKBOOK
from gongkai.core.extraction.guarding import Guard
from gongkai.core.extraction.sources.errors import Unreadable
from gongkai.core.screening import screen_file


def rules(data: bytes) -> set[str]:
    screening = screen_file(data, "清除以后")
    assert screening.problems == ()
    return {hit.rule for hit in screening.hits}


def test_a_word_file_loses_its_author_and_keeps_its_words():
    cleaned = strip_metadata(word_file(author="陈处长"), WORD)
    assert rules(cleaned) == set()
    opened = docx.Document(io.BytesIO(cleaned))
    assert [p.text for p in opened.paragraphs] == ["云川市财政局关于公布2023年惠农补贴的公告"]
    assert "陈处长".encode() not in b"".join(_members(cleaned).values())


def test_tracked_changes_and_comments_are_never_accepted_in_silence():
    changed = word_file(deleted="原定八百元", inserted="改为六百元")
    with pytest.raises(HasRevisions, match="2 处"):
        strip_metadata(changed, WORD)
    with pytest.raises(HasComments, match="1 条批注"):
        strip_metadata(word_file(comment="再核"), WORD)
    accepted = strip_metadata(
        word_file(deleted="原定八百元", inserted="改为六百元", comment="再核"),
        WORD,
        revisions="accept",
    )
    assert rules(accepted) == set()
    words = [p.text for p in docx.Document(io.BytesIO(accepted)).paragraphs]
    assert words == ["云川市财政局关于公布2023年惠农补贴的公告", "", "改为六百元", "请核对金额。"]
    assert {"hidden.deleted", "hidden.inserted"} <= rules(
        strip_metadata(changed, WORD, revisions="keep")
    )


def test_a_workbook_loses_author_and_comments_and_keeps_its_cells():
    with pytest.raises(HasComments):
        strip_metadata(workbook_file(), WORKBOOK)
    cleaned = strip_metadata(workbook_file(), WORKBOOK, revisions="accept")
    assert not {"hidden.author", "hidden.comment"} & rules(cleaned)
    sheet = openpyxl.load_workbook(io.BytesIO(cleaned))["公示"]
    assert [cell.value for cell in sheet[2]][:3] == ["米有根", sheet["B2"].value, 480]
    assert sheet["C2"].comment is None


def test_a_file_with_macros_is_refused():
    with pytest.raises(HasPrograms):
        strip_metadata(with_members(word_file(), **{"word__vbaProject.bin": b"x"}), WORD)


def test_a_pdf_loses_author_scripts_and_attachments_and_keeps_its_page():
    def spoil(made):
        made.docinfo["/Author"] = "周拟稿"
        with made.open_metadata() as xmp:
            xmp["dc:creator"] = ["周拟稿"]
        script = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS=pikepdf.String("app.alert(1)"))
        made.Root.OpenAction = script
        made.attachments["底稿.txt"] = pikepdf.AttachedFileSpec(
            made, b"secret", filename="底稿.txt"
        )
        note = pikepdf.Dictionary(
            Type=pikepdf.Name.Annot,
            Subtype=pikepdf.Name.Text,
            Rect=[1, 1, 20, 20],
            Contents=pikepdf.String("again"),
        )
        link = pikepdf.Dictionary(
            Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Link, Rect=[1, 1, 9, 9], A=script
        )
        made.pages[0].Annots = pikepdf.Array(map(made.make_indirect, (note, link)))

    page = b"BT /F1 12 Tf 50 700 Td (Public notice) Tj ET"
    spoiled = pdf_file(page, spoil=spoil)
    with pytest.raises(HasComments):
        strip_metadata(spoiled, "application/pdf")
    cleaned = strip_metadata(spoiled, "application/pdf", revisions="accept")
    assert rules(cleaned) == set()
    assert screen_file(cleaned, "").text.strip() == "Public notice"
    with pikepdf.open(io.BytesIO(cleaned)) as opened:
        told = repr(list(opened.objects))
        assert "/Info" not in opened.trailer
        assert "JavaScript" not in told
        assert "EmbeddedFile" not in told


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_a_picture_keeps_every_pixel_and_the_way_it_is_turned(kind):
    data = photograph(kind)
    cleaned = strip_metadata(data, f"image/{kind.lower()}")
    assert rules(cleaned) == set()
    with Image.open(io.BytesIO(data)) as before, Image.open(io.BytesIO(cleaned)) as after:
        assert dict(after.getexif()) == {0x0112: 6}
        assert before.tobytes() == after.tobytes()


def test_what_follows_the_end_of_a_photograph_is_cut_off():
    cleaned = strip_metadata(photograph() + photograph(), "image/jpeg")
    assert cleaned.endswith(b"\xff\xd9")
    assert len(cleaned) < len(photograph())


@pytest.mark.parametrize(
    ("data", "media_type"),
    [
        (word_file(author="甲"), WORD),
        (workbook_file(), WORKBOOK),
        (pdf_file(b"BT /F1 9 Tf 9 9 Td (x) Tj ET"), "application/pdf"),
        (photograph(), "image/jpeg"),
        (photograph("PNG"), "image/png"),
        (photograph("WEBP"), "image/webp"),
    ],
    ids=["docx", "xlsx", "pdf", "jpeg", "png", "webp"],
)
def test_cleaning_is_repeatable_and_a_clean_file_stays_as_it_is(data, media_type):
    once = strip_metadata(data, media_type, revisions="accept")
    assert strip_metadata(data, media_type, revisions="accept") == once
    assert strip_metadata(once, media_type) == once


def test_what_cannot_be_cleaned_is_refused_with_a_sentence():
    for media_type in ("image/svg+xml", "image/gif", ""):
        with pytest.raises(CannotClean, match="另存为"):
            strip_metadata(b"<svg/>", media_type)


@pytest.mark.parametrize(
    "media_type", [WORD, "application/pdf", "image/jpeg", "image/png", "image/webp"]
)
@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"PK\x03\x04x",
        b"%PDF-1.7 x",
        b"\xff\xd8\xff\xe0\0\0",
        b"\x89PNG\r\n\x1a\n\0",
        b"RIFF\4\0\0\0WEBP",
    ],
)
def test_broken_files_are_refused_and_nothing_else_happens(data, media_type):
    with pytest.raises(Unreadable):
        strip_metadata(data, media_type)


def test_cleaning_works_behind_the_guard():
    with Guard() as guard:
        assert guard.call(strip_metadata, photograph(), "image/jpeg")
        with pytest.raises(HasRevisions):
            guard.call(strip_metadata, word_file(deleted="删"), WORD)


def _members(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}
