"""What a document says of itself is proposed, and nothing else."""

import io
from datetime import date

import docx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gongkai.core.deriving import derive, derive_document
from gongkai.core.extraction.document import Document


def text_of(text: str):
    return derive_document(Document("公文", text, "text"))


NOTICE = """云川市人民政府办公室文件

云政办发〔2023〕18号

云川市人民政府办公室
关于印发云川市城镇供水管理办法的
通知

各县（区）人民政府，市政府各部门：
　　《云川市城镇供水管理办法》已经市政府同意，现印发给你们，请认真组织实施。
　　本办法自2023年7月1日起施行，有效期至2028年6月30日。

云川市人民政府办公室
2023年5月6日
"""


def test_a_notice_says_everything_of_itself():
    found = text_of(NOTICE)
    values = {name: proposal.value for name, proposal in found.proposals().items()}
    assert values == {
        "title": "云川市人民政府办公室关于印发云川市城镇供水管理办法的通知",
        "document_number": "云政办发〔2023〕18号",
        "made_on": date(2023, 5, 6),
        "issuer": "云川市人民政府办公室",
        "genre": "notice",
        "summary": "《云川市城镇供水管理办法》已经市政府同意，现印发给你们，请认真组织实施。",
        "keywords": ("云川市城镇供水管理办法",),
        "effective_on": date(2023, 7, 1),
        "expires_on": date(2028, 6, 30),
    }
    for proposal in found.proposals().values():
        assert found.text[slice(*proposal.at)] == proposal.text


def test_the_same_from_a_word_file():
    document = docx.Document()
    for line in NOTICE.split("\n"):
        document.add_paragraph(line)
    buffer = io.BytesIO()
    document.save(buffer)
    found = derive(buffer.getvalue(), "通知.docx")
    assert found.title.value == "云川市人民政府办公室关于印发云川市城镇供水管理办法的通知"
    assert found.made_on.value == date(2023, 5, 6)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "关于调整公租房租金标准的公告\n（2022年3月1日云川市住房和城乡建设局公布）\n自公布之日起施行。",
            {
                "title": "关于调整公租房租金标准的公告",
                "genre": "announcement",
                "made_on": date(2022, 3, 1),
            },
        ),
        (
            "云川市财政局\n关于清溪县申请追加补助的批复\n云财预[2021]7号\n清溪县财政局：\n经研究，同意追加补助资金二百万元。\n云川市财政局\n二〇二一年十一月二十日",
            {
                "title": "云川市财政局关于清溪县申请追加补助的批复",
                "genre": "reply",
                "document_number": "云财预〔2021〕7号",
                "made_on": date(2021, 11, 20),
                "issuer": "云川市财政局",
            },
        ),
        (
            "标题：石桥镇2023年部门预算\n发文字号：\n正文见附件",
            {"title": "石桥镇2023年部门预算", "genre": None},
        ),
        (
            "云川市教育局关于做好招生工作的通知\n按照云政办发〔2020〕3号文件要求，现通知如下。",
            {"document_number": None, "made_on": None, "issuer": "云川市教育局"},
        ),
        (
            "今天天气很好。\n我们去春游。",
            {"title": None, "issuer": None, "genre": None, "made_on": None},
        ),
        (
            "云川市人民政府关于废止部分文件的决定\n关键词：文件清理；废止\n云川市人民政府\n2023年2月30日",
            {"made_on": None, "keywords": ("文件清理", "废止"), "genre": "decision"},
        ),
    ],
    ids=[
        "announcement",
        "reply in Chinese figures",
        "labelled",
        "cites another",
        "a diary",
        "no such day",
    ],
)
def test_what_is_not_said_is_left_open(text, expected):
    found = text_of(text)
    for name, value in expected.items():
        proposal = getattr(found, name)
        assert (proposal.value if proposal else None) == value, name


PIECES = st.sampled_from(
    [
        *NOTICE.split("\n"),
        "（",
        "》",
        "关于",
        "的通知",
        "2023年13月1日",
        "\t",
        "第5号",
        "〔2023〕",
        "：",
        "。",
    ]
)


@settings(max_examples=60, deadline=None)
@given(st.lists(PIECES, max_size=30).map("\n".join))
def test_every_proposal_stands_in_the_text(text):
    found = text_of(text)
    for proposal in found.proposals().values():
        assert proposal.at is None or found.text[slice(*proposal.at)] == proposal.text
    if found.title:
        assert "".join(found.title.value.split()) in "".join(text.split())


def test_spaces_between_characters_and_figures_are_layout():
    found = text_of("云川市财政局\n2022 年部门预算公开的 公告\n一、预算")
    assert found.title.value == "云川市财政局2022年部门预算公开的公告"
