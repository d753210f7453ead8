"""A typeface of one glyph without an area: what the text layer is set in. It is never seen, only searched and read aloud."""

import struct
from functools import cache

EM = 1000
ASCENT, DESCENT = 880, -120


@cache
def empty_face() -> bytes:
    """Return a TrueType file that has one glyph: an em wide, for readers that ask how large letters are, but a mere line."""
    outline = struct.pack(
        ">5h2H2B4h", 1, 0, DESCENT, EM, ASCENT, 1, 0, 1, 1, 0, EM, DESCENT, ASCENT - DESCENT
    )
    tables = {
        b"glyf": outline,
        b"head": struct.pack(
            ">IIIIHHqqhhhhHHhhh",
            0x00010000, 0x00010000, 0, 0x5F0F3CF5, 0, EM, 0, 0, 0, DESCENT, EM, ASCENT, 0, 8, 2, 0, 0,
        ),
        b"hhea": struct.pack(
            ">IhhhHhhhhhh8xhH", 0x00010000, ASCENT, DESCENT, 0, EM, 0, 0, EM, 1, 0, 0, 0, 1
        ),
        b"hmtx": struct.pack(">Hh", EM, 0),
        b"loca": struct.pack(">HH", 0, len(outline) // 2),
        b"maxp": struct.pack(">IH13H", 0x00010000, 1, 2, 1, *[0] * 11),
    }  # fmt: skip
    head, body = [], b""
    at = 12 + 16 * len(tables)
    for tag, content in sorted(tables.items()):
        padded = content + b"\0" * (-len(content) % 4)
        total = sum(struct.unpack(f">{len(padded) // 4}I", padded)) & 0xFFFFFFFF
        head.append(struct.pack(">4sIII", tag, total, at + len(body), len(content)))
        body += padded
    start = struct.pack(">IHHHH", 0x00010000, len(tables), 64, 2, 16 * len(tables) - 64)
    return start + b"".join(head) + body
