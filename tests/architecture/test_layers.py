"""What import-linter cannot see: foreign keys by name, and rooms that import screens."""

import ast

import pytest
from django.apps import apps
from tests.conftest import ROOT

LAYERS = ["law", "core", "foundation", "domain", "oversight", "site", "console"]
SOURCE = ROOT / "src" / "gongkai"


def layer(model) -> int | None:
    parts = model.__module__.split(".")
    return LAYERS.index(parts[1]) if parts[0] == "gongkai" else None


def test_foreign_keys_go_down_like_imports():
    upward = []
    for model in apps.get_models():
        here = layer(model)
        if here is None:
            continue
        for field in model._meta.get_fields():
            target = field.related_model if field.is_relation and field.concrete else None
            if target and (there := layer(target)) is not None and there > here:
                upward.append(f"{model.__name__}.{field.name} -> {target.__name__}")
    assert upward == []


SCREENS = {"desk", "portal", "api"}


@pytest.mark.parametrize("area", ["domain", "oversight"])
def test_nouns_and_verbs_never_import_their_screens(area):
    guilty = []
    for path in (SOURCE / area).rglob("*.py"):
        rooms = path.relative_to(SOURCE / area).parts[1:]
        if not rooms or rooms[0].removesuffix(".py") not in {
            "models",
            "actions",
            "queries",
            "policies",
            "events",
        }:
            continue
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            module = (node.module or "") if isinstance(node, ast.ImportFrom) else ""
            if module.startswith("gongkai.") and SCREENS & set(module.split(".")):
                guilty.append(f"{path.relative_to(ROOT)}:{node.lineno}")
    assert guilty == []
