"""Office files of before 2007 and WPS's own: compound files with streams."""

import struct
from pathlib import Path

import olefile

from gongkai.foundation.attachments import errors
from gongkai.foundation.attachments.kinds import KINDS, accepted

MAGIC = olefile.MAGIC
_MACROS = {"macros", "_vba_project_cur", "vba", "_vba_project", "vbaproject"}
_SHEET = struct.Struct("<HH")
_BIFF_LIMIT = 65_536
_FILEPASS, _BOUNDSHEET = 0x2F, 0x85
_WORD_ENCRYPTED = 0x0100


def tell(path: Path, name: str) -> str:
    """Return the kind of the compound file at *path*: doc, xls, ppt, or WPS's as its name says."""
    try:
        with olefile.OleFileIO(str(path), raise_defects=olefile.DEFECT_FATAL) as opened:
            return _told(opened, name)
    except errors.NotTaken:
        raise
    except Exception as error:  # whatever a broken or hostile file makes the parser raise
        raise errors.Damaged(name=name, what="Office 文件") from error


def _told(opened: olefile.OleFileIO, name: str) -> str:
    entries = opened.listdir(streams=True, storages=True)
    parts = {part.lower() for entry in entries for part in entry}
    if {"encryptedpackage", "encryptedsummary"} & parts:
        raise errors.Encrypted(name=name)
    ending = name.rpartition(".")[2].lower()
    if "worddocument" in parts:
        kind = "wps" if ending == "wps" else "doc"
        if _is_locked_text(opened):
            raise errors.Encrypted(name=name)
    elif {"workbook", "book"} & parts:
        kind = "et" if ending == "et" else "xls"
        _look_at_sheets(opened, name, kind)
    elif "powerpoint document" in parts:
        kind = "dps" if ending == "dps" else "ppt"
    else:
        raise errors.WrongKind(name=name, kinds=accepted())
    if _MACROS & parts:
        raise errors.Macros(name=name, better=KINDS[kind].convert)
    if "\x01ole10native" in parts:
        raise errors.HiddenFiles(name=name)
    return kind


def _is_locked_text(opened: olefile.OleFileIO) -> bool:
    with opened.openstream("WordDocument") as stream:
        start = stream.read(12)
    return len(start) == 12 and bool(struct.unpack_from("<H", start, 10)[0] & _WORD_ENCRYPTED)


def _look_at_sheets(opened: olefile.OleFileIO, name: str, kind: str) -> None:
    """Go through the first records of a workbook: is it locked, are there macro sheets?"""
    with opened.openstream("Workbook" if opened.exists("Workbook") else "Book") as stream:
        data = stream.read(_BIFF_LIMIT)
    at = 0
    while at + 4 <= len(data):
        number, length = _SHEET.unpack_from(data, at)
        if number == _FILEPASS:
            raise errors.Encrypted(name=name)
        if number == _BOUNDSHEET and at + 10 <= len(data) and data[at + 9] in {1, 6}:
            raise errors.Macros(name=name, better=KINDS[kind].convert)
        at += 4 + length
