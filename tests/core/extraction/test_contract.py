"""What the command prints is what docs/reference/reading.schema.json says."""

import json
from pathlib import Path

import jsonschema
import pytest
from tests.conftest import SHARED
from tests.core.extraction import layouts
from tests.core.extraction.test_layouts import filled_form

from gongkai.core.checks import check
from gongkai.core.extraction.reader import read, read_bytes
from gongkai.core.extraction.reading import SCHEMA
from gongkai.core.extraction.sources import limits

DOCUMENTED = Path(__file__).parents[3] / "docs/reference/reading.schema.json"
REAL = sorted(
    path for folder in ("seeds", "corpus") for path in (SHARED / folder).glob("*.[tph][xdt]*")
)


@pytest.fixture(scope="module")
def validator():
    schema = json.loads(DOCUMENTED.read_text("utf-8"))
    jsonschema.Draft202012Validator.check_schema(schema)
    assert schema["$id"] == SCHEMA
    return jsonschema.Draft202012Validator(schema)


def printed(reading):
    """Return the document after a trip through JSON."""
    return json.loads(
        json.dumps(reading.with_findings(check(reading)).as_json(), ensure_ascii=False)
    )


@pytest.mark.parametrize("path", REAL, ids=lambda path: path.name)
def test_a_real_report_keeps_the_contract(validator, path):
    validator.validate(printed(read(path)))


@pytest.mark.parametrize("layout", layouts.LAYOUTS, ids=lambda one: one.__name__)
@pytest.mark.parametrize("seed", range(3))
def test_a_made_report_keeps_the_contract(validator, layout, seed):
    text = layouts.text_of(filled_form(seed, blanks=0.2), layout)
    validator.validate(printed(read_bytes(text.encode(), "a.txt")))


def test_a_file_that_cannot_be_read_keeps_the_contract(validator):
    document = read_bytes(b"", "a.txt").as_json()
    validator.validate(document)
    assert len(document["problems"]) == 1


def test_the_schema_refuses_a_value_without_a_place(validator):
    document = printed(
        read_bytes(layouts.text_of(filled_form(1), layouts.markdown).encode(), "a.txt")
    )
    cell = next(cell for cell in document["cells"] if cell["state"] == "value")
    cell["at"] = None
    assert not validator.is_valid(document)


@pytest.mark.parametrize("limit", [name for name in vars(limits) if name.isupper()])
def test_every_limit_is_documented(limit):
    reference = DOCUMENTED.with_name("reading.md").read_text("utf-8")
    assert limit == "RATIO_FREE_BYTES" or f"`{limit}`" in reference
