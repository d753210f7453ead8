"""The reference page of the indicators: ``python -m gongkai.core.indicators.reference > docs/reference/indicators.md``."""

import sys
from collections.abc import Iterator

from gongkai.core.forms import forms
from gongkai.core.indicators.indicator import Indicator
from gongkai.core.indicators.loading import indicators

_HEAD = """# Indicators

<!-- Made by `python -m gongkai.core.indicators.reference`; edit law/indicators instead. -->

What is counted every year, whatever form asked for it. The data stands in `src/gongkai/law/indicators/*.yaml`:

- `key`, `title`, `definition`, `unit`, and `part_of`, the indicator that this one is a part of.
- `breakdowns`: divisions `by` something into `parts`; `whole: true` where the parts add up to the indicator.
- `places`: for each form the cells (`table/row/column`) that add up to it; `scale` where the form's unit differs.
- `note`: why the eras do not compare, where they do not.
- `phrases`: how narratives name it. `say` must stand in what is counted, `about` in what the passage is about;
  `…` stands for other words between, `/` for either word; the phrase that explains most characters wins, and
  where two indicators explain equally much, none is meant. `unless` lists words that show that something else is
  meant, `units` the units in which narratives count it. The particle 的 is ignored throughout.
"""


def markdown() -> str:
    """Return the page."""
    return "\n".join([_HEAD, *_table()]) + "\n"


def _table() -> Iterator[str]:
    keys = [form.key for form in forms() if form.tables]
    yield "| key | 指标 | 单位 | " + " | ".join(f"`{key}`" for key in keys) + " | 各年之间 |"
    yield "|---" * (len(keys) + 4) + "|"
    for item in indicators():
        cells = " | ".join(_cells(item, key) for key in keys)
        yield f"| `{item.key}` | {item.title} | {item.unit} | {cells} | {item.note or ''} |"


def _cells(item: Indicator, form: str) -> str:
    return " + ".join(f"`{place}`" for place in item.places.get(form, ()))


if __name__ == "__main__":
    sys.stdout.write(markdown())
