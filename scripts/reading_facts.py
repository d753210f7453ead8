"""Write the facts of published reports into demo/readings: figures and source, no sentence.

``python scripts/reading_facts.py FOLDER``: reads each report named as ``seed`` in demo/readings/*.yaml from
FOLDER anew and keeps what stands there by hand: source, title, agency.
"""

import sys
from pathlib import Path

import yaml

from gongkai.core.extraction.reader import read
from gongkai.oversight.readings.facts import facts_of

HERE = Path(__file__).parents[1] / "demo/readings"
KEPT = ("seed", "title", "agency", "year", "source")
HEAD = "# Figures published in this report, as facts: no sentence of it is passed on. See scripts/reading_facts.py.\n"


class Indented(yaml.SafeDumper):
    """Sets lists in below their key, as yamllint asks."""

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:  # noqa: FBT001, FBT002, ARG002  # PyYAML's signature
        """Never indentless."""
        super().increase_indent(flow, indentless=False)


def main(folder: Path) -> None:
    """Refresh every file."""
    for place in sorted(HERE.glob("*.yaml")):
        kept = yaml.safe_load(place.read_text(encoding="utf-8"))
        facts = facts_of(read(folder / kept["seed"]))
        merged = {key: kept[key] for key in KEPT if kept.get(key)}
        merged |= {key: value for key, value in facts.items() if key not in merged}
        body = yaml.dump(
            merged,
            Dumper=Indented,
            allow_unicode=True,
            sort_keys=False,
            width=100,
            default_flow_style=None,
        )
        place.write_text(HEAD + body, encoding="utf-8")
        print(place.name, len(facts["statements"]), "statements")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
