"""From the first bytes to the inspector that knows the format."""

from pathlib import Path

from gongkai.foundation.attachments import errors
from gongkai.foundation.attachments.inspection import old_office, packed, pdf, pictures, plain
from gongkai.foundation.attachments.kinds import KINDS, Kind, accepted

HEAD = 8192
_PROGRAMS = (
    b"MZ",
    b"\x7fELF",
    b"\xca\xfe\xba\xbe",
    b"\xfe\xed\xfa\xce",
    b"\xfe\xed\xfa\xcf",
    b"\xce\xfa\xed\xfe",
    b"\xcf\xfa\xed\xfe",
    b"L\0\0\0\x01\x14\x02\0",
    b"\0asm",
    b"dex\n",
    b"#!",
    b"ITSF",
    b"FWS",
    b"CWS",
    b"ZWS",
)
_ARCHIVES = (
    b"Rar!\x1a",
    b"7z\xbc\xaf\x27\x1c",
    b"\x1f\x8b",
    b"BZh",
    b"\xfd7zXZ",
    b"MSCF",
    b"\x28\xb5\x2f\xfd",
)
_BETTER = (
    (b"{\\rtf", "RTF 文档", " DOCX"),
    (b"II*\0", "TIFF 图片", " PNG 或 PDF"),
    (b"MM\0*", "TIFF 图片", " PNG 或 PDF"),
    (b"\xd7\xcd\xc6\x9a", "图元文件", " PNG"),
    (b"%!PS", " PostScript 文件", " PDF"),
    (b"8BPS", " PSD 图片", " PNG 或 JPEG"),
)


def tell(path: Path, name: str) -> Kind:
    """Return the kind of the file at *path*, after looking into it as far as its format allows.

    Args:
        path: Where the bytes stand for now.
        name: The plain name, for sentences, and for what only a name tells (CSV among texts).

    Raises:
        NotTaken: With the sentence that says why, and what to do.
    """
    with path.open("rb") as stream:
        head = stream.read(HEAD)
    if not head.strip(b"\0 \t\r\n\xef\xbb\xbf") and len(head) < HEAD:
        raise errors.EmptyFile(name=name)
    return KINDS[_tell(path, name, head)]


def _tell(path: Path, name: str, head: bytes) -> str:
    if head.startswith(old_office.MAGIC):
        return old_office.tell(path, name)
    if head[:4] in packed.MAGIC:
        return packed.tell(path, name)
    if pdf.is_one(head):
        return pdf.tell(path, name)
    if (picture := pictures.told_by(head)) is not None:
        return pictures.tell(path, name, picture)
    _refuse_known(head, name)
    return plain.tell(path, name)


def _refuse_known(head: bytes, name: str) -> None:
    if head.startswith(_PROGRAMS):
        raise errors.Program(name=name)
    if head.startswith(_ARCHIVES) or head[257:262] == b"ustar":
        raise errors.Archive(name=name)
    for magic, what, better in _BETTER:
        if head.startswith(magic):
            raise errors.BetterKind(name=name, what=what, better=better)
    if head.startswith(b"BM") and b"\0" in head[:32]:
        raise errors.BetterKind(name=name, what=" BMP 图片", better=" PNG")
    if head[4:8] == b"ftyp":
        if head[8:12] in {b"heic", b"heix", b"mif1", b"avif", b"heim", b"hevc"}:
            raise errors.BetterKind(name=name, what=" HEIC 或 AVIF 图片", better=" JPEG")
        raise errors.WrongKind(name=name, kinds=accepted())
