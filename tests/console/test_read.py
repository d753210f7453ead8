"""``gongkai read`` prints for people and for programs, and says what it cannot read."""

import csv
import json

import openpyxl
import pytest
from click.testing import CliRunner

from gongkai.console.read import command
from gongkai.core.extraction.reader import read

REPORT = (
    "云川市财政局2023年政府信息公开工作年度报告\n一、总体情况\n全年公开政府信息12条。\n"
    "二、主动公开政府信息情况\n第二十条第（一）项\n信息内容 | 本年制发件数 | 本年废止件数 | 现行有效件数 |\n"
    "规章 | 0 | 0 | 0 |\n行政规范性文件 | 4 | 1 | 32 |\n三、收到和处理政府信息公开申请情况\n"
)


@pytest.fixture
def report(tmp_path):
    path = tmp_path / "年报.txt"
    path.write_text(REPORT, encoding="utf-8")
    return path


def run(*arguments):
    return CliRunner().invoke(command, [str(argument) for argument in arguments])


def test_one_document_a_line_goes_to_programs(report):
    result = run(report, report, "--json")
    assert result.exit_code == 0
    first, second = map(json.loads, result.stdout.splitlines())
    assert first == second
    assert first["file"] == str(report)
    assert {c["row"]: c["value"] for c in first["cells"] if c["column"] == "valid"} == {
        "rules": "0",
        "normative": "32",
    }
    assert all(finding["message"] for finding in first["findings"])


def test_places_are_counted_in_the_text_that_is_printed(report):
    text = run(report, "--text").stdout
    for cell in json.loads(run(report, "--json").stdout)["cells"]:
        start, end = cell["at"]
        assert text[start:end] == cell["raw"]


def test_people_get_tables(report):
    shown = run(report).stdout
    assert "云川市财政局" in shown
    assert "2023 年度" in shown
    assert "行政规范性文件" in shown
    assert "32" in shown


def test_what_cannot_be_read_is_said_and_the_rest_is_printed(report, tmp_path):
    (tmp_path / "坏.pdf").write_bytes(b"%PDF-1.7 nothing")
    result = run(tmp_path / "坏.pdf", report, "/没有.txt", "--json")
    assert result.exit_code == 2
    problems = [json.loads(line)["problems"] for line in result.stdout.splitlines()]
    assert [len(p) for p in problems] == [1, 0, 1]
    assert len(result.stderr.splitlines()) == 2
    assert "Traceback" not in result.stderr


def test_every_cell_goes_into_a_csv_file(report, tmp_path):
    target = tmp_path / "年报.csv"
    assert run(report, "--csv", target).exit_code == 0
    with target.open(encoding="utf-8-sig", newline="") as stream:
        lines = list(csv.DictReader(stream))
    assert [line["数值"] for line in lines] == ["0", "0", "0", "4", "1", "32"]


def test_a_workbook_has_figures_as_numbers(report, tmp_path):
    target = tmp_path / "年报.xlsx"
    assert run(report, "--xlsx", target).exit_code == 0
    book = openpyxl.load_workbook(target)
    head, *lines = book["单元格"].iter_rows(values_only=True)
    assert [line[head.index("数值")] for line in lines] == [0, 0, 0, 4, 1, 32]
    assert book["正文数字"].max_row >= 2


def test_a_text_is_never_a_formula(tmp_path):
    path = tmp_path / "=1+1.txt"
    path.write_text(REPORT.replace("规章", "=HYPERLINK 规章"), encoding="utf-8")
    for option, target in (("--csv", tmp_path / "a.csv"), ("--xlsx", tmp_path / "a.xlsx")):
        assert run(path, option, target).exit_code == 0
    assert "\n=" not in (tmp_path / "a.csv").read_text("utf-8-sig")
    cells = [c for row in openpyxl.load_workbook(tmp_path / "a.xlsx")["单元格"] for c in row]
    assert all(cell.data_type != "f" for cell in cells)


def test_the_command_reads_what_the_function_reads(report):
    document = json.loads(run(report, "--json").stdout)
    own = read(report).as_json()
    assert {**document, "findings": []} == {**own, "findings": []}
