"""Bulk import: what an office brings from elsewhere comes in whole, once, and with a reason for each line that does not."""

import csv
import io
import sys
import zipfile
from datetime import date

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image
from tests.factories import samples
from tests.factories.information import drafted, publishing_office

from gongkai.core.refusal import Refusal
from gongkai.domain.information.actions import discard
from gongkai.domain.information.errors import NumberTaken
from gongkai.domain.information.importing import actions, duplicates, errors, report, values
from gongkai.domain.information.importing.actions.run import importances
from gongkai.domain.information.importing.archive import opened as archive_opened
from gongkai.domain.information.importing.fields import FIELDS, guess
from gongkai.domain.information.importing.models import Batch, Fingerprint, Line, Provenance
from gongkai.domain.information.importing.wordpress import posts
from gongkai.domain.information.models import Item
from gongkai.domain.information.pictures import pictures_in
from gongkai.domain.review.models import Review
from gongkai.domain.review.queries import chain_for
from gongkai.foundation.permissions import NotAllowed

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
HEADING = [
    "序号",
    "信息名称（必填）",
    "索引号",
    "发文字号",
    "生成日期",
    "发布时间",
    "主题分类",
    "公文种类",
    "内容",
    "附件",
    "备注",
]
LONG = "为做好防汛抗旱工作，确保人民群众生命财产安全，经市政府同意，现将有关事项通知如下。" * 3


def row(
    number,
    title,
    *,
    index="",
    document="",
    made="2024年3月1日",
    shown="2024/3/4",
    body="正文。",
    files="",
    topic="农业、林业、水利\\水利",
):
    return [str(number), title, index, document, made, shown, topic, "通知", body, files, ""]


def table(*rows, heading=HEADING, encoding="gb18030"):
    text = io.StringIO()
    csv.writer(text).writerows([["云川市水利局政府信息登记表"], heading, *rows])
    return SimpleUploadedFile("登记表.csv", text.getvalue().encode(encoding))


def settled(office, file, files=None, *, mode="drafts", by=None, column=None):
    by = by or (office.office if mode == "reviewed" else office.clerk)
    batch = actions.begin(office.bureau, file=file, files=files, by=by)
    actions.settle(batch, mapping=batch.mapping, mode=mode, column=column or office.column, by=by)
    return actions.check(batch)


def confirmed(batch, **how):
    actions.confirm(batch, **how)
    return actions.run(batch)


def states(batch):
    return {line.number: line.state for line in batch.lines.all()}


def test_the_usual_headings_of_offices_are_understood():
    found = guess(HEADING)
    assert {key: HEADING[place] for key, place in found.items()} == {
        "title": "信息名称（必填）",
        "index_number": "索引号",
        "document_number": "发文字号",
        "made_on": "生成日期",
        "published_on": "发布时间",
        "topic": "主题分类",
        "genre": "公文种类",
        "body": "内容",
        "files": "附件",
    }


def test_our_own_template_is_understood_completely():
    page = openpyxl.load_workbook(io.BytesIO(report.template())).worksheets[0]
    assert guess([cell.value for cell in page[1]]) == {
        key: place for place, key in enumerate(FIELDS)
    }
    assert page.max_row == 1  # an example left standing would become an item


@given(st.dates(date(1950, 1, 1), date(2099, 12, 31)))
def test_a_day_is_read_however_it_is_written(day):
    ways = (
        day.isoformat(),
        f"{day.year}/{day.month}/{day.day}",
        f"{day.year}年{day.month}月{day.day}日",
        f"{day.year}.{day.month}.{day.day}",
        f"{day:%Y%m%d}",
        f"{day} 00:00:00",
        f"{day.year}-{day.month:02}-{day.day:02}T08:30:00",
    )
    assert {values.day(way, field="成文日期") for way in ways} == {day}


@pytest.mark.parametrize("value", ["三月一日", "2024-13-01", "2024-02-30", "0", "99999999"])
def test_what_is_no_day_is_refused_with_how_to_write_one(value):
    with pytest.raises(Refusal, match="2024-03-01"):
        values.day(value, field="成文日期")


@pytest.mark.django_db
class TestDrafts:
    def test_a_sheet_of_an_old_system_becomes_drafts_and_the_rest_is_explained(self):
        office = publishing_office()
        drafted(office, title="关于已有事项的通知", document_number="云水发〔2023〕9号")
        archive = io.BytesIO()
        with zipfile.ZipFile(archive, "w") as packed:
            packed.writestr("附件/工程清单.docx", samples.word("工程清单"))
            packed.writestr(
                "附件/宏.docx", samples.with_parts(samples.word(), {"word/vbaProject.bin": b"x"})
            )
        batch = settled(
            office,
            table(
                row(
                    1, "关于做好防汛工作的通知", document="云水发〔2024〕5号", files="工程清单.docx"
                ),
                row(2, ""),
                row(3, "关于灌区改造的通知", made="去年三月"),
                row(4, "关于水价的通知", topic="水利水电"),
                row(5, "关于抗旱的通知", files="没有的.docx；工程清单.docx"),
                row(6, "关于已有事项的通知（印发）", document="云水发[2023]9号"),
                row(
                    7, "关于做好防汛工作的通知", document="云水发〔2024〕5号", files="工程清单.docx"
                ),
                row(8, "关于水库的通知", files="宏.docx"),
            ),
            SimpleUploadedFile("附件.zip", archive.getvalue()),
        )
        assert states(batch) == {
            3: "ready",
            4: "refused",
            5: "refused",
            6: "refused",
            7: "refused",
            8: "alike",
            9: "refused",
            10: "ready",
        }
        told = {line.number: "".join(line.problems + line.hints) for line in batch.lines.all()}
        for number, words in {
            4: "请填写标题",
            5: "2024-03-01",
            6: "农业、林业、水利",
            7: "没有的.docx",
            8: "文号相同",
            9: "与第 3 行重复",
        }.items():
            assert words in told[number]
        assert Item.objects.count() == 1

        confirmed(batch, by=office.clerk)
        batch.refresh_from_db()
        assert batch.state == Batch.State.DONE
        item = Item.objects.get(title="关于做好防汛工作的通知")
        assert (item.status, item.live, item.made_on, item.topic, item.genre) == (
            "draft",
            False,
            date(2024, 3, 1),
            "t06-03",
            "notice",
        )
        assert item.body == "<p>正文。</p>"
        assert [file.title for file in item.files.all()] == ["工程清单.docx"]
        assert item.latest_revision is not None
        assert states(batch)[10] == "refused"
        assert "宏" in batch.lines.get(number=10).problems[0]

    def test_pictures_of_a_text_come_along_from_the_archive(self):
        office = publishing_office()
        archive, drawn = io.BytesIO(), io.BytesIO()
        Image.new("RGB", (40, 20), "navy").save(drawn, "PNG")
        with zipfile.ZipFile(archive, "w") as packed:
            packed.writestr("uploads/2019/供水.png", drawn.getvalue())
        body = '<p>见图。<img src="https://old.example/uploads/2019/供水.png" alt="供水范围"></p><p><img src="b.png">完</p>'
        batch = settled(
            office,
            table(row(1, "关于供水范围的公告", body=body)),
            SimpleUploadedFile("附件.zip", archive.getvalue()),
        )
        assert "1 张图片没有带来" in "".join(batch.lines.get().hints)
        confirmed(batch, by=office.clerk)
        item = Item.objects.get()
        (picture,) = pictures_in(item.body)
        assert picture.alt == "供水范围"
        assert [file.title for file in item.files.all()] == [picture.name]

    def test_an_old_number_is_kept_if_it_is_one_and_nothing_has_or_had_it(self):
        office = publishing_office()
        known, thrown = drafted(office), drafted(office, title="不要了的草稿")
        spent = thrown.index_number
        discard(thrown, by=office.clerk)
        batch = settled(
            office,
            table(
                row(1, "关于甲的通知", index="014416330/2018-04736"),
                row(2, "关于乙的通知", index="云水 公开"),
                row(3, "关于丙的通知", index=known.index_number),
                row(4, "关于丁的通知", index=spent),
                row(5, "关于戊的通知"),
            ),
        )
        assert states(batch) == {
            3: "ready",
            4: "refused",
            5: "known",
            6: "refused",
            7: "ready",
        }
        told = {line.number: "".join(line.problems) for line in batch.lines.all()}
        assert "不像索引号" in told[4]
        assert "已经编给别的信息" in told[6]
        confirmed(batch, by=office.clerk)
        numbers = dict(Item.objects.values_list("title", "index_number"))
        assert numbers["关于甲的通知"] == "014416330/2018-04736"
        assert numbers["关于戊的通知"] not in {known.index_number, spent, None}
        with pytest.raises(NumberTaken):
            drafted(office, title="再来一次", index_number=spent)

    def test_refused_lines_are_corrected_and_brought_again_without_doubles(self):
        office = publishing_office()
        batch = settled(
            office, table(row(1, "关于防汛的通知"), row(2, "关于抗旱的通知", made="三月"))
        )
        confirmed(batch, by=office.clerk)
        book = openpyxl.load_workbook(io.BytesIO(report.refused(batch)))
        page = book.active
        heading = [cell.value for cell in page[1]]
        assert heading[:2] == ["导入结果", "问题和办法"]
        assert page.max_row == 2
        page.cell(2, heading.index("生成日期") + 1).value = "2024-03-05"
        first = [page.cell(2, place + 1).value for place in range(len(heading))]
        page.append(
            [
                *first[:2],
                "1",
                "关于防汛的通知",
                *["", "", "2024年3月1日", "2024/3/4", "", "通知", "正文。", "", ""],
            ]
        )
        again = io.BytesIO()
        book.save(again)
        second = settled(office, SimpleUploadedFile("没有导入的行.xlsx", again.getvalue()))
        assert states(second) == {2: "ready", 3: "known"}
        confirmed(second, by=office.clerk)
        assert sorted(Item.objects.values_list("title", flat=True)) == [
            "关于抗旱的通知",
            "关于防汛的通知",
        ]

    def test_an_import_that_broke_off_goes_on_where_it_was(self, monkeypatch):
        office = publishing_office()
        batch = settled(office, table(*(row(n, f"关于第{n}号工程的通知") for n in range(1, 8))))
        module = sys.modules["gongkai.domain.information.importing.actions.run"]
        real, made = module.draft, []

        def failing(*args, **kwargs):
            made.append(kwargs["title"])
            if len(made) == 4:
                raise KeyboardInterrupt
            return real(*args, **kwargs)

        monkeypatch.setattr(module, "draft", failing)
        with pytest.raises(KeyboardInterrupt):
            actions.run(batch)
        assert Item.objects.count() == Provenance.objects.count() <= 3
        monkeypatch.setattr(module, "draft", real)
        actions.run(batch)
        assert Item.objects.count() == 7
        assert set(states(batch).values()) == {"done"}

    def test_lines_may_be_of_other_units_within_reach_only(self):
        office = publishing_office()
        heading = [*HEADING, "发布机构"]
        rows = (
            [*row(1, "甲"), "云川市水利局"],
            [*row(2, "乙"), "石桥县财政局"],
            [*row(3, "丙"), "云川市人民政府"],
        )
        mine = settled(office, table(*rows, heading=heading))
        assert states(mine) == {3: "ready", 4: "refused", 5: "refused"}
        theirs = settled(office, table(*rows, heading=heading), by=office.office)
        assert states(theirs) == {3: "ready", 4: "refused", 5: "ready"}


@pytest.mark.django_db
class TestReviewedElsewhere:
    def test_what_was_reviewed_elsewhere_is_published_with_its_chain_noted(self):
        office = publishing_office()
        rows = [
            row(n, f"关于第{n}号河道整治的通知", index=f"00{n}/2023-{n:05}") for n in range(1, 6)
        ]
        with pytest.raises(NotAllowed):
            settled(office, table(*rows), mode="reviewed", by=office.clerk)
        batch = settled(office, table(*rows, row(6, "没有正文", body="")), mode="reviewed")
        assert importances(batch) == ["general"]
        with pytest.raises(errors.NoEvidence):
            actions.confirm(batch, by=office.office)
        with pytest.raises(errors.NoSigner, match="办公室主任"):
            actions.confirm(
                batch,
                by=office.office,
                evidence="档案室",
                signers={"general": [office.head.user.pk]},
            )
        signers = {"general": [office.head.user.pk, office.second.user.pk]}
        confirmed(batch, by=office.office, evidence="市档案室2023年第12卷", signers=signers)
        items = Item.objects.public()
        assert items.count() == 5
        item = items.get(index_number="001/2023-00001")
        assert (item.published_on, item.column) == (date(2024, 3, 4), office.column)
        review = Review.objects.get(pk=item.review_id)
        assert (review.evidence, review.signatures.count()) == (
            "市档案室2023年第12卷",
            chain_for(office.bureau, "general").steps_count,
        )
        assert states(batch)[8] == "refused"
        assert Fingerprint.objects.filter(item=item).exists()

    def test_one_line_that_cannot_be_does_not_hold_up_the_others(self):
        office = publishing_office()
        batch = settled(
            office,
            table(row(1, "甲通知", index="X-1"), row(2, "乙通知", index="X-2"), row(3, "丙通知")),
            mode="reviewed",
        )
        drafted(office, title="占用")
        Item.objects.filter(title="占用").update(index_number="X-2")
        Line.objects.filter(batch=batch).update(state="ready")
        signers = {"general": [office.head.user.pk, office.second.user.pk]}
        confirmed(batch, by=office.office, evidence="档案室", signers=signers)
        assert states(batch) == {3: "done", 4: "known", 5: "done"}


@pytest.mark.django_db
class TestDuplicates:
    @pytest.mark.parametrize(
        ("facts", "why"),
        [
            pytest.param(
                {"title": "另一个标题", "number": "云水发[2024] 5 号"},
                "number",
                id="the number in other brackets",
            ),
            pytest.param(
                {"title": "关于做好 防汛工作的通知。", "day": date(2024, 3, 1)},
                "title",
                id="the title with other signs, the same day",
            ),
            pytest.param(
                {"title": "转发防汛通知", "body": LONG + "请认真执行。"},
                "text",
                id="the text with a sentence more",
            ),
            pytest.param(
                {"title": "关于做好防汛工作的通知", "day": date(2025, 3, 1)},
                None,
                id="the same title a year later",
            ),
            pytest.param(
                {
                    "title": "关于灌溉的通知",
                    "body": "灌溉用水价格按照成本核定，分档计收，由县级人民政府公布。" * 4,
                },
                None,
                id="something else",
            ),
        ],
    )
    def test_the_entry_screen_can_ask_what_is_there_already(self, facts, why):
        office = publishing_office()
        item = drafted(
            office,
            title="关于做好防汛工作的通知",
            document_number="云水发〔2024〕5号",
            made_on=date(2024, 3, 1),
            body=f"<p>{LONG}</p>",
        )
        candidate = duplicates.Candidate(key=1, organisation=office.bureau.pk, **facts)
        assert [a.why for a in duplicates.alike(candidate)] == ([why] if why else [])
        assert duplicates.alike(candidate, but=item.pk) == []
        elsewhere = duplicates.Candidate(key=1, organisation=office.city.pk, **facts)
        assert duplicates.alike(elsewhere) == []

    def test_many_are_asked_with_a_constant_number_of_queries(self, django_assert_max_num_queries):
        office = publishing_office()
        drafted(office, body=f"<p>{LONG}</p>")
        many = [
            duplicates.Candidate(
                key=n,
                organisation=office.bureau.pk,
                title=f"第{n}号",
                number=f"云水发〔2024〕{n}号",
                body=LONG + str(n) * 9,
            )
            for n in range(150)
        ]
        with django_assert_max_num_queries(4):
            assert len(duplicates.all_alike(many)) >= 140


EXPORT = """<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/"
 xmlns:wp="http://wordpress.org/export/1.2/"><channel><title>云川水利</title><wp:wxr_version>1.2</wp:wxr_version>
<item><title>关于防汛的通知</title><link>https://old.yunchuan.example/?p=7</link><dc:creator><![CDATA[张编辑]]></dc:creator>
<content:encoded><![CDATA[<p onclick="x()">各单位：</p><script>steal()</script><p>请做好准备。</p>]]></content:encoded>
<wp:post_date>2023-05-06 08:00:00</wp:post_date><wp:status>publish</wp:status><wp:post_type>post</wp:post_type>
<category domain="category" nicename="a"><![CDATA[通知公告]]></category></item>
<item><title>草稿</title><wp:status>draft</wp:status><wp:post_type>post</wp:post_type></item>
<item><title>图片</title><wp:status>inherit</wp:status><wp:post_type>attachment</wp:post_type></item>
</channel></rss>"""


@pytest.mark.django_db
def test_a_wordpress_export_comes_in_clean():
    office = publishing_office()
    file = SimpleUploadedFile("wordpress.xml", EXPORT.encode())
    batch = settled(office, file)
    confirmed(batch, by=office.clerk)
    item = Item.objects.get()
    assert (item.title, item.editor) == ("关于防汛的通知", "张编辑")
    assert "script" not in item.body
    assert "onclick" not in item.body
    assert "请做好准备" in item.body
    assert item.provenance.address == "https://old.yunchuan.example/?p=7"
    assert "公开日期在公开时产生" in "".join(batch.lines.get().hints)


@pytest.mark.parametrize(
    "hostile",
    [
        pytest.param(
            EXPORT.replace("<rss", '<!DOCTYPE r [<!ENTITY a SYSTEM "file:///etc/passwd">]><rss', 1),
            id="an entity",
        ),
        pytest.param("<html>wordpress</html>", id="a page"),
        pytest.param(EXPORT[:700], id="cut short"),
    ],
)
def test_an_export_that_is_none_is_refused(tmp_path, hostile):
    path = tmp_path / "x.xml"
    path.write_text(hostile, "utf-8")
    with pytest.raises(errors.NotAnExport):
        list(posts(path, "x.xml"))


def test_names_packed_by_windows_are_found_again(tmp_path):
    path = tmp_path / "附件.zip"
    with zipfile.ZipFile(path, "w") as packed:
        packed.writestr("2024/AAAA.docx", b"1")
        packed.writestr("2023/AAAA.docx", b"2")
        packed.writestr("2024/BBBB.pdf", b"3")
    for ascii_name, chinese in (
        (b"AAAA", "清单".encode("gb18030")),
        (b"BBBB", "年报".encode("gb18030")),
    ):
        path.write_bytes(path.read_bytes().replace(ascii_name, chinese))
    with archive_opened(path) as archive:
        assert archive.find("年报.pdf")
        assert archive.find("2024\\清单.docx")
        assert archive.find("清单.docx") is None
        assert archive.is_ambiguous("清单.docx")


@pytest.mark.django_db
class TestScreens:
    def test_a_clerk_brings_a_sheet_looks_and_imports(
        self, client, django_capture_on_commit_callbacks
    ):
        office = publishing_office()
        client.force_login(office.clerk.user, backend=BACKEND)
        assert "还没有批量导入" in client.get("/desk/importing/").content.decode()
        assert client.get("/desk/importing/template.xlsx").content[:2] == b"PK"
        form = client.get("/desk/importing/begin/").content.decode()
        assert office.bureau.name in form
        upload = table(row(1, "<b>关于防汛的通知"), row(2, ""))
        sent = client.post("/desk/importing/begin/", {"unit": office.bureau.pk, "file": upload})
        batch = Batch.objects.get()
        assert sent.url == f"/desk/importing/{batch.pk}/settle/"
        page = client.get(sent.url).content.decode()
        assert "没有用到的列：序号、备注" in page
        assert "&lt;b&gt;关于防汛" in page
        facts = {f"field-{key}": place for key, place in batch.mapping.items()}
        twice = client.post(
            sent.url, facts | {"field-summary": batch.mapping["title"], "mode": "drafts"}
        )
        assert twice.status_code == 422
        assert "用了两次" in twice.content.decode()
        # a clerk has no say over what was reviewed elsewhere
        assert client.post(sent.url, facts | {"mode": "reviewed"}).status_code == 422
        with django_capture_on_commit_callbacks(execute=True):
            client.post(sent.url, facts | {"mode": "drafts", "column": office.column.pk})
        page = client.get(f"/desk/importing/{batch.pk}/").content.decode()
        assert "请填写标题" in page
        assert "导入 1 条" in page
        with django_capture_on_commit_callbacks(execute=True):
            client.post(f"/desk/importing/{batch.pk}/confirm/")
        assert Item.objects.get().title == "<b>关于防汛的通知"
        assert client.get(f"/desk/importing/{batch.pk}/refused.xlsx").content[:2] == b"PK"
        client.post(f"/desk/importing/{batch.pk}/discard/")
        assert not Batch.objects.exists()
        assert Item.objects.count() == Provenance.objects.count() == 1

    def test_files_that_are_none_are_refused_with_a_sentence(self, client):
        office = publishing_office()
        client.force_login(office.clerk.user, backend=BACKEND)
        for name, data in (
            ("表.xlsx", b"PK\x03\x04broken"),
            ("表.csv", b"\x00\x01"),
            ("表.doc", b"x"),
            ("表.csv", b""),
            ("导出.xml", b"<a/>"),
        ):
            sent = client.post(
                "/desk/importing/begin/",
                {"unit": office.bureau.pk, "file": SimpleUploadedFile(name, data)},
            )
            assert sent.status_code == 422, name
        both = {
            "unit": office.bureau.pk,
            "file": table(row(1, "甲")),
            "files": SimpleUploadedFile("a.zip", b"not a zip"),
        }
        refused = client.post("/desk/importing/begin/", both)
        assert "不是完好的 ZIP" in refused.content.decode()
        assert not Batch.objects.exists()

    def test_nobody_sees_the_batches_of_others(self, client):
        office = publishing_office()
        batch = actions.begin(office.city, file=table(row(1, "甲")), by=office.office)
        client.force_login(office.clerk.user, backend=BACKEND)
        assert client.get(f"/desk/importing/{batch.pk}/").status_code == 404
        assert client.post(f"/desk/importing/{batch.pk}/discard/").status_code == 404
