"""The verifier catches every way in which hidden words are known to get out."""

import io
from dataclasses import replace

import pikepdf
import pytest
from tests.core.redaction.made import changed, sheet

from gongkai.core.redaction import Mark, paper, proposals, read_pages, rebuilt
from gongkai.core.redaction.encoding import encoded
from gongkai.core.redaction.rebuilding import Line, page_picture
from gongkai.core.redaction.verifying import verify

SOURCE = sheet("申请人：李建国", "手机16012345678")


@pytest.fixture(scope="module")
def made():
    marks = [each.mark for each in proposals(read_pages(SOURCE))]
    return rebuilt(SOURCE, marks, [1])


def kinds(output: bytes, made) -> set[str]:
    found = verify(output, [made[0].source], [made[0].covered])
    assert all("李建国" not in each.message for each in found.findings)
    return {each.kind for each in found.findings}


def test_the_output_as_it_is_made_passes(made):
    assert kinds(paper(made), made) == set()


def metadata(paper_):
    paper_.docinfo["/Title"] = "李建国"


def xmp(paper_):
    with paper_.open_metadata() as about:
        about["dc:title"] = "李建国"


def attachment(paper_):
    paper_.attachments["a.txt"] = "李建国".encode("gb18030")


def annotation(paper_):
    note = pikepdf.Dictionary(Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Text, Rect=[0, 0, 1, 1])
    paper_.pages[0].Annots = [note]


def bookmark(paper_):
    with paper_.open_outline() as outline:
        outline.root.append(pikepdf.OutlineItem("李建国", 0))


def script(paper_):
    paper_.Root.OpenAction = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS="app.alert(1)")


def words_beside(paper_):
    paper_.pages[0].contents_add(b"% 16012345678")


def words_in_the_face(paper_):
    face = paper_.pages[0].Resources.Font.T
    face.ToUnicode.write(face.ToUnicode.read_bytes() + "\n% 李建国".encode("utf-16-be"))


def second_picture(paper_):
    paper_.pages[0].Resources.XObject.Q = paper_.pages[0].Resources.XObject.P


PLANTED = {
    "document information": (metadata, "structure"),
    "XMP": (xmp, "structure"),
    "an attachment": (attachment, "structure"),
    "an annotation": (annotation, "structure"),
    "a bookmark": (bookmark, "structure"),
    "a script": (script, "structure"),
    "words in a comment of the page": (words_beside, "bytes"),
    "words in the table of characters, UTF-16": (words_in_the_face, "bytes"),
    "a second picture": (second_picture, "structure"),
}


@pytest.mark.parametrize(("plant", "kind"), PLANTED.values(), ids=PLANTED)
def test_what_is_planted_in_the_file_is_found(made, plant, kind):
    assert kind in kinds(changed(paper(made), plant), made)


def test_an_object_that_nothing_refers_to_is_found(made):
    out = paper(made)
    at = out.rindex(b"xref\n", 0, out.rindex(b"startxref"))
    # the earlier file with another one appended that knows one object more
    body = b"99 0 obj\n(secret)\nendobj\n"
    table = b"xref\n99 1\n%010d 00000 n \ntrailer\n<< /Size 100 /Root 1 0 R /Prev %d >>\nstartxref\n%d\n%%%%EOF\n"
    later = out + body + table % (len(out), at, len(out) + len(body))
    assert "structure" in kinds(later, made)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16-le", "utf-16-be", "gb18030"])
def test_bytes_before_the_end_of_the_file_are_searched_in_every_encoding(made, encoding):
    out = paper(made)
    planted = out.replace(b"%\xbf\xf7\xa2\xfe", b"%" + "李建国".encode(encoding), 1)
    assert planted != out
    assert "bytes" in kinds(planted, made)


def test_a_letter_too_many_in_the_text_layer_is_found_by_both_readers(made):
    box = made[0].covered[0].boxes[0]
    leak = Line(
        (("李", box.left, box.left + 10), ("建", box.left + 10, box.left + 20)), box.top, box.bottom
    )
    out = paper([replace(made[0], lines=(*made[0].lines, leak))])
    found = verify(out, [made[0].source], [made[0].covered])
    assert {each.kind for each in found.findings} == {"text", "place"}
    assert {each.message.split()[0] for each in found.findings if each.kind == "text"} == {
        "pypdf",
        "pdfminer",
    }


def test_a_mark_that_is_not_burnt_in_is_found_in_the_pixels(made):
    bare_picture = encoded(page_picture(SOURCE, 1, 200))
    assert kinds(paper([replace(made[0], picture=bare_picture)]), made) == {"picture"}


def test_a_page_too_few_is_found(made):
    two = [made[0], made[0]]
    found = verify(paper(made), [each.source for each in two], [each.covered for each in two])
    assert [each.kind for each in found.findings] == ["pages"]


@pytest.mark.parametrize("data", [b"", b"%PDF-1.7\n", b"x" * 1000, SOURCE[:2000]])
def test_what_cannot_be_opened_does_not_pass(made, data):
    assert "structure" in kinds(data, made)


def test_the_source_itself_does_not_pass(made):
    assert kinds(SOURCE, made) >= {"structure"}
    assert io.BytesIO(SOURCE).read(5) == b"%PDF-"
    assert Mark(1, "privacy").boxes == ()
