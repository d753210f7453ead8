import csv
import io
import json
from datetime import date
from pathlib import Path

import jsonschema
import pytest
from tests.core.rendering.issued import hostile_report, report

from gongkai.core.forms import Place, form, forms
from gongkai.core.rendering import Correction, Origin, render

SCHEMA = Path(__file__).parents[3] / "docs/reference/report.schema.json"
FIGURES = {"requests/new/natural": 10, "requests/new/biz": 0}


def document(made):
    return json.loads(render(made, "json"))


@pytest.mark.parametrize("key", [f.key for f in forms()])
def test_the_document_keeps_its_contract(key):
    schema = json.loads(SCHEMA.read_text(encoding="utf-8"))
    jsonschema.Draft202012Validator.check_schema(schema)
    jsonschema.validate(document(report(key)), schema)


def test_the_document_says_state_value_and_unit_of_each_cell():
    cells = {
        (c["table"], c["row"], c["column"]): c for c in document(report(figures=FIGURES))["cells"]
    }
    assert cells["requests", "new", "natural"] == {
        "table": "requests",
        "row": "new",
        "column": "natural",
        "label": "一、本年新收政府信息公开申请数量 / 自然人",
        "value": "10",
        "state": "value",
        "raw": "10",
        "unit": "件",
        "at": None,
        "page": None,
    }
    assert cells["requests", "new", "biz"]["state"] == "zero"
    assert cells["requests", "new", "ngo"]["value"] is None
    assert set(cells) == set(form("format-2021").places)


def test_the_document_tells_origins_and_corrections():
    place = Place("requests", "new", "natural")
    made = document(
        report(
            figures=FIGURES,
            origins={place: Origin("declared", "办公室填报")},
            corrections=(Correction(date(2022, 3, 5), "更正一处"),),
        )
    )
    (origin,) = [cell["origin"] for cell in made["cells"] if "origin" in cell]
    assert origin == {"source": "declared", "text": "办公室填报", "href": None}
    assert made["corrections"] == [{"day": "2022-03-05", "text": "更正一处"}]


def test_the_csv_file_opens_as_chinese_and_has_a_line_for_each_cell():
    made = render(report(figures=FIGURES), "csv")
    assert made.startswith(b"\xef\xbb\xbf")
    lines = list(csv.DictReader(io.StringIO(made.decode("utf-8-sig"))))
    assert {(line["value"], line["state"]) for line in lines} == {
        ("10", "value"),
        ("0", "zero"),
        ("", "blank"),
    }


def test_no_field_of_the_csv_file_begins_a_formula():
    for line in csv.DictReader(io.StringIO(render(hostile_report(), "csv").decode("utf-8-sig"))):
        for name in ("label", "unit"):
            assert not line[name].startswith(("=", "+", "-", "@"))
