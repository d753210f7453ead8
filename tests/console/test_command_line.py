"""The command line speaks Chinese, loads what it needs, and never shows a traceback."""

import importlib
import os
import subprocess
import sys
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from gongkai import console
from gongkai.console import COMMANDS, cli, complain, main
from gongkai.core.refusal import Refusal


class NoTea(Refusal):
    """今天没有{what}；
    请明天再来。

    This paragraph is not part of the message.
    """


def test_help_lists_the_commands_without_importing_them():
    code = (
        "import sys\nfrom gongkai.console import main\n"
        "try:\n    main(['--help'])\nexcept SystemExit as left:\n    assert left.code == 0\n"
        "assert not [n for n in sys.modules if n.startswith('gongkai.core.deadlines')]\n"
        "assert 'django' not in sys.modules\n"
    )
    shown = subprocess.run(
        [sys.executable, "-c", code], check=True, capture_output=True, text=True
    ).stdout
    assert "计算期限" in shown
    assert "Usage" not in shown


def present() -> list[str]:
    return cli.list_commands(click.Context(cli))


@pytest.mark.parametrize("name", [name for name in present() if name != "manage"])
def test_every_command_explains_itself_in_chinese(name, capsys):
    assert importlib.import_module(f"gongkai.console.{name}").command
    with pytest.raises(SystemExit) as left:
        main([name, "--help"])
    assert left.value.code == 0
    shown = capsys.readouterr().out
    assert "用法" in shown
    assert any("\u4e00" <= character <= "\u9fff" for character in shown)


def test_every_module_of_a_command_is_listed():
    folder = Path(console.__file__).parent
    modules = {
        path.stem for path in folder.glob("[!_]*.py") if "def command(" in path.read_text("utf-8")
    }
    assert modules <= COMMANDS.keys()


@pytest.mark.parametrize(
    ("arguments", "code", "sentence"),
    [
        pytest.param(["brew"], 2, "没有 brew 这个命令", id="no such command"),
        pytest.param(["--tea"], 2, "没有 --tea 这个选项", id="no such option"),
        pytest.param([], 2, "用法", id="nothing at all"),
    ],
)
def test_a_wrong_call_gets_a_sentence_and_code_2(capsys, arguments, code, sentence):
    with pytest.raises(SystemExit) as left:
        main(arguments)
    assert left.value.code == code
    assert sentence in capsys.readouterr().err


def test_the_version_is_said(capsys):
    with pytest.raises(SystemExit) as left:
        main(["--version"])
    assert not left.value.code
    assert capsys.readouterr().out.startswith("gongkai ")


@pytest.mark.parametrize(
    ("error", "code", "sentence"),
    [
        pytest.param(NoTea(what="茶"), 2, "今天没有茶；请明天再来。", id="a refusal"),
        pytest.param(NoTea("换一句话"), 2, "换一句话", id="a refusal in other words"),
        pytest.param(ZeroDivisionError("x"), 70, "程序出错", id="a fault of ours"),
        pytest.param(FileNotFoundError(2, "No such file", "a.txt"), 2, "“a.txt”", id="a file"),
        pytest.param(
            ModuleNotFoundError("x", name="django"), 2, "gongkai[platform]", id="no platform"
        ),
        pytest.param(click.UsageError("写错了"), 2, "写错了", id="a usage error"),
        pytest.param(click.Abort(), 130, "", id="an interruption"),
    ],
)
def test_every_error_becomes_a_sentence_and_a_code(capsys, error, code, sentence):
    assert complain(error) == code
    assert sentence in capsys.readouterr().err


def test_the_facts_of_a_refusal_stay_with_it():
    assert NoTea(what="茶").facts == {"what": "茶"}


def test_a_pipe_that_closes_early_is_no_error():
    shell = f"{sys.executable} -m gongkai.console due --list | head -1"
    result = subprocess.run(
        ["/bin/sh", "-c", shell], capture_output=True, text=True, check=True, env={**os.environ}
    )
    assert result.stderr == ""
    assert result.stdout.startswith("application.reply")


def test_a_command_that_is_not_installed_is_not_listed(monkeypatch):
    monkeypatch.setitem(COMMANDS, "brew", "泡茶")
    assert "brew" not in present()
    assert "泡茶" not in CliRunner().invoke(cli, ["--help"]).output


@pytest.mark.parametrize("encoding", ["ascii", "gbk", "utf-8"])
def test_a_terminal_of_another_encoding_gets_an_answer(encoding):
    command = [sys.executable.encode(), b"-m", b"gongkai.console", b"due", b"\xff\xfe2024"]
    result = subprocess.run(
        command, capture_output=True, check=False, env={**os.environ, "PYTHONIOENCODING": encoding}
    )
    assert result.returncode == 2
    assert b"Traceback" not in result.stderr
    assert b"gongkai" in result.stderr
