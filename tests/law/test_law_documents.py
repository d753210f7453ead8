"""What the documents say about the law is so."""

import re

import pytest
import yaml
from tests.conftest import ROOT

from gongkai.core.deadlines import limits
from gongkai.core.rulebook import Rulebook
from gongkai.core.workdays import announcements
from gongkai.law import LAW

REFERENCE = (ROOT / "docs" / "reference" / "law.md").read_text("utf-8")
HOLIDAYS = (ROOT / "docs" / "how-to" / "holidays.md").read_text("utf-8")


@pytest.mark.parametrize("key", sorted(limits()))
def test_every_limit_stands_in_the_reference(key):
    assert f"| `{key}` | {limits()[key].title} |" in REFERENCE


def test_every_folder_of_law_stands_in_the_reference():
    for folder in LAW.iterdir():
        if folder.is_dir() and folder.name not in {"schema", "__pycache__"}:
            assert f"`{folder.name}/`" in REFERENCE, folder


def test_the_python_of_the_reference_runs(capsys):
    for code in re.findall(r"```python\n(.*?)```", REFERENCE, re.DOTALL):
        exec(code, {})  # it is our own document
    assert "《政府信息公开条例》第三十三条" in capsys.readouterr().out


def test_the_samples_for_next_year_can_be_read(tmp_path):
    (tmp_path / "holidays").mkdir()
    samples = re.findall(r"```yaml\n(.*?)```", HOLIDAYS, re.DOTALL)
    assert len(samples) == 2
    (tmp_path / "holidays" / "2027.yaml").write_text(samples[0], "utf-8")
    assert announcements(Rulebook(tmp_path))["holidays-2027"].year == 2027
    (key, notice), *_ = yaml.safe_load(samples[1]).items()
    assert yaml.safe_load((LAW / "holidays" / "2020.yaml").read_text("utf-8"))[key] == notice


def test_the_sample_in_the_reference_is_the_file():
    sample = re.search(r"```yaml\n# law/deadlines/application.yaml\n(.*?)```", REFERENCE, re.DOTALL)
    assert sample
    (key, entry), *_ = yaml.safe_load(sample[1]).items()
    real = yaml.safe_load((LAW / "deadlines" / "application.yaml").read_text("utf-8"))[key]
    assert entry.items() <= real.items()
