"""`pip install gongkai` in an empty environment: the law, the core and the command line, no Django."""

import json
import os
import shutil
import subprocess
import sys
import venv
from pathlib import Path

import pytest
from tests.conftest import ROOT

pytestmark = pytest.mark.slow

REPORT = """云川市清溪县人民政府2022年政府信息公开工作年度报告

一、总体情况
2022年，全县主动公开政府信息1203条。

二、主动公开政府信息情况
第二十条第（一）项
信息内容 | 本年制发件数 | 本年废止件数 | 现行有效件数
规章 | 0 | 0 | 0
行政规范性文件 | 4 | 1 | 36
"""


def run(*command, **kwargs):
    clean = {
        k: v for k, v in os.environ.items() if not k.startswith(("DJANGO", "PYTHON", "VIRTUAL"))
    }
    return subprocess.run(  # noqa: PLW1510  # the caller looks at the code
        [str(part) for part in command], capture_output=True, text=True, env=clean, **kwargs
    )


@pytest.fixture(scope="module")
def empty_home(tmp_path_factory):
    """An environment that holds the built wheel and what it asks for, and nothing else."""
    home = tmp_path_factory.mktemp("wheel")
    uv = shutil.which("uv", path=f"{Path(sys.executable).parent}:{os.environ['PATH']}")
    if uv is None:
        pytest.skip("uv builds the wheel, and it is not here")
    built = run(uv, "build", "--wheel", "--out-dir", home / "dist", ROOT)
    assert built.returncode == 0, built.stderr
    venv.create(home / "env", with_pip=False)
    python = home / "env" / "bin" / "python"
    (wheel,) = (home / "dist").glob("*.whl")
    installed = run(uv, "pip", "install", "--python", python, wheel)
    assert installed.returncode == 0, installed.stderr
    return home


def test_there_is_no_django_in_it(empty_home):
    found = run(empty_home / "env/bin/python", "-c", "import django")
    assert "ModuleNotFoundError" in found.stderr


def test_it_counts_a_deadline(empty_home):
    done = run(
        empty_home / "env/bin/gongkai", "due", "2024-09-27", "--rule", "application.reply", "--json"
    )
    assert done.returncode == 0, done.stderr
    answer = json.loads(done.stdout)
    assert (answer["due"], answer["provisional"]) == ("2024-10-30", False)


def test_it_reads_a_report(empty_home):
    (empty_home / "report.txt").write_text(REPORT, "utf-8")
    done = run(empty_home / "env/bin/gongkai", "read", empty_home / "report.txt", "--json")
    assert done.returncode == 0, done.stderr
    reading = json.loads(done.stdout)
    assert (reading["year"], reading["form"]) == (2022, "format-2021")
    cells = {(c["row"], c["column"]): c["value"] for c in reading["cells"]}
    assert cells["normative", "valid"] == "36"


def test_a_platform_command_says_what_to_install(empty_home):
    done = run(empty_home / "env/bin/gongkai", "serve")
    assert done.returncode == 2
    assert "gongkai[platform]" in done.stderr
    assert "Traceback" not in done.stderr
