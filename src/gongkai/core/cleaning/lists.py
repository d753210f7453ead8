"""Paragraphs that Word means for items of a list become a list, where their markers are those of one."""

import re

from gongkai.core.cleaning.blocks import Block, Items, Paragraph, Run

BULLETS = set("·•●○■□◆◇▪▫►▶➢➤✓✔✦❖∙‣-–—*lnØüû§ouvq\uf0b7\uf06c\uf06e\uf0d8\uf0fc\uf075\uf0a7")
NUMBER = re.compile(r"[((]?(\d{1,3})[.．)）、]?|[((]?[a-zA-Z][.)）]|[((]?[ivxIVX]{1,5}[.)）]")
CHINESE = re.compile(r"[((（]\d|\d[、．]|.*[（）]")
"""Numbering of official documents, 1．and（1）: it is quoted by other documents and stays as it is written."""


def gathered(blocks: list[Block]) -> list[Block]:
    """Return *blocks* with runs of list paragraphs made lists, nested by level."""
    result: list[Block] = []
    open_lists: list[tuple[str, int, Items]] = []
    for block in blocks:
        kind = _kind(block) if isinstance(block, Paragraph) else None
        if not isinstance(block, Paragraph) or block.item is None or kind is None:
            open_lists.clear()
            result.append(_with_marker(block))
            continue
        name, level, marker = block.item
        block.item = None
        while open_lists and (
            open_lists[-1][1] > level
            or (open_lists[-1][1] == level and open_lists[-1][2].ordered != (kind == "ol"))
        ):
            open_lists.pop()
        if not open_lists or open_lists[-1][1] < level:
            number = NUMBER.fullmatch(marker)
            start = int(number[1]) if number and number[1] else 1
            made = Items(ordered=kind == "ol", start=start)
            (open_lists[-1][2].items[-1] if open_lists else result).append(made)
            open_lists.append((name, level, made))
        open_lists[-1][2].items.append([block])
    return result


def _kind(paragraph: Paragraph) -> str | None:
    if paragraph.item is None or paragraph.tag != "p":
        return None
    marker = paragraph.item[2]
    if not marker or (len(marker) == 1 and marker in BULLETS):
        return "ul"
    return "ol" if NUMBER.fullmatch(marker) and not CHINESE.match(marker) else None


def _with_marker(block: Block) -> Block:
    """Put the marker of a paragraph that stays one in front of its words."""
    if isinstance(block, Paragraph) and block.item is not None:
        marker = block.item[2]
        block.item = None
        if marker:
            gap = " " if marker[-1] in ".)" or marker[-1].isalnum() else ""
            first = block.inlines[0] if block.inlines else None
            if isinstance(first, Run):
                block.inlines[0] = Run(marker + gap + first.text, first.marks, first.href)
            else:
                block.inlines.insert(0, Run(marker + gap))
    return block
