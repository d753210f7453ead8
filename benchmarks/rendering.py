"""How many reports a second each format makes, and how large its files are.

    .venv/bin/python benchmarks/rendering.py [--seconds 2]

One core. Reports of the three forms that have tables, all cells filled, with two thousand characters of narrative.
The first report of a format pays for what is loaded once and is shown apart.
"""

import argparse
import time
from collections.abc import Callable
from datetime import date
from itertools import cycle

from gongkai.core.forms import FilledForm, cell_of, form
from gongkai.core.rendering import FORMATS, Chapter, IssuedReport

AGENCY = "云川市人民政府"
KEYS = ("stat65-2014", "format-2019", "format-2021")
PROSE = "全年主动公开政府信息2603条，其中政务动态类信息1688条，概括类信息336条。" * 7


def report(key: str) -> IssuedReport:
    """Return a full report on the form *key*."""
    official = form(key)
    cells = {place: cell_of(number % 1000) for number, place in enumerate(official.places)}
    year = official.years[0]
    chapters = [
        Chapter.of(heading.label, f"（一）基本情况\n{PROSE}") for heading in official.headings
    ]
    return IssuedReport(
        title=f"{AGENCY}{year}年政府信息公开工作年度报告",
        agency=AGENCY,
        year=year,
        form=FilledForm(official, cells),
        chapters=tuple(chapters),
        published=date(year + 1, 1, 20),
    )


def measure(
    write: Callable[[IssuedReport], bytes], reports: list[IssuedReport], seconds: float
) -> tuple[float, float, float]:
    """Return the seconds of the first report, reports a second after it, and kilobytes a report."""
    start = time.perf_counter()
    write(reports[0])
    first = time.perf_counter() - start
    sizes = []
    start = time.perf_counter()
    for made in cycle(reports):
        sizes.append(len(write(made)))
        if time.perf_counter() - start > seconds:
            break
    return first, len(sizes) / (time.perf_counter() - start), sum(sizes) / len(sizes) / 1000


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--seconds", type=float, default=2, help="how long to measure each format")
    arguments = parser.parse_args()
    reports = [report(key) for key in KEYS]
    print(f"{'format':8}{'first, ms':>12}{'reports/s':>12}{'ms each':>10}{'kB each':>10}")
    for name, made in FORMATS.items():
        first, rate, size = measure(made.write, reports, arguments.seconds)
        print(f"{name:8}{first * 1000:12.0f}{rate:12.1f}{1000 / rate:10.1f}{size:10.0f}")


if __name__ == "__main__":
    main()
