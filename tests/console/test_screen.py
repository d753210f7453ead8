"""``gongkai screen`` on the command line."""

import json

import pytest
from click.testing import CliRunner
from tests.core.screening.made import identity, photograph, word_file

from gongkai.console.screen import command


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "名单.docx").write_bytes(word_file(vanished=f"户主身份证{identity()}"))
    (tmp_path / "照片.jpg").write_bytes(photograph())
    (tmp_path / "公告.txt").write_text(
        "咨询电话：0371-66010000。截止目前发放12万元，云川县。", "utf-8"
    )
    return tmp_path


def test_a_folder_is_screened_pictures_included(folder):
    run = CliRunner().invoke(command, [str(folder)])
    assert run.exit_code == 1
    assert "文字设成了隐藏" in run.output
    assert f"建议：{identity()[:6]}********{identity()[14:]}" in run.output
    assert "照片记着拍摄地点" in run.output
    assert "可以发布的 1 份" in run.output


def test_json_and_the_offices_own_words(folder):
    (folder / "词表.tsv").write_text("云川县\t云川市\n", "utf-8")
    arguments = [str(folder / "公告.txt"), "--json", "--words", str(folder / "词表.tsv")]
    run = CliRunner().invoke(command, arguments)
    assert run.exit_code == 0
    found = json.loads(run.output)
    assert [(hit["text"], hit["proposal"]) for hit in found["hits"]] == [
        ("截止目前", "截至目前"),
        ("云川县", "云川市"),
    ]


def test_a_file_that_cannot_be_read_is_said_to_be_unscreened(tmp_path):
    (tmp_path / "坏.docx").write_bytes(b"PK\x03\x04")
    run = CliRunner().invoke(command, [str(tmp_path / "坏.docx")])
    assert run.exit_code == 2
    assert "文件已损坏" in run.stderr
