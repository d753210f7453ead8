"""How fast reports are read, and how rightly.

``python benchmarks/reading.py DIR…`` prints documents a second and how many times the bare parse of the same
files that takes: by lxml for web pages and texts, by pdfium for PDF. ``--gold DIR`` compares with figures read
by hand and counts false errors in ten documents; ``gold.py`` says which known contradictions are scored, and ``--details``
lists the notes that are not.
"""

import argparse
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pypdfium2
from lxml import html as lxml_html

sys.path.insert(0, str(Path(__file__).parent))

from gold import Score, Scores, score

from gongkai.core.extraction.reader import read_bytes
from gongkai.core.extraction.sources import collect
from gongkai.core.extraction.sources.decoding import decode

SECONDS = 2.0
"""How long each measurement runs at least."""


def bare(data: bytes, name: str) -> None:
    """Parse a file and take its text out, no more."""
    if b"%PDF-" in data[:1024]:
        document = pypdfium2.PdfDocument(data)
        for page in document:
            page.get_textpage().get_text_range()
        document.close()
    else:
        # a text is parsed as the web page it was, so that the ratio says something
        text = decode(data)
        lxml_html.fromstring(
            text if "<html" in text[:4096] else f"<pre>{text}</pre>"
        ).text_content()
    del name


def timed(work: Callable[[bytes, str], object], data: bytes, name: str) -> float:
    """Return the seconds that one run takes, the best of many."""
    best, spent = float("inf"), 0.0
    while spent < SECONDS / 10:
        start = time.perf_counter()
        work(data, name)
        taken = time.perf_counter() - start
        best, spent = min(best, taken), spent + taken
    return best


def speed(paths: list[str]) -> None:
    total = {"read": 0.0, "bare": 0.0}
    count = 0
    print(f"{'document':46} {'read':>9} {'bare':>9} {'ratio':>7}")
    for source in collect(paths):
        if source.data is None:
            continue
        reading, parsing = (
            timed(read_bytes, source.data, source.name),
            timed(bare, source.data, source.name),
        )
        total["read"] += reading
        total["bare"] += parsing
        count += 1
        name = Path(source.name).name[:46]
        print(
            f"{name:46} {reading * 1000:7.1f}ms {parsing * 1000:7.2f}ms {reading / parsing:6.1f}x"
        )
    if count:
        print(
            f"{count} documents: {count / total['read']:.0f} a second, {total['read'] / total['bare']:.1f} times the bare parse"
        )


def gold(folder: Path, *, details: bool) -> None:
    scores = [score(path) for path in sorted(folder.glob("*.json"))]
    print(f"{'':44} {'cells':>22} {'figures':>22} {'contradictions':>22}")
    print(f"{'document':44} " + f"{'precision':>10}{'recall':>7}{'n':>5}" * 3)
    whole = Scores("total", Score(), Score(), Score())
    for one in scores:
        print(line(one))
        if details:
            for part in (one.cells, one.figures, one.contradictions):
                for kind, items in (
                    ("wrong", part.wrong),
                    ("missed", part.missed),
                    ("not scored", part.notes),
                ):
                    for item in items:
                        print(f"    {kind}: {item}")
        whole.cells += one.cells
        whole.figures += one.figures
        whole.contradictions += one.contradictions
    print(line(whole))
    false, count = len(whole.contradictions.wrong), max(1, len(scores))
    print(
        f"{false} false errors in {len(scores)} documents: {10 * false / count:.2f} in ten; "
        f"{len(whole.contradictions.notes)} notes and negatives not scored as contradictions"
    )


def line(scores: Scores) -> str:
    parts = "".join(
        f"{part.precision:10.3f}{part.recall:7.3f}{part.expected:5}"
        for part in (scores.cells, scores.figures, scores.contradictions)
    )
    return f"{scores.name[:44]:44} {parts}"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("paths", nargs="*", help="files or directories to time")
    parser.add_argument(
        "--gold", type=Path, metavar="DIR", help="compare with figures read by hand"
    )
    parser.add_argument(
        "--details", action="store_true", help="say what is wrong and what is missed"
    )
    given = parser.parse_args()
    if given.gold:
        gold(given.gold, details=given.details)
    if given.paths:
        speed(given.paths)


if __name__ == "__main__":
    main()
