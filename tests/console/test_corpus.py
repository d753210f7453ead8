"""``gongkai corpus``: a collection on the command line."""

import zipfile

import duckdb
import pytest

from gongkai.console import main
from gongkai.console.corpus import count

REPORT = "云川市{name}{year}年政府信息公开工作年度报告\n\n一、总体情况\n{year}年，主动公开政府信息755多条。\n"


@pytest.fixture
def folder(tmp_path):
    reports = tmp_path / "reports"
    (reports / "inner").mkdir(parents=True)
    for name in ("水务局", "民政局"):
        (reports / "inner" / f"{name}.txt").write_text(REPORT.format(name=name, year=2023), "utf-8")
    with zipfile.ZipFile(reports / "more.zip", "w") as archive:
        archive.writestr("司法局.txt", REPORT.format(name="司法局", year=2022))
    (reports / "empty.txt").write_bytes(b"")
    return reports


@pytest.fixture
def corpus(capsys):
    def run(*arguments):
        with pytest.raises(SystemExit) as left:
            main(["corpus", *arguments])
        said = capsys.readouterr()
        assert "Traceback" not in said.out + said.err
        return left.value.code, said.out, said.err

    return run


@pytest.mark.slow
def test_a_folder_with_an_archive_goes_into_one_file_and_is_summed_up(corpus, folder, tmp_path):
    target = tmp_path / "corpus.duckdb"
    code, out, _ = corpus(str(folder), "--into", str(target), "--jobs", "2")
    assert code == 0
    assert "已读取 3 份，读不了 1 份" in out
    assert "确数后面又加“多”“余”（text.vague）" in out
    assert "empty.txt：文件是空的" in out
    with duckdb.connect(str(target), read_only=True) as connection:
        files = connection.execute("SELECT file FROM documents ORDER BY file").fetchall()
    assert any("more.zip!/司法局.txt" in file for (file,) in files)
    _, again, _ = corpus(str(folder), "--into", str(target))
    assert "本次读取 0 份；以前读过 4 份" in again


def test_the_bar_knows_how_many_documents_there_are(folder):
    assert count((str(folder),)) == 4


def test_an_ending_that_is_not_known_is_one_sentence(corpus, folder, tmp_path):
    code, _, err = corpus(str(folder), "--into", str(tmp_path / "corpus.csv"))
    assert code == 2
    assert err == "gongkai：不认识的输出格式“.csv”；文件名请以 .duckdb 或 .parquet 结尾。\n"


def test_a_folder_that_is_not_there_is_one_sentence(corpus, tmp_path):
    code, _, err = corpus(str(tmp_path / "nowhere"), "--into", str(tmp_path / "corpus.duckdb"))
    assert code == 2
    assert err.count("\n") == 1
