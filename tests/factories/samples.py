"""Files as offices and attackers send them, made on the spot: nothing of the kind is kept in the repository."""

import io
import struct
import zipfile
import zlib

import docx
import openpyxl
import pikepdf
from PIL import Image

CONTENT = "云川市财政局关于2024年度部门预算公开的通知"


def word(text: str = CONTENT, **properties: str) -> bytes:
    """A Word file with one paragraph; *properties* such as ``author``."""
    document = docx.Document()
    document.add_paragraph(text)
    for name, value in properties.items():
        setattr(document.core_properties, name, value)
    return _saved(document)


def sheet(rows: list[list[object]]) -> bytes:
    """An Excel file with one sheet."""
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    return _saved(book)


def _saved(thing) -> bytes:
    stream = io.BytesIO()
    thing.save(stream)
    return stream.getvalue()


def with_parts(data: bytes, parts: dict[str, bytes], types: str = "") -> bytes:
    """The packed file *data* with *parts* added or replaced, and *types* put into its list of types."""
    made = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(data)) as old,
        zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for member in old.infolist():
            content = old.read(member)
            if member.filename == "[Content_Types].xml" and types:
                content = content.replace(b"</Types>", types.encode() + b"</Types>")
            if member.filename not in parts:
                new.writestr(member.filename, content)
        for name, content in parts.items():
            new.writestr(name, content)
    return made.getvalue()


def packed(parts: dict[str, bytes]) -> bytes:
    """A ZIP file."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return made.getvalue()


def pdf(*, password: str = "", script: str = "", inside: bytes = b"") -> bytes:
    """A PDF of one empty page: locked, with a script, or with a file packed in."""
    made = pikepdf.new()
    made.add_blank_page(page_size=(595, 842))
    if script:
        made.Root.OpenAction = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS=script)
    if inside:
        made.attachments["内部名单.txt"] = inside
    stream = io.BytesIO()
    lock = pikepdf.Encryption(user=password, owner=password) if password else None
    made.save(stream, **({"encryption": lock} if lock else {}))
    return stream.getvalue()


def picture(kind: str = "PNG", size: tuple[int, int] = (8, 8)) -> bytes:
    """A red picture."""
    stream = io.BytesIO()
    Image.new("RGB", size, (178, 34, 34)).save(stream, kind)
    return stream.getvalue()


def fax(pages: int = 2) -> bytes:
    """A TIFF as a scanner or a fax machine writes it: black and white, several pages."""
    stream = io.BytesIO()
    first, *rest = [Image.new("1", (200, 280), number % 2) for number in range(pages)]
    first.save(stream, "TIFF", save_all=True, append_images=rest, compression="group4")
    return stream.getvalue()


def huge_png(width: int, height: int) -> bytes:
    """A PNG that says it has many more pixels than it holds."""
    data = bytearray(picture())
    data[16:24] = struct.pack(">II", width, height)
    data[29:33] = struct.pack(">I", zlib.crc32(data[12:29]))
    return bytes(data)


def compound(streams: dict[str, bytes]) -> bytes:
    """A compound file (DOC, XLS …) of *streams*, each in whole sectors, laid out by hand.

    Names may have one storage in front: ``Macros/VBA``.
    """
    sector = 512
    tops: dict[str, dict[str, bytes] | bytes] = {}
    for name, content in streams.items():
        folder, _, leaf = name.rpartition("/")
        if folder:
            tops.setdefault(folder, {})[leaf] = content
        else:
            tops[name] = content
    entries = [("Root Entry", 5, b"", -1)]
    children: dict[int, list[int]] = {0: []}
    for name, content in tops.items():
        here = len(entries)
        children[0].append(here)
        if isinstance(content, bytes):
            entries.append((name, 2, content, -1))
            continue
        entries.append((name, 1, b"", -1))
        children[here] = []
        for leaf, inner in content.items():
            children[here].append(len(entries))
            entries.append((leaf, 2, inner, -1))
    # a stream shorter than 4096 bytes would stand in the mini stream: pad instead
    bodies = [
        c.ljust(max(4096, -(-len(c) // sector) * sector), b"\0") if kind == 2 else b""
        for _, kind, c, _ in entries
    ]
    folder_sectors = -(-len(entries) * 128 // sector)
    fat = [0xFFFFFFFD] + [i + 2 for i in range(folder_sectors - 1)] + [0xFFFFFFFE]
    starts = []
    for body in bodies:
        count = len(body) // sector
        starts.append(len(fat) if count else 0xFFFFFFFE)
        fat += [len(fat) + i + 1 for i in range(count - 1)] + ([0xFFFFFFFE] if count else [])
    assert len(fat) <= 128, "one sector of table is all that is laid out here"
    siblings = {
        c: (group[i + 1] if i + 1 < len(group) else 0xFFFFFFFF)
        for group in children.values()
        for i, c in enumerate(group)
    }
    folder = b""
    for number, (name, kind, _, _) in enumerate(entries):
        label = name.encode("utf-16-le") + b"\0\0"
        child = children.get(number) or [0xFFFFFFFF]
        folder += struct.pack(
            "<64sHBBIII16sIQQIQ",
            label,
            len(label),
            kind,
            1,
            0xFFFFFFFF,
            siblings.get(number, 0xFFFFFFFF),
            child[0],
            b"",
            0,
            0,
            0,
            starts[number],
            len(bodies[number]),
        )
    head = (
        struct.pack(
            "<8s16sHHHHH6sIIIIIIIII",
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
            b"",
            0x3E,
            3,
            0xFFFE,
            9,
            6,
            b"",
            0,
            1,
            1,
            0,
            4096,
            0xFFFFFFFE,
            0,
            0xFFFFFFFE,
            0,
        )
        + struct.pack("<I", 0)
        + b"\xff\xff\xff\xff" * 108
    )
    table = struct.pack("<128I", *(fat + [0xFFFFFFFF] * (128 - len(fat))))
    return head + table + folder.ljust(folder_sectors * sector, b"\0") + b"".join(bodies)


def old_word(*, locked: bool = False, macros: bool = False) -> bytes:
    """A DOC as Word 97 lays it out, as far as anybody looks here."""
    text = struct.pack("<HH6xH", 0xA5EC, 0xC1, 0x0100 if locked else 0)
    more = {"Macros/VBA": b"Attribute VB_Name"} if macros else {}
    return compound({"WordDocument": text, "1Table": b"", **more})


def old_sheet(*, locked: bool = False, macro_sheet: bool = False) -> bytes:
    """An XLS as Excel 97 lays it out, likewise."""
    records = struct.pack("<HHHH", 0x0809, 4, 0x0600, 5)
    records += struct.pack("<HH2x", 0x002F, 2) if locked else b""
    records += struct.pack("<HHIBB2x", 0x0085, 8, 0, 0, 1 if macro_sheet else 0)
    return compound({"Workbook": records})
