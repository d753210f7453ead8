"""A letter as PDF: GB/T 9704—2012, tagged, with the shipped typefaces and a text layer that copies exactly."""

from decimal import Decimal
from typing import Any

from gongkai.core.letters.layout import (
    Layout,
    layouts,
    mark_size,
    signature_indents,
    width_of,
)
from gongkai.core.letters.letter import Letter
from gongkai.core.rendering.glyphs import MissingGlyphs, missing
from gongkai.core.rendering.paper import compiled
from gongkai.core.rendering.seals import fitted


def letter_pdf(letter: Letter, *, seal: bytes | None = None) -> bytes:
    """Return *letter* as a PDF file.

    Args:
        letter: The letter.
        seal: The seal as PNG or JPEG, set over name and date; only on a letter that is sealed.

    Raises:
        MissingGlyphs: A character would print as an empty box.
        FontsNotBuilt: The package was not built completely.
        TypesetterMissing: The ``pdf`` extra is not installed.
    """
    if lacking := missing(letter.lines()):
        shown = "、".join(f"“{char}”（U+{ord(char):04X}）" for char in lacking[:10])
        raise MissingGlyphs(characters=shown)
    return compiled("letter", _content(letter, seal), day=letter.day, parts=("prose",))


def _content(letter: Letter, seal: bytes | None) -> dict[str, Any]:
    layout = layouts()[letter.form]
    day = letter.day
    indents = signature_indents(layout, letter.office, letter.date, sealed=letter.sealed)
    running = [
        *({"text": one.text, "kind": one.kind} for one in letter.paragraphs),
        *({"text": text, "kind": "text"} for text in (*letter.remedies, *letter.closing)),
    ]
    return {
        "form": letter.form,
        "office": letter.office,
        "heading": f"{letter.office}{letter.title}",
        "title-lines": list(letter.title_lines),
        "number": letter.number,
        "addressee": letter.addressee,
        "paragraphs": running,
        "attached": list(letter.attached),
        "grid": [[{"label": c.label, "text": c.text} for c in row] for row in letter.grid],
        "day": letter.date,
        "date": {"year": day.year, "month": day.month, "day": day.day},
        "date-width": float(width_of(letter.date)),
        "sealed": letter.sealed,
        "seal": list(fitted(seal)) if seal and letter.sealed else None,
        "indents": [float(indent) for indent in indents],
        "draft": letter.draft,
        "layout": _layout(layout, letter.office),
    }


def _layout(layout: Layout, office: str) -> dict[str, Any]:
    size, lines = mark_size(layout, office)
    plain = {
        "pitch": layout.pitch,
        "tracking": layout.tracking,
        "body": layout.body,
        "title-size": layout.title_size,
        "small": layout.small,
        "indent": layout.indent,
        "seal": layout.seal,
        "foot": layout.foot,
        "number-gap": layout.number_gap,
        "title-gap": layout.title_gap,
        "addressee-gap": layout.addressee_gap,
        "row": layout.row,
        "label": layout.label,
    }
    page = layout.page
    made: dict[str, Any] = {
        **{name: float(value) for name, value in plain.items()},
        "page": {
            name: float(getattr(page, name))
            for name in ("width", "height", "top", "bottom", "left", "right")
        },
    }
    if layout.mark and layout.rule:
        mark = {
            "top": layout.mark.top,
            "width": layout.mark.width,
            "size": size,
            "lines": Decimal(lines),
        }
        made["mark"] = {name: float(value) for name, value in mark.items()}
        names = ("below", "bottom", "length", "thick", "thin", "apart")
        made["rule"] = {name: float(getattr(layout.rule, name)) for name in names}
    return made
