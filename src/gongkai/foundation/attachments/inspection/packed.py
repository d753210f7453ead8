"""Formats that are ZIP files inside: Word, Excel and PowerPoint since 2007, OFD."""

import zipfile
import zlib
from pathlib import Path, PurePosixPath

from lxml import etree

from gongkai.core.extraction.sources.limits import (
    MAX_MEMBERS,
    MAX_PART_BYTES,
    MAX_RATIO,
    MAX_UNPACKED_BYTES,
    RATIO_FREE_BYTES,
)
from gongkai.foundation.attachments import errors
from gongkai.foundation.attachments.kinds import KINDS, accepted
from gongkai.foundation.attachments.sizes import sized

MAGIC = {b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08"}
_WORD = "wordprocessingml.document.main+xml"
_EXCEL = "spreadsheetml.sheet.main+xml"
_SLIDES = ("presentationml.presentation.main+xml", "presentationml.slideshow.main+xml")
_TYPES = "[Content_Types].xml"
_BLOCK = 2**20
_BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    OSError,
    ValueError,
    NotImplementedError,
    RuntimeError,
)


def tell(path: Path, name: str) -> str:
    """Return the kind of the packed file at *path*, after unpacking all of it once."""
    try:
        with zipfile.ZipFile(path) as archive:
            _refuse_bombs(archive, path.stat().st_size, name)
            _refuse_locks(archive, name)
            kind = _kind(archive, name)
            if kind != "ofd":
                _refuse_active(archive, name, kind)
            _unpack(archive, name)
    except errors.NotTaken:
        raise
    except _BROKEN as error:
        raise errors.Damaged(name=name, what="文件") from error
    return kind


def _refuse_bombs(archive: zipfile.ZipFile, size: int, name: str) -> None:
    members = archive.infolist()
    if len(members) > MAX_MEMBERS:
        raise errors.Bomb(name=name, limit=f"{MAX_MEMBERS} 个部分")
    if sum(member.file_size for member in members) > MAX_UNPACKED_BYTES:
        raise errors.Bomb(name=name, limit=sized(MAX_UNPACKED_BYTES))
    # members that overlap make a small file hold a huge one many times
    if sum(member.compress_size for member in members) > size:
        raise errors.Damaged(name=name, what="文件")
    seen: set[str] = set()
    for member in members:
        allowed = max(RATIO_FREE_BYTES, MAX_RATIO * max(member.compress_size, 1))
        if member.file_size > allowed:
            raise errors.Bomb(name=name, limit=sized(allowed))
        if _strays(member.filename) or member.filename in seen:
            raise errors.Damaged(name=name, what="文件")
        seen.add(member.filename)


def _strays(inside: str) -> bool:
    """Tell whether the name of a member points out of the archive."""
    parts = PurePosixPath(inside)
    return "\\" in inside or ":" in inside or parts.is_absolute() or ".." in parts.parts


def _refuse_locks(archive: zipfile.ZipFile, name: str) -> None:
    if any(member.flag_bits & 1 for member in archive.infolist()):
        raise errors.Encrypted(name=name)


def _kind(archive: zipfile.ZipFile, name: str) -> str:
    members = set(archive.namelist())
    if _TYPES in members:
        return _office(_parts(archive, name), name)
    if "OFD.xml" in members:
        return "ofd"
    if "META-INF/MANIFEST.MF" in members or "AndroidManifest.xml" in members:
        raise errors.Program(name=name)
    if "mimetype" in members and archive.read("mimetype")[:40].startswith(b"application/vnd.oasis"):
        raise errors.BetterKind(name=name, what=" ODF 文档", better=" DOCX、XLSX 或 PDF")
    raise errors.Archive(name=name)


def _parts(archive: zipfile.ZipFile, name: str) -> set[str]:
    """Return the content types of the parts."""
    root = _xml(archive, _TYPES, name)
    return {str(part.get("ContentType", "")) for part in root}


def _office(types: set[str], name: str) -> str:
    def has(*endings: str) -> bool:
        return any(part.endswith(endings) for part in types)

    if any("macroenabled" in part.lower() for part in types):
        better = "DOCX" if any("word" in part for part in types) else "XLSX 或 PPTX"
        raise errors.Macros(name=name, better=better)
    if has(_WORD):
        return "docx"
    if has(_EXCEL):
        return "xlsx"
    if has(*_SLIDES):
        return "pptx"
    raise errors.WrongKind(name=name, kinds=accepted())


def _refuse_active(archive: zipfile.ZipFile, name: str, kind: str) -> None:
    """Refuse macros, controls, packed programs and what is fetched from elsewhere on opening."""
    for inside in archive.namelist():
        lower = inside.lower()
        if (
            lower.endswith(("vbaproject.bin", "vbadata.xml"))
            or "/macrosheets/" in lower
            or "/activex/" in lower
        ):
            raise errors.Macros(name=name, better=KINDS[kind].ending.upper())
        if "/embeddings/" in lower and lower.endswith(".bin"):
            data = archive.read(inside)
            if "\x01Ole10Native".encode("utf-16-le") in data:
                raise errors.HiddenFiles(name=name)
        if lower.endswith(".rels"):
            _refuse_remote(archive, inside, name)


def _refuse_remote(archive: zipfile.ZipFile, inside: str, name: str) -> None:
    for link in _xml(archive, inside, name):
        target = str(link.get("Target", ""))
        if link.get("TargetMode") != "External" or str(link.get("Type", "")).endswith("/hyperlink"):
            continue
        if target.lower().startswith(
            ("http:", "https:", "ftp:", "mhtml:", "\\\\", "//", "file://\\\\", "file:////")
        ):
            raise errors.RemoteParts(name=name, target=target[:60])


def _xml(archive: zipfile.ZipFile, inside: str, name: str) -> etree._Element:
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    with archive.open(inside) as stream:
        data = stream.read(MAX_PART_BYTES + 1)
    if len(data) > MAX_PART_BYTES:
        raise errors.Bomb(name=name, limit=sized(MAX_PART_BYTES))
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise errors.Damaged(name=name, what="Office 文件") from error
    if root.getroottree().docinfo.doctype:
        raise errors.Damaged(name=name, what="Office 文件")  # Office never writes one; attacks do
    return root


def _unpack(archive: zipfile.ZipFile, name: str) -> None:
    """Unpack everything once into nothing: a part that is not what the table says is found here."""
    total = 0
    for member in archive.infolist():
        with archive.open(member) as stream:
            while block := stream.read(_BLOCK):
                total += len(block)
                if total > MAX_UNPACKED_BYTES:
                    raise errors.Bomb(name=name, limit=sized(MAX_UNPACKED_BYTES))
