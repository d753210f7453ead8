"""A fresh PDF file: pictures of pages, an invisible text layer, and nothing else at all."""

import io
import math
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

import pikepdf
from pikepdf import Array, Dictionary, Name, Pdf, Stream

from gongkai.core.redaction.encoding import Encoded
from gongkai.core.redaction.face import ASCENT, DESCENT, EM, empty_face
from gongkai.core.redaction.rebuilding import Line, NewPage

BASE = 0.12
"""Where the line stands on which letters stand, as a part of their height above its lower edge."""
INVISIBLE = 3
STEPS = 20
"""Widths of letters are told in twentieths of the usual."""
BLOCK = 100
"""Entries of one block of a table of characters."""


def paper(pages: Sequence[NewPage]) -> bytes:
    """Return the PDF file of *pages*; the same pages give the same bytes."""
    made = Pdf.new()
    codes = _codes(line.text for page in pages for line in page.lines)
    face = made.make_indirect(_face(made, codes))
    for page in pages:
        width, height = page.source.width, page.source.height
        resources = Dictionary(XObject=Dictionary(P=_picture(made, page.picture)))
        if page.lines:
            resources.Font = Dictionary(T=face)
        content = _content(page.lines, codes, width, height)
        sheet = Dictionary(
            Type=Name.Page,
            MediaBox=Array([0, 0, _number(width), _number(height)]),
            Resources=resources,
            Contents=made.make_stream(content.encode("ascii")),
        )
        made.pages.append(pikepdf.Page(made.make_indirect(sheet)))
    made.Root.Lang = pikepdf.String("zh-CN")
    buffer = io.BytesIO()
    made.save(
        buffer,
        deterministic_id=True,
        object_stream_mode=pikepdf.ObjectStreamMode.disable,
        compress_streams=True,
        fix_metadata_version=False,
    )
    return buffer.getvalue()


def _picture(made: Pdf, picture: Encoded) -> Stream:
    stream = made.make_stream(picture.data)
    stream.Type, stream.Subtype = Name.XObject, Name.Image
    stream.Width, stream.Height = picture.width, picture.height
    stream.ColorSpace = Name.DeviceGray if picture.colours == 1 else Name.DeviceRGB
    stream.BitsPerComponent = 8 if picture.coding == "photo" else 4
    stream.Filter = Name.DCTDecode if picture.coding == "photo" else Name.FlateDecode
    return stream


def _content(lines: Iterable[Line], codes: dict[str, int], width: float, height: float) -> str:
    """Return what draws a page: its picture, and over it the words that nobody sees."""
    written = [f"q {width:.3f} 0 0 {height:.3f} 0 0 cm /P Do Q"]
    for line in lines:
        size = max(line.bottom - line.top, 1.0)
        base = height - line.bottom + BASE * size
        written.append(f"BT {INVISIBLE} Tr /T {size:.2f} Tf {line.words[0][1]:.2f} {base:.2f} Td")
        written += [*_shown(line, codes, size), "ET"]
    return "\n".join(written)


def _shown(line: Line, codes: dict[str, int], size: float) -> Iterator[str]:
    """Yield what shows the letters of a line, each where it stands and no wider than it is."""
    at = line.words[0][1]
    for scale, words in groupby(line.words, key=lambda word: _scale(word, size)):
        pieces = []
        for text, left, _ in words:
            if abs(left - at) > size / 200:
                pieces.append(f"{(at - left) / size * 1000 / scale:.0f}")
                at = left
            shown = "".join(f"{codes[char]:04X}" for char in text)
            pieces.append(f"<{shown}>")
            at += sum(_width(char) for char in text) * size / EM * scale
        yield f"{scale * 100:.0f} Tz [{' '.join(pieces)}] TJ"


def _scale(word: tuple[str, float, float], size: float) -> float:
    """Return how much narrower than usual a letter is, in steps."""
    text, left, right = word
    usual = sum(_width(char) for char in text) * size / EM
    part = (right - left) / usual if right > left else 1.0
    return min(1.0, max(1, math.floor(part * STEPS)) / STEPS)


def _width(char: str) -> int:
    return EM // 2 if ord(char) < 0x2000 else EM


def _codes(texts: Iterable[str]) -> dict[str, int]:
    """Return a number for every character, the narrow ones first."""
    known = sorted(set().union(*texts))
    return {char: number for number, char in enumerate(known, 1)}


def _face(made: Pdf, codes: dict[str, int]) -> Dictionary:
    narrow = sum(_width(char) < EM for char in codes)
    descriptor = Dictionary(
        Type=Name.FontDescriptor,
        FontName=Name("/Invisible"),
        Flags=5,
        FontBBox=Array([0, DESCENT, EM, ASCENT]),
        ItalicAngle=0,
        Ascent=ASCENT,
        Descent=DESCENT,
        CapHeight=ASCENT,
        StemV=80,
        FontFile2=made.make_stream(empty_face(), Length1=len(empty_face())),
    )
    below = Dictionary(
        Type=Name.Font,
        Subtype=Name.CIDFontType2,
        BaseFont=Name("/Invisible"),
        CIDSystemInfo=Dictionary(Registry=b"Adobe", Ordering=b"Identity", Supplement=0),
        FontDescriptor=made.make_indirect(descriptor),
        DW=EM,
        CIDToGIDMap=made.make_stream(b"\0\0" * (len(codes) + 1)),
    )
    if narrow:
        below.W = Array([1, narrow, EM // 2])
    return Dictionary(
        Type=Name.Font,
        Subtype=Name.Type0,
        BaseFont=Name("/Invisible"),
        Encoding=Name("/Identity-H"),
        DescendantFonts=Array([made.make_indirect(below)]),
        ToUnicode=made.make_stream(_to_unicode(codes)),
    )


def _to_unicode(codes: dict[str, int]) -> bytes:
    """Return the table that says which character each number is."""
    entries = [
        f"<{number:04X}> <{char.encode('utf-16-be', 'replace').hex().upper()}>"
        for char, number in codes.items()
    ]
    blocks = [entries[at : at + BLOCK] for at in range(0, len(entries), BLOCK)]
    return "\n".join(
        [
            "/CIDInit /ProcSet findresource begin 12 dict begin begincmap",
            "/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def",
            "/CMapName /Adobe-Identity-UCS def /CMapType 2 def",
            "1 begincodespacerange <0000> <FFFF> endcodespacerange",
            *(f"{len(block)} beginbfchar\n" + "\n".join(block) + "\nendbfchar" for block in blocks),
            "endcmap CMapName currentdict /CMap defineresource pop end end",
        ]
    ).encode("ascii")


def _number(value: float) -> float | int:
    return round(value, 3)
