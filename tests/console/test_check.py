"""``gongkai check``, as a clerk runs it."""

import json

import pytest

from gongkai.console import main
from gongkai.core.forms import FilledForm, Place, cell_of, form
from gongkai.core.rendering import Chapter, IssuedReport, render

NEW = form("format-2021")
SOUND = (
    ("一、总体情况", "2023年，我局认真贯彻有关规定，做好政府信息公开工作。"),
    ("二、主动公开政府信息情况", "见下表。"),
    ("三、收到和处理政府信息公开申请情况", "见下表。"),
    ("四、政府信息公开行政复议、行政诉讼情况", "见下表。"),
    ("五、存在的主要问题及改进情况", "公开的内容还不够细。"),
    ("六、其他需要报告的事项", "本年度没有收取信息处理费。"),
)


def write(folder, *, agency="云川市水务局", year=2023, cells=None, words=""):
    filled = {place: cell_of(0) for place in NEW.places}
    filled |= {Place(*path.split("/")): cell_of(value) for path, value in (cells or {}).items()}
    chapters = tuple(
        Chapter.of(title, text.replace("2023", str(year)) + words) for title, text in SOUND
    )
    title = f"{agency}{year}年政府信息公开工作年度报告"
    page = render(IssuedReport(title, agency, year, FilledForm(NEW, filled), chapters), "html")
    path = folder / f"{agency}{year}.html"
    path.write_bytes(page)
    return str(path)


BROKEN = {"remedies/recon/upheld": 95, "remedies/recon/pending": 23, "remedies/recon/total": 119}


@pytest.fixture
def check(capsys):
    def run(*arguments):
        with pytest.raises(SystemExit) as left:
            main(["check", *arguments])
        said = capsys.readouterr()
        assert "Traceback" not in said.out + said.err
        return left.value.code, said.out, said.err

    return run


def test_a_sound_report_leaves_with_nought(check, tmp_path):
    code, out, _ = check(write(tmp_path))
    assert code == 0
    assert "没有发现问题" in out
    assert "共检查 1 份：错误 0 处" in out


def test_an_error_is_told_with_both_sides_and_its_place_and_leaves_with_one(check, tmp_path):
    code, out, _ = check(write(tmp_path, cells=BROKEN))
    assert code == 1
    assert "错误  “行政复议”一行" in out
    assert "两边：119 ｜ 95 + 23 = 118" in out
    assert "规则：remedies.total" in out
    assert "位置：第 " in out


def test_a_doubt_does_not_change_how_it_leaves(check, tmp_path):
    code, out, _ = check(write(tmp_path, words="本局××科负责。"))
    assert code == 0
    assert "疑点" in out


def test_a_file_that_cannot_be_read_leaves_with_two_and_the_others_are_checked(check, tmp_path):
    broken = tmp_path / "broken.docx"
    broken.write_bytes(b"PK\x03\x04")
    code, out, err = check(str(broken), write(tmp_path))
    assert code == 2
    assert "broken.docx" in err
    assert "共检查 1 份" in out


def test_two_years_of_one_unit_are_compared_without_being_asked(check, tmp_path):
    earlier = write(
        tmp_path,
        year=2022,
        cells={"requests/carried_out/natural": 5, "requests/carried_out/total": 5},
    )
    later = write(
        tmp_path,
        year=2023,
        cells={"requests/carried_in/natural": 4, "requests/carried_in/total": 4},
    )
    _, out, _ = check(later, earlier)
    assert "requests.carried" in out
    _, alone, _ = check(later)
    assert "requests.carried" not in alone


def test_last_years_report_may_be_named(check, tmp_path):
    earlier = write(
        tmp_path, agency="云川市水利局", year=2022, cells={"requests/carried_out/natural": 5}
    )
    later = write(tmp_path, cells={"requests/carried_in/natural": 4})
    _, out, _ = check(later, "--previous", earlier)
    assert "requests.carried" in out
    assert "共检查 1 份" in out


def test_machines_get_one_line_of_json_for_each_report(check, tmp_path):
    code, out, _ = check(
        "--json", write(tmp_path, cells=BROKEN), write(tmp_path, agency="云川市民政局")
    )
    first, second = map(json.loads, out.splitlines())
    assert (code, first["schema"]) == (1, "gongkai.reading/1")
    finding = next(f for f in first["findings"] if f["rule"] == "remedies.total")
    assert finding["left"] == "119"
    assert [first["cells"][i]["value"] for i in finding["cells"]] == ["119", "95", "0", "0", "23"]
    assert second["findings"] == []


def test_the_rules_print_as_the_reference_page(check):
    code, out, _ = check("--rules")
    assert code == 0
    assert out.startswith("# Rules of checking")


def test_no_path_is_one_sentence(check):
    code, _, err = check()
    assert code == 2
    assert err == "gongkai：缺少路径；例如 gongkai check 年报.pdf\n"


def test_the_page_is_told_for_files_that_have_pages(check, tmp_path):
    filled = FilledForm(
        NEW, {p: cell_of(0) for p in NEW.places} | {Place("remedies", "recon", "total"): cell_of(3)}
    )
    report = IssuedReport(
        "云川市水务局2023年政府信息公开工作年度报告", "云川市水务局", 2023, filled
    )
    path = tmp_path / "report.pdf"
    path.write_bytes(render(report, "pdf"))
    code, out, _ = check(str(path))
    assert code == 1
    assert "位置：第 2 页" in out or "位置：第 1 页" in out
    assert "form.wrong-year" not in out  # the form has come through another process


def test_the_known_contradictions_of_real_reports_are_found(check, seeds):
    code, out, _ = check(*map(str, sorted(seeds.glob("*.txt"))))
    assert code == 1
    assert "我县未收到政府信息公开申请、政府信息公开方面行政复议申请和行政诉讼" in out
    assert "“五、行政诉讼数量”空白" in out
    assert "正文说接受培训人员数为 120人次" in out
    for printed, counted in (("73.3", "73.4"), ("51.6", "51.7"), ("3.4", "3.3")):
        assert f"两边：{printed}% ｜ {counted}%" in out
    assert "没有写单位，不知道是元还是万元" in out
    assert "不可能以万元为单位：合 354.03 亿元" in out
