"""What is given out holds nothing of what was covered, whatever the source hid."""

import io
import string
import subprocess

import numpy as np
import pikepdf
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pypdf import PdfReader
from tests.core.redaction.made import IDENTITY, LETTER, changed, photograph, sheet, word_file

from gongkai.core.extraction.document import Span
from gongkai.core.redaction import (
    Box,
    Mark,
    NotABox,
    all_covers,
    grounds_by_page,
    open_working,
    page_picture,
    paper,
    proposals,
    read_pages,
    rebuilt,
    redacted_text,
    remainders,
    text_proposals,
    text_remainders,
)
from gongkai.core.redaction.errors import NoSuchPage, NotAGround
from gongkai.core.redaction.rebuilding import page_count
from gongkai.core.redaction.stream import bare
from gongkai.core.redaction.verifying import verify, verify_text

WORDS = st.text("云川市青石镇张王李 aZ09一" + string.digits, min_size=4, max_size=14).filter(bare)


def redacted(data: bytes, marks) -> tuple[bytes, list]:
    made = rebuilt(data, marks, range(1, page_count(data) + 1))
    return paper(made), made


def text_of(data: bytes) -> str:
    return bare("".join(page.extract_text() for page in PdfReader(io.BytesIO(data)).pages))


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.data())
def test_whatever_is_marked_survives_nowhere_and_the_rest_stays(data):
    lines = data.draw(st.lists(WORDS, min_size=2, max_size=4, unique_by=bare))
    source = sheet(*lines)
    (page,) = read_pages(source)
    letters = [index for index, letter in enumerate(page.letters) if letter.box]
    first = data.draw(st.integers(0, len(letters) - 1))
    last = data.draw(st.integers(first, min(first + 6, len(letters) - 1)))
    boxes = tuple(page.letters[index].box for index in letters[first : last + 1])
    marks = [Mark(1, "privacy", boxes)]
    out, made = redacted(source, marks)
    (cover,) = made[0].covered
    assert cover.letters >= set(letters[first : last + 1])
    left = [page.letters[i] for i in range(len(page.letters)) if i not in cover.letters]
    assert sorted(text_of(out)) == sorted(
        bare("".join(each.text for each in left) + "〔个人隐私〕")
    )
    found = verify(out, [each.source for each in made], [each.covered for each in made])
    assert found.findings == ()


def test_the_rules_propose_what_belongs_to_a_person_and_name_again_wherever_it_stands():
    source = sheet(*LETTER.split("\n"))
    pages = read_pages(source)
    found = proposals(pages)
    told = [(each.mark.rule.partition(".")[2], each.text, each.again) for each in found]
    assert ("identity", IDENTITY, False) in told
    assert ("home", "云川市青石镇柳树村三组12号", False) in told
    assert ("mobile", "16012345678", False) in told
    assert ("plate", "云A12345", False) in told
    assert [again for rule, text, again in told if text == "李建国"] == [False, True, True]
    assert {each.mark.ground for each in found} == {"privacy"}
    out, made = redacted(source, [each.mark for each in found])
    for word in ("李建国", IDENTITY, "青石镇", "16012345678", "云A12345"):
        assert bare(word) not in text_of(out)
    assert "申请人" in text_of(out)
    assert verify(out, [made[0].source], [made[0].covered]).passed


BROKEN = {
    "a plate in a line that is full": (
        ["驾驶车辆号牌为云A12", "345的小型轿车违停"],
        "plate",
        "云A12345",
    ),
    "a plate that leaves a gap": (
        ["当事人的小型轿车，号牌为云", "A12345，停放在人行道"],
        "plate",
        "云A12345",
    ),
    "a plate with a dot": (
        ["驾驶车辆号牌为云A·", "12345的小型轿车违停在路边"],
        "plate",
        "云A·12345",
    ),
    "a plate over two pages": (["驾驶车辆号牌为云A12", "\f", "345的小型轿车"], "plate", "云A12345"),
    "an identity number that leaves a gap": (
        ["其身份证号", f"为{IDENTITY[:7]}", f"{IDENTITY[7:]}，住在城里很远的地方"],
        "identity",
        IDENTITY,
    ),
    "an identity number over two pages": (
        [f"号码{IDENTITY[:9]}", "\f", IDENTITY[9:]],
        "identity",
        IDENTITY,
    ),
    "a telephone that leaves a gap": (
        ["联系电话160", "12345678，已经核实过了，没有问题"],
        "mobile",
        "16012345678",
    ),
    "a bank card that leaves a gap": (
        ["工资卡号622202020", "0112233446，开户在本地的一家银行"],
        "card",
        "6222020200112233446",
    ),
}


@pytest.mark.parametrize(("lines", "rule", "number"), BROKEN.values(), ids=BROKEN)
def test_a_number_broken_over_lines_is_proposed_whole(lines, rule, number):
    source = sheet(*lines, size="width: 190pt, height: 200pt")
    pages = read_pages(source)
    found = [each for each in proposals(pages) if each.mark.rule == f"personal.{rule}"]
    assert {bare(each.text) for each in found} == {bare(number)}
    assert sum(len(each.mark.boxes) for each in found) == 2
    out, made = redacted(source, [each.mark for each in found])
    for piece in (number[:3], number[-5:]):
        assert bare(piece) not in text_of(out)
    assert verify(out, [one.source for one in made], [one.covered for one in made]).passed
    plain = "\n".join(line for line in lines if line != "\f")
    (spot,) = [each for each in text_proposals(plain) if each.mark.rule == f"personal.{rule}"]
    assert bare(spot.text) == bare(number)
    assert bare(number[-5:]) not in bare(redacted_text(plain, [spot.mark]))


def test_lines_that_do_not_belong_together_make_no_numbers():
    pages = read_pages(
        sheet("序号 1", "3812345678元", "邮编110101", "19900307份", "甲", "A12345号文件")
    )
    assert [each.text for each in proposals(pages)] == []


def test_what_was_left_uncovered_elsewhere_is_named_with_its_place():
    source = sheet("申请人：李建国", "\f", "李 建 国认可", "手机160 1234 5678和16012345678")
    pages = read_pages(source)
    found = proposals(pages)
    first = [each.mark for each in found if each.mark.page == 1]
    phone = [each.mark for each in found if each.text == "16012345678"][:1]
    left = remainders(pages, all_covers(pages, first + phone), found)
    assert [(each.page, bare(each.text)) for each in left] == [(2, "李建国"), (2, "16012345678")]
    assert remainders(pages, all_covers(pages, [each.mark for each in found]), found) == ()


HIDDEN = {
    "white words": "#text(fill: white)[秘密甲]",
    "words under a black bar": "#v(40pt)#block[秘密甲#place(top + left, dx: -2pt, dy: -4pt, rect(width: 60pt, height: 20pt, fill: black))]",
    "words off the page": "#place(dx: 400pt, dy: 300pt)[秘密甲]",
    "words too small to be seen": "#text(size: 0.3pt)[秘密甲]",
}


@pytest.mark.parametrize("extra", HIDDEN.values(), ids=HIDDEN)
def test_what_a_reader_could_not_see_is_not_in_the_output_though_nobody_marked_it(extra):
    source = sheet("看得见的话", extra=extra)
    assert "秘密甲" in text_of(source)
    pages = read_pages(source)
    assert bare(pages[0].text) == "看得见的话"
    out, made = redacted(source, [])
    assert text_of(out) == "看得见的话"
    assert verify(out, [made[0].source], [()]).passed


def test_everything_that_hangs_on_a_file_stays_behind():
    def hang(paper_):
        paper_.docinfo["/Author"] = "秘密甲"
        paper_.attachments["a.txt"] = b"secret-a"
        paper_.Root.OpenAction = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS="secret-b")
        note = pikepdf.Dictionary(
            Type=pikepdf.Name.Annot,
            Subtype=pikepdf.Name.Text,
            Rect=[0, 0, 10, 10],
            Contents="secret-c",
        )
        paper_.pages[0].Annots = [paper_.make_indirect(note)]
        with paper_.open_outline() as outline:
            outline.root.append(pikepdf.OutlineItem("secret-d", 0))

    out, made = redacted(changed(sheet("看得见的话"), hang), [])
    reader = PdfReader(io.BytesIO(out))
    assert set(reader.trailer["/Root"]) == {"/Type", "/Pages", "/Lang"}
    assert not reader.metadata
    assert b"secret" not in out
    assert verify(out, [made[0].source], [()]).passed


def test_words_recognised_in_a_scan_stay_where_there_is_ink_and_go_where_it_is_black():
    scan = page_picture(sheet("一二三四五六七八九十", "ABCDEFGH"), 1, 100)
    black = scan.copy()
    black.paste(
        (0, 0, 0), (0, 0, black.width, 33)
    )  # somebody blackened the first line in the picture
    buffer = io.BytesIO()
    black.save(buffer, "PDF", resolution=100)
    with (
        pikepdf.open(buffer) as paper_,
        pikepdf.open(io.BytesIO(sheet("一二三四五六七八九十", "ABCDEFGH"))) as words,
    ):
        content = words.pages[0].Contents.read_bytes()
        words.pages[0].Contents = words.make_stream(b"3 Tr " + content)
        paper_.pages[0].add_overlay(words.pages[0])
        made = io.BytesIO()
        paper_.save(made)
    source = made.getvalue()
    assert "三四五" in text_of(source)
    out, _ = redacted(source, [])
    assert text_of(out) == "ABCDEFGH"


@pytest.mark.parametrize("turn", [90, 180, 270])
def test_a_turned_and_cut_page_is_covered_where_a_reader_sees_it(turn):
    def turn_and_cut(paper_):
        paper_.pages[0].Rotate = turn
        paper_.pages[0].CropBox = [5, 40, 290, 195]

    source = changed(sheet("甲乙丙丁", "戊己庚辛"), turn_and_cut)
    (page,) = read_pages(source)
    boxes = tuple(letter.box for letter in page.letters if letter.text in "乙丙")
    out, made = redacted(source, [Mark(1, "internal", boxes)])
    assert sorted(text_of(out)) == sorted("甲丁戊己庚辛〔内部事务〕")
    assert verify(out, [made[0].source], [made[0].covered]).passed


def test_a_word_document_becomes_pages_of_what_word_shows_in_its_order():
    working = open_working(word_file(), "处理情况.docx")
    assert any("重新排了版" in note for note in working.notes)
    assert any("隐藏文字" in note for note in working.notes)
    pages = read_pages(working.data)
    text = bare("".join(page.text + page.hidden for page in pages))
    order = ["处理情况", "第一段", "姓名", "王大力", "最后一段"]
    assert sorted(order, key=text.index) == order
    for word in ("隐藏的话", "删去的话", "白色的话", "秘书甲"):
        assert word not in text
    assert {"王大力", "17712345678", "李建国"} <= {each.text for each in proposals(pages)}
    picture = np.asarray(page_picture(working.data, 1, 50)).astype(int)
    assert ((picture[:, :, 0] > 200) & (picture[:, :, 1] < 60)).any(), "the red half of the picture"


@pytest.mark.parametrize("format_", ["JPEG", "PNG", "TIFF"])
def test_a_picture_becomes_upright_pages_and_what_is_covered_is_gone(format_):
    source = photograph(format_, orientation=6)
    working = open_working(source, "扫描")
    (page,) = read_pages(working.data)
    assert (page.width < page.height) == (format_ != "TIFF" or page.width < page.height)
    mark = Mark(1, "trade-secret", (Box(0, 0, page.width, page.height / 2),))
    out, made = redacted(working.data, [mark])
    assert verify(out, [made[0].source], [made[0].covered]).passed
    assert "〔商业秘密〕" in text_of(out)
    upper = np.asarray(page_picture(out, 1, 50))[: int(page.height / 2 * 50 / 72) - 1]
    assert (np.median(upper.reshape(-1, 3), axis=0) == 0).all()


def test_a_tiff_of_three_pages_has_three():
    assert open_working(photograph("TIFF", frames=3), "传真.tif").pages == 3


@given(st.text("甲乙丙丁1234\n，", min_size=8, max_size=40), st.data())
@settings(max_examples=60, deadline=None)
def test_a_text_tells_nothing_of_what_was_covered_not_even_how_long_it_was(text, data):
    start = data.draw(st.integers(0, len(text) - 2))
    end = data.draw(st.integers(start + 1, len(text)))
    mark = Mark(1, "privacy", span=Span(start, end))
    out = redacted_text(text, [mark])
    assert out == text[:start] + "■■■〔个人隐私〕" + text[end:]
    assert verify_text(out.encode(), text, [mark]).passed
    leaky = (out + text[start:end]).encode()
    assert not verify_text(leaky, text, [mark]).passed


def test_a_text_has_proposals_and_says_where_covered_words_still_stand():
    found = text_proposals(LETTER)
    assert [each.again for each in found if each.text == "李建国"] == [False, True, True]
    one = [each.mark for each in found if each.text == "李建国"][:1]
    assert [word for _, word in text_remainders(LETTER, one)] == ["李建国", "李建国"]
    out = redacted_text(LETTER, [each.mark for each in found])
    assert "李建国" not in out
    assert verify_text(out.encode(), LETTER, [each.mark for each in found]).passed


def test_the_letter_lists_each_ground_with_its_pages_and_the_article_of_the_day():
    from datetime import date  # noqa: PLC0415

    box = (Box(1, 1, 9, 9),)
    marks = [
        Mark(3, "privacy", box),
        Mark(1, "privacy", box),
        Mark(1, "internal", box),
        Mark(1, "privacy", box),
    ]
    privacy, internal = grounds_by_page(marks, date(2026, 3, 2))
    assert (privacy.ground, dict(privacy.pages), privacy.places) == ("privacy", {1: 2, 3: 1}, 3)
    assert str(privacy) == "第1页2处、第3页1处（个人隐私，《政府信息公开条例》第十五条）"
    assert str(internal.reference) == "《政府信息公开条例》第十六条第一款"


def test_a_mark_goes_to_json_and_back_and_nonsense_is_refused():
    mark = Mark(
        2, "privacy", (Box(1, 2, 3.5, 4),), by="automatic", rule="personal.mobile", note="问过"
    )
    assert Mark.from_json(mark.as_json()) == mark
    with pytest.raises(NotAGround):
        Mark.from_json({**mark.as_json(), "ground": "granted"})
    for boxes in ([[1, 2, 3]], [["a", 1, 2, 3]], 7):
        with pytest.raises(NotABox):
            Mark.from_json({**mark.as_json(), "boxes": boxes})
    source = sheet("甲")
    for box in (Box(400, 400, 500, 500), Box(9, 9, 1, 1), Box(float("nan"), 0, 9, 9)):
        with pytest.raises(NotABox):
            redacted(source, [Mark(1, "privacy", (box,))])
    with pytest.raises(NoSuchPage):
        all_covers(read_pages(source), [Mark(2, "privacy", (Box(1, 1, 9, 9),))])


def test_the_same_source_and_marks_give_the_same_bytes():
    source = sheet(*LETTER.split("\n"))
    marks = [each.mark for each in proposals(read_pages(source))]
    assert redacted(source, marks)[0] == redacted(source, marks)[0]


def test_poppler_finds_the_words_that_can_be_seen_in_their_order(tmp_path):
    out, _ = redacted(sheet("云川市人民政府"), [])
    (tmp_path / "out.pdf").write_bytes(out)
    try:
        read = subprocess.run(
            ["pdftotext", tmp_path / "out.pdf", "-"], capture_output=True, check=True
        )
    except FileNotFoundError:
        pytest.skip("poppler is not installed")
    assert read.stdout.decode().strip() == "云川市人民政府"
