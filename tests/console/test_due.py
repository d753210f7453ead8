"""The calculator on the command line."""

import json
import subprocess
import sys

import pytest
from click.testing import CliRunner
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gongkai.console import cli, main
from gongkai.core.deadlines import limits

DUE = ["due", "2024-09-27", "--rule", "application.reply"]


def run(*arguments: str) -> str:
    result = CliRunner().invoke(cli, ["due", *arguments], catch_exceptions=False)
    assert result.exit_code == 0, result.output
    return result.output


def refuse(capsys, *arguments: str) -> str:
    """What the command line says to bad input: one line, and exit code 2."""
    with pytest.raises(SystemExit) as left:
        main(["due", *arguments])
    assert left.value.code == 2
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err.count("\n") == 1
    assert "Traceback" not in said.err
    return said.err


def test_the_day_comes_with_its_steps():
    assert run("2024-09-27", "--rule", "application.reply").splitlines() == [
        "答复申请：2024-10-30 星期三",
        "  2024-09-27 收到申请；当日不计，从次日起算（《民事诉讼法》第八十五条）",
        (
            "  2024-09-29 国庆节：10月1日至7日放假，9月29日、10月12日上班"
            "（《国务院办公厅关于2024年部分节假日安排的通知》（国办发明电〔2023〕7号））"
        ),
        "  2024-10-30 第20个工作日，答复申请的期限届满（《政府信息公开条例》第三十三条）",
    ]


def test_json_has_exactly_the_promised_keys():
    answer = json.loads(run("2024-09-27", "--rule", "application.reply", "--json"))
    assert (list(answer), answer["due"], answer["provisional"]) == (
        ["due", "provisional", "steps"],
        "2024-10-30",
        False,
    )
    assert all(list(step) == ["day", "text", "reference", "confirmed"] for step in answer["steps"])


def test_the_counted_days_can_be_listed():
    lines = run("2024-09-27", "--days").splitlines()
    assert lines[4] == "   1  2024-09-29 星期日  调休上班"
    assert lines[-1] == "  20  2024-10-30 星期三"
    assert len(json.loads(run("2024-09-27", "--days", "--json"))["days"]) == 20
    assert "没有逐日清单" in run("2024-09-27", "--rule", "litigation.direct", "--days")


def test_an_estimate_says_so():
    assert run("2026-12-20").startswith("答复申请：2027-01-15 星期五（暂估）\n")
    assert run("2026-12-20", "--days").splitlines()[-1].endswith("暂估")
    assert json.loads(run("2026-12-20", "--json"))["provisional"] is True


def test_what_was_not_checked_says_so():
    assert "（待核）" in run("2024-04-30", "--rule", "information.interpretation")


@pytest.mark.parametrize(
    ("options", "day"),
    [
        pytest.param(
            ["2024-03-01", "--pause", "2024-03-05", "2024-03-20"], "2024-04-16", id="pause"
        ),
        pytest.param(
            [
                "2024-03-01",
                "--pause",
                "2024-03-05",
                "2024-03-20",
                "--co-agency",
                "2024-03-11",
                "2024-03-29",
            ],
            "2024-04-25",
            id="two pauses",
        ),
        pytest.param(["2024-03-01", "--corrected", "2024-03-20"], "2024-04-18", id="corrected"),
        pytest.param(
            ["2024-03-01", "--corrected", "2024-05-20"], "2024-06-18", id="corrected very late"
        ),
        pytest.param(
            ["2024-09-27", "--asked", "2024-10-12", "--corrected", "2024-10-12"],
            "2024-11-08",
            id="asked and corrected",
        ),
        pytest.param(["2024-09-27", "--extend", "10"], "2024-11-13", id="extended"),
        pytest.param(
            ["2024-09-27", "--extend", "5", "--extended-on", "2024-10-30"], "2024-11-06", id="told"
        ),
        pytest.param(
            ["2024-04-28", "--fee", "2024-05-06", "2024-05-20"], "2024-06-18", id="fee paid"
        ),
        pytest.param(
            ["2024-09-24", "--channel", "网络", "--confirmed", "2024-09-27"], "2024-10-30", id="web"
        ),
        pytest.param(["2020-01-15", "--as-known-on", "2020-01-26"], "2020-02-17", id="as known"),
        pytest.param(["2024", "--rule", "report.department"], "2025-01-31", id="a year"),
        pytest.param(
            ["2024-03-01", "--rule", "reconsideration.decision", "--extend", "30"],
            "2024-05-30",
            id="another rule extended",
        ),
        pytest.param(["2024年9月27日"], "2024-10-30", id="a Chinese date"),
        pytest.param(["20240927"], "2024-10-30", id="a date without hyphens"),
        pytest.param(["2024/9/27"], "2024-10-30", id="a date with slashes"),
    ],
)
def test_what_happened_on_the_way_is_told_by_options(options, day):
    assert json.loads(run(*options, "--json"))["due"] == day


@pytest.mark.parametrize("key", sorted(limits()))
def test_every_limit_can_be_asked_for(key):
    assert json.loads(run("2024-09-27", "--rule", key, "--json"))["due"] > "2024-09-27"


def test_the_limits_can_be_listed():
    text = run("--list")
    assert all(key in text for key in limits())
    assert "2019-05-15 起 20个工作日（《政府信息公开条例》第三十三条）" in text
    assert [rule["rule"] for rule in json.loads(run("--list", "--json"))] == list(limits())


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        pytest.param([], "缺少日期", id="nothing"),
        pytest.param(["昨天"], "“昨天”不是日期", id="no date"),
        pytest.param(["2024-02-30"], "“2024-02-30”不是日期", id="30 February"),
        pytest.param(["0000-01-01"], "不是日期", id="year nought"),
        pytest.param(["9999-12-31"], "超出日历范围", id="the end of time"),
        pytest.param(["9999", "--rule", "report.government"], "超出日历范围", id="a far report"),
        pytest.param(["2099-12-31", "--rule", "litigation.direct"], "超出日历范围", id="the edge"),
        pytest.param(["1890-01-01"], "还没有这项规定", id="long before the law"),
        pytest.param(["2007-01-04"], "还没有这项规定", id="before the law"),
        pytest.param(["2024-09-27", "--rule", "reply"], "是不是 application.reply", id="a rule"),
        pytest.param(["2024-09-27", "--rule", "../../etc"], "没有“../../etc”", id="a path"),
        pytest.param(["2024-09-27", "--pause", "2024-10-08"], "要有 2 个值", id="half a pause"),
        pytest.param(
            ["2024-09-27", "--pause", "2024-10-09", "2024-10-08"], "早于", id="a pause backwards"
        ),
        pytest.param(["2024-09-27", "--extend", "21"], "最多可以延长20", id="too long"),
        pytest.param(["2024-09-27", "--extend", "x"], "不是正确的数字", id="no number"),
        pytest.param(["2024-09-27", "--extend", "-1"], "超出范围", id="a negative number"),
        pytest.param(["2024-09-27", "--extended-on", "2024-10-08"], "一起用", id="half extended"),
        pytest.param(["2024-09-27", "--confirmed", "2024-10-08"], "一起用", id="half a channel"),
        pytest.param(["2024-09-27", "--channel", "网络"], "请给出确认的日期", id="unconfirmed"),
        pytest.param(["2024-09-27", "--channel", "电报"], "不认识“电报”", id="a telegram"),
        pytest.param(
            ["2024-09-27", "--rule", "litigation.direct", "--corrected", "2024-09-30"],
            "只用于答复申请",
            id="a correction of a law suit",
        ),
        pytest.param(
            ["2024-09-27", "--rule", "litigation.direct", "--extended-on", "2024-09-30"],
            "只用于答复申请",
            id="told of a law suit",
        ),
        pytest.param(["2024-09-27", "--local", "nowhere"], "没有“nowhere”", id="a place"),
        pytest.param(["2024-09-27", "--nix"], "没有 --nix 这个选项", id="an option"),
        pytest.param(["2024-09-27", "2024-09-28"], "多余的参数", id="one too many"),
    ],
)
def test_bad_input_gets_one_sentence_and_code_2(capsys, arguments, sentence):
    assert sentence in refuse(capsys, *arguments)


def test_a_place_can_add_its_own_holidays(tmp_path):
    (tmp_path / "holidays").mkdir()
    (tmp_path / "holidays" / "local.yaml").write_text(
        "yunchuan-2024:\n  title: 云川市地方节日放假通知\n  issued: 2024-01-01\n"
        "  festivals: {开河节: {rest: 2024-10-21}}\n",
        "utf-8",
    )
    assert "2024-10-31" in run("2024-09-27", "--local", str(tmp_path)).splitlines()[0]


def test_a_broken_law_file_is_named_with_its_line(capsys, tmp_path):
    (tmp_path / "holidays").mkdir()
    (tmp_path / "holidays" / "local.yaml").write_text("x-2024:\n  titel: 错\n", "utf-8")
    said = refuse(capsys, "2024-09-27", "--local", str(tmp_path))
    assert "local.yaml 第 2 行" in said


def test_the_calculator_answers_without_loading_the_platform():
    code = (
        "import sys\nfrom gongkai.console import main\n"
        "try:\n    main(['due', '2024-09-27'])\nexcept SystemExit as left:\n    assert left.code == 0\n"
        "assert not {'django', 'numpy', 'lxml', 'openpyxl'} & set(sys.modules)\n"
    )
    subprocess.run([sys.executable, "-c", code], check=True, capture_output=True)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    start=st.one_of(st.text(), st.dates().map(str), st.integers().map(str)),
    key=st.one_of(st.sampled_from(sorted(limits())), st.text()),
    extend=st.integers(-5, 400),
)
def test_no_input_shows_a_traceback(capsys, start, key, extend):
    with pytest.raises(SystemExit) as left:
        main(["due", "--rule", key, "--extend", str(extend), "--json", "--", start])
    assert left.value.code in {0, 2}
    capsys.readouterr()
