"""The words of a page for whoever chooses them from a list, with a keyboard or by ear."""

from collections.abc import Iterator

import rjieba

from gongkai.core.redaction import Box, Letter, Page

Word = list[str | float]
LONGEST_LINE = 200
LINES_OF_A_PAGE = 60
"""Lines of a plain text that are shown at a time."""


def lines_of(page: Page) -> list[list[Word]]:
    """Return the visible words of *page* with their places, line by line."""
    lines: list[list[Word]] = []
    line: list[Letter] = []
    for letter in (*page.letters, Letter("\n")):
        if letter.text != "\n":
            if letter.visible:
                line.append(letter)
            continue
        if words := list(_words(line)):
            lines.append(words)
        line = []
    return lines


def _words(line: list[Letter]) -> Iterator[Word]:
    at = 0
    for word in rjieba.cut("".join(letter.text for letter in line)):
        boxes, length = [], 0
        while length < len(word) and at < len(line):
            length += len(line[at].text)
            box = line[at].box
            if box is not None:
                boxes.append(box)
            at += 1
        if boxes and word.strip():
            around = Box.around(boxes)
            yield [
                word,
                *(
                    round(edge, 2)
                    for edge in (around.left, around.top, around.right, around.bottom)
                ),
            ]


def text_pages(text: str) -> Iterator[tuple[int, int, list[list[Word]]]]:
    """Yield stretches of a plain text as pages: where each begins and ends, and its words with their places."""
    begun, at = 0, 0
    lines: list[list[Word]] = []
    for line in _cut(text):
        words: list[Word] = []
        place = at
        for word in rjieba.cut(line):
            words.append([word, place, place + len(word)])
            place += len(word)
        lines.append(words)
        at += len(line)
        if len(lines) >= LINES_OF_A_PAGE:
            yield begun, at, lines
            begun, lines = at, []
    if lines or not begun:
        yield begun, at, lines


def _cut(text: str) -> Iterator[str]:
    """Yield lines with their ends, very long ones in pieces."""
    for line in text.splitlines(keepends=True):
        for at in range(0, len(line), LONGEST_LINE):
            yield line[at : at + LONGEST_LINE]
