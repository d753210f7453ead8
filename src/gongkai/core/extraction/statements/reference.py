"""The reference page of figures that are read and missed in three real reports, made by reading them.

``python -m gongkai.core.extraction.statements.reference ../shared/seeds > docs/reference/statements.md``
"""

import re
import sys
from collections.abc import Iterator
from pathlib import Path

from gongkai.core.extraction.normal import normal
from gongkai.core.extraction.reader import read
from gongkai.core.extraction.reading import Reading, Statement
from gongkai.core.extraction.statements.flow import Sentence, sentences
from gongkai.core.extraction.statements.nofigures import hidden
from gongkai.core.indicators import indicator

REPORTS = {"X": "xinxiang-2016.txt", "D": "dayu-2014.txt", "G": "gaoping-2012.txt"}

_DIGITS = re.compile(r"\d[\d,.]*")

_HEAD = """# Figures in sentences

<!-- Made by `python -m gongkai.core.extraction.statements.reference DIR`; do not edit. -->

What `statements` of `gongkai read --json` holds: every figure that a sentence states, with its unit, what it counts
in the document's words, the indicator of `src/gongkai/law/indicators` where it is one, and the number of the figure that
it is part of. A share (`%` after 占) belongs to its count, and the count to its whole. A zero may be said
(未收到, 没有发生, 无) instead of written; its place in the text is then that of the denying words.

No figures, and passed over: dates and terms, numbers of documents, articles, meetings and lists, telephones, addresses,
titles in 《》, short slogans in quotation marks, hotlines. 一 counts only after a verb such as 收到 or 配备.
Cells of tables are read as cells. Figures in a chapter of problems and plans never stand for an indicator.

The page shows three real reports. *Passed over* counts the numbers in digits that were taken for no figures; *missed*
lists every other number in digits that became no statement.
"""


def markdown(folder: Path) -> str:
    """Return the page for the reports of :data:`REPORTS` in *folder*."""
    return "\n".join([_HEAD, *(_report(key, folder / name) for key, name in REPORTS.items())])


def _report(key: str, path: Path) -> str:
    reading = read(path)
    missed, passed = _left(reading)
    lines = [
        f"## {key}: {reading.title or path.stem}",
        "",
        f"{len(reading.statements)} figures; {passed} numbers passed over; {len(missed)} missed"
        + (": " + "、".join(f"`{m}`" for m in missed) if missed else "")
        + ".",
        "",
        "| # | value | counts | indicator | part of |",
        "|---|---|---|---|---|",
        *(_row(number, s) for number, s in enumerate(reading.statements)),
        "",
    ]
    return "\n".join(lines)


def _row(number: int, statement: Statement) -> str:
    value = f"{statement.value:f} {statement.unit or ''}".strip()
    marks = "，约数" * statement.approximate + "，增减" * statement.change
    title = indicator(statement.indicator).title if statement.indicator else ""
    whole = "" if statement.part_of is None else str(statement.part_of)
    subject = statement.subject.replace("|", "\\|")
    return f"| {number} | {value}{marks} | {subject} | {title} | {whole} |"


def _left(reading: Reading) -> tuple[list[str], int]:
    """Return the numbers in digits that became no statement, with a few words, and how many were none."""
    text = normal(reading.text)
    read_at = [s.at for s in reading.statements]
    missed: list[str] = []
    passed = 0
    for sentence, start, end in _numbers(reading):
        at = sentence.span(text, start, end)
        if any(a.start < at.end and at.start < a.end for a in read_at):
            continue
        if hidden(sentence.text)[start:end] != sentence.text[start:end]:
            passed += 1
        else:
            missed.append(sentence.text[max(0, start - 6) : end + 4])
    return missed, passed


def _numbers(reading: Reading) -> Iterator[tuple[Sentence, int, int]]:
    for sentence in sentences(normal(reading.text)):
        for match in _DIGITS.finditer(sentence.text):
            yield sentence, match.start(), match.end()


if __name__ == "__main__":
    sys.stdout.write(markdown(Path(sys.argv[1])))
