"""Seconds a page of redaction, beside pdfium drawing the same pages and nothing else.

``python benchmarks/redaction.py [--pages 20] [--json]``: pages of official prose with a name, a number and a table on
each. Times are the processor's, on one core; the guarded process is not counted, a file costs it one start.
"""

import argparse
import json
import time

import pypdfium2
import typst

from gongkai.core.redaction import (
    all_covers,
    paper,
    proposals,
    read_pages,
    rebuilt,
    remainders,
)
from gongkai.core.redaction.rebuilding import DPI
from gongkai.core.redaction.verifying import verify
from gongkai.core.rendering.glyphs import FONTS

SENTENCE = "经查，云川市青石镇柳树村村民李建国反映的宅基地使用情况基本属实，镇人民政府已经责成村民委员会依照规定办理，并将结果告知本人。"
NAMES = ("李建国", "张小梅", "王大力", "陈思远", "赵玉兰")


def source(pages: int) -> bytes:
    """A file of full A4 pages."""
    body = []
    for number in range(pages):
        name = NAMES[number % len(NAMES)]
        body += [
            f'#"申请人：{name}，男，手机1601234{5000 + number}，家住云川市青石镇柳树村三组{number + 1}号。"',
            *[f'#"{SENTENCE}"'] * 12,
            f"#table(columns: 3, [姓名], [电话], [意见], [{name}], [1601234{5000 + number}], [同意])",
            "#pagebreak(weak: true)",
        ]
    head = '#set page(paper: "a4", margin: 25mm)\n#set text(font: "Noto Serif SC", size: 14pt, lang: "zh")\n'
    faces = typst.Fonts(include_system_fonts=False, font_paths=[str(FONTS)])
    return typst.compile((head + "\n\n".join(body)).encode(), font_paths=faces)


def timed(work):
    begun = time.process_time()
    result = work()
    return result, time.process_time() - begun


def bare_drawing(data: bytes) -> int:
    opened = pypdfium2.PdfDocument(data)
    for page in opened:
        page.render(scale=DPI / 72)
    return len(opened)


def measured(pages: int) -> dict[str, float]:
    data = source(pages)
    rebuilt(data, [], [1])  # faces and law data are loaded once
    proposals(read_pages(data, [1]))
    count, drawing = timed(lambda: bare_drawing(data))
    read, reading = timed(lambda: read_pages(data))
    found, proposing = timed(lambda: proposals(read))
    marks = [each.mark for each in found]
    made, rebuilding = timed(lambda: rebuilt(data, marks, range(1, count + 1)))
    output, writing = timed(lambda: paper(made))
    covered = [page.covered for page in made]
    verified, verifying = timed(lambda: verify(output, read, covered))
    left, searching = timed(lambda: remainders(read, all_covers(read, marks), found))
    assert verified.passed, verified
    seconds = {
        "drawing by pdfium alone": drawing,
        "reading letters": reading,
        "proposing": proposing,
        "rebuilding": rebuilding,
        "writing": writing,
        "verifying": verifying,
        "searching what is left": searching,
    }
    return {
        "pages": count,
        "marks": len(marks),
        "left": len(left),
        "kilobytes a page": len(output) / 1024 / count,
        **{name: value / count for name, value in seconds.items()},
        "output: rebuilding and writing, times drawing": (rebuilding + writing) / drawing,
        "all but proposing, times drawing": (rebuilding + writing + verifying + searching)
        / drawing,
    }


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--pages", type=int, default=20)
    arguments.add_argument("--json", action="store_true")
    chosen = arguments.parse_args()
    found = measured(chosen.pages)
    if chosen.json:
        print(json.dumps(found))
        return
    for name, value in found.items():
        print(f"{name:50} {value:10.4f}" if isinstance(value, float) else f"{name:50} {value:10}")


if __name__ == "__main__":
    main()
