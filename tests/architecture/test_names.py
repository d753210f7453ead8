"""Names and places that a newcomer may rely on."""

import ast
import re
from pathlib import Path

import pytest
from tests.conftest import ROOT

SOURCE = ROOT / "src" / "gongkai"
HOMELESS = {
    "utils",
    "util",
    "helpers",
    "helper",
    "common",
    "misc",
    "manager",
    "managers",
    "tools",
    "stuff",
}


def modules():
    return sorted(path for path in SOURCE.rglob("*.py") if "migrations" not in path.parts)


def test_nothing_is_named_after_having_no_home():
    homeless = [
        str(path.relative_to(ROOT))
        for path in (*SOURCE.rglob("*"), *(ROOT / "tests").rglob("*"))
        if path.stem in HOMELESS
    ]
    assert homeless == []


@pytest.mark.parametrize(
    "package",
    sorted({path.parent for path in modules() if (path.parent / "__init__.py").exists()}),
    ids=lambda p: str(p.relative_to(SOURCE)),
)
def test_a_package_says_what_it_is(package):
    init = package / "__init__.py"
    if package.name in {"management", "commands", "migrations", "templatetags"}:
        return
    doc = ast.get_docstring(ast.parse(init.read_text("utf-8")))
    assert doc, f"{init.relative_to(ROOT)} has no docstring"


def test_files_stay_small_enough_to_read_at_one_sitting():
    long = {
        str(path.relative_to(ROOT)): lines
        for path in modules()
        if (lines := path.read_text("utf-8").count("\n")) > 600
    }
    assert long == {}


def test_no_regulation_is_numbered_in_code():
    """Document numbers belong into law/; a literal such as 国办发〔2016〕… in code is law outside the law."""
    number = re.compile(r"国(办|令|发|函)[^\"'\n]{0,8}〔\d{4}〕")
    found = []
    for path in modules():
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            literal = isinstance(node, ast.Constant) and isinstance(node.value, str)
            if literal and number.search(node.value) and not _is_docstring(path, node):
                found.append(f"{path.relative_to(ROOT)}:{node.lineno}")
    assert found == []


def _is_docstring(path: Path, constant: ast.Constant) -> bool:
    tree = ast.parse(path.read_text("utf-8"))
    kinds = (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)
    return any(
        isinstance(node, kinds)
        and node.body
        and isinstance(node.body[0], ast.Expr)
        and getattr(node.body[0].value, "lineno", None) == constant.lineno
        for node in ast.walk(tree)
    )
