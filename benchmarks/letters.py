"""How many letters a second are composed, set as PDF and written as DOCX, and how large the files are.

    .venv/bin/python benchmarks/letters.py [--seconds 3]

One core. Every template in force, its slots filled with the examples of the law data, in turn. The first letter pays
for what is loaded once and is shown apart.
"""

import argparse
import time
from collections.abc import Callable
from datetime import date
from itertools import cycle

from gongkai.core.letters import Facts, Office, Part, compose, slots, templates
from gongkai.core.letters.letter import Letter
from gongkai.core.rendering.letter_paper import letter_pdf
from gongkai.core.rendering.letter_word import letter_docx

DAY = date(2026, 3, 20)
RECEIVED = date(2026, 3, 2)
OFFICE = Office(name="云川市人民政府办公室", mark="云公复", reviewers=("云川市人民政府",))


def facts() -> Facts:
    """Return facts for whichever template."""
    told = {name: slot.example for name, slot in slots().items() if slot.from_ == "case"}
    return Facts(
        office=OFFICE,
        addressee="林示例",
        values={name: value for name, value in told.items() if value != ""},
        number="云公复〔2026〕12号",
        parts=(
            Part(matter="中标合同", ground="granted"),
            Part(matter="讨论记录", ground="process"),
        ),
    )


def measure(make: Callable[[], object], seconds: float) -> tuple[float, float]:
    """Return the seconds of the first call, and calls a second after it."""
    start = time.perf_counter()
    make()
    first = time.perf_counter() - start
    calls, start = 0, time.perf_counter()
    while time.perf_counter() - start < seconds:
        make()
        calls += 1
    return first, calls / (time.perf_counter() - start)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--seconds", type=float, default=3)
    seconds = parser.parse_args().seconds
    told = facts()
    current = [made for made in templates().values() if made.in_force(RECEIVED)]
    turns = cycle(current)
    letters = [compose(made, told, DAY) for made in current]
    sizes: list[int] = []

    def written(write: Callable[[Letter], bytes]) -> Callable[[], object]:
        ready = cycle(letters)
        return lambda: sizes.append(len(write(next(ready))))

    print(f"{len(current)} templates")
    print(f"{'':10}{'first, ms':>12}{'a second':>12}{'KB':>8}")
    for name, make in (
        ("composed", lambda: compose(next(turns), told, DAY)),
        ("PDF", written(letter_pdf)),
        ("DOCX", written(letter_docx)),
    ):
        sizes.clear()
        first, rate = measure(make, seconds)
        size = f"{sum(sizes) / len(sizes) / 1024:8.0f}" if sizes else ""
        print(f"{name:10}{first * 1000:12.1f}{rate:12.0f}{size}")


if __name__ == "__main__":
    main()
