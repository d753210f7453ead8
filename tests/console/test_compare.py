"""``gongkai compare``: years and units side by side."""

import json

import openpyxl
import pytest

from gongkai.console import main
from gongkai.core.comparison import compare as compare_readings
from gongkai.core.extraction.reader import read
from gongkai.core.forms import FilledForm, Place, cell_of, form
from gongkai.core.rendering import Chapter, IssuedReport, render

NEW, OLD = form("format-2021"), form("format-2019")


def write(folder, year, received, *, which=NEW, words="我局认真贯彻有关规定。"):
    cells = {place: cell_of(0) for place in which.places}
    cells |= {
        Place("requests", "new", column): cell_of(received) for column in ("natural", "total")
    }
    chapter = Chapter.of("一、总体情况", f"各科室都按要求做好公开工作。{words}")
    title = f"云川市水务局{year}年政府信息公开工作年度报告"
    page = render(
        IssuedReport(title, "云川市水务局", year, FilledForm(which, cells), (chapter,)), "html"
    )
    path = folder / f"{year}.html"
    path.write_bytes(page)
    return str(path)


@pytest.fixture
def compare(capsys):
    def run(*arguments):
        with pytest.raises(SystemExit) as left:
            main(["compare", *arguments])
        said = capsys.readouterr()
        assert "Traceback" not in said.out + said.err
        return left.value.code, said.out, said.err

    return run


def line_of(told, label):
    lines = [line for group in told["groups"] for line in group["lines"] if line["label"] == label]
    return lines[0]


def test_two_years_stand_side_by_side_with_what_changed(compare, tmp_path):
    code, out, _ = compare(
        write(tmp_path, 2022, 8), write(tmp_path, 2023, 12, words="新建了公开专区。")
    )
    assert code == 0
    assert "+4（+50.0%）" in out
    assert "－ 我局认真贯彻有关规定。" in out
    assert "＋ 新建了公开专区。" in out


def test_what_is_the_same_is_only_listed_when_asked(compare, tmp_path):
    paths = write(tmp_path, 2022, 8), write(tmp_path, 2023, 8)
    _, out, _ = compare(*paths)
    assert "规章 / 现行有效件数" not in out
    _, everything, _ = compare(*paths, "--all")
    assert "规章 / 现行有效件数" in everything


def test_forms_of_two_eras_are_compared_by_indicator_and_by_the_cells_they_share(compare, tmp_path):
    code, out, _ = compare("--json", write(tmp_path, 2020, 8, which=OLD), write(tmp_path, 2023, 12))
    told = json.loads(out)
    assert (code, told["schema"]) == (0, "gongkai.comparison/1")
    assert line_of(told, "收到申请数")["values"] == ["8", "12"]
    assert line_of(told, "收到申请数")["change"] == "4"
    labels = {line["label"] for group in told["groups"] for line in group["lines"]}
    assert "一、本年新收政府信息公开申请数量 / 自然人" in labels
    assert not any("现行有效" in label for label in labels if " / " in label)


def test_the_older_report_comes_first_whatever_the_order_of_the_paths(compare, tmp_path):
    _, out, _ = compare("--json", write(tmp_path, 2023, 12), write(tmp_path, 2022, 8))
    assert [one["year"] for one in json.loads(out)["readings"]] == [2022, 2023]


def test_a_workbook_has_figures_as_numbers_and_changed_sentences(compare, tmp_path):
    target = tmp_path / "compared.xlsx"
    paths = write(tmp_path, 2022, 8), write(tmp_path, 2023, 12, words="新建了公开专区。")
    code, out, _ = compare(*paths, "--xlsx", str(target))
    assert (code, out) == (0, "")
    book = openpyxl.load_workbook(target)
    rows = {row[1]: row for row in book["数字"].iter_rows(values_only=True)}
    assert rows["收到申请数"][3:7] == (8, 12, 4, 50)
    changes = {(row[2], row[3]) for row in book["文字"].iter_rows(values_only=True)}
    assert ("增加", "新建了公开专区。") in changes


def test_one_report_cannot_be_compared(compare, tmp_path):
    code, _, err = compare(write(tmp_path, 2023, 1))
    assert code == 2
    assert "至少要有两份" in err


def test_the_share_of_kept_sentences_is_measured(tmp_path):
    paths = write(tmp_path, 2022, 8), write(tmp_path, 2023, 12, words="新建了公开专区。")
    [wording] = compare_readings(map(read, paths)).wordings
    assert 0 < wording.kept < 1
    assert {piece.kind for piece in wording.pieces} == {"kept", "removed", "added"}
    same = compare_readings([read(paths[0]), read(paths[0])])
    assert same.wordings[0].kept == 1


def test_real_reports_of_three_eras_stand_side_by_side(compare, seeds):
    names = ("gaoping-2012.txt", "helinger-2016.txt", "xincai-2020.txt")
    code, out, _ = compare("--json", *(str(seeds / name) for name in names))
    assert code == 0
    assert line_of(json.loads(out), "政府网站公开政府信息数")["values"][1] == "1727"
