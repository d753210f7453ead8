"""Names of files: a stranger's name becomes one that is safe to show, to keep and to download."""

import re
import unicodedata

from gongkai.foundation.attachments import errors
from gongkai.foundation.attachments.kinds import DANGEROUS, ENDINGS, Kind

LONGEST = 100
"""Characters."""
HEAVIEST = 200
"""Bytes in UTF-8: names of files on disk end at 255, and a suffix may follow."""
UNNAMED = "未命名"
_FORBIDDEN = str.maketrans('<>:"|?*', "＜＞：＂｜？＊")
_SPACES = re.compile(r"\s+")
_RESERVED = re.compile(r"(?:con|prn|aux|nul|com\d|lpt\d)(?:\..*)?", re.IGNORECASE)


def plain_name(raw: str) -> str:
    """Return *raw* without folders, invisible characters and what file systems forbid; readable as before.

    Signs that Windows forbids become their full-width brothers; the ending is kept when a long name is cut.
    """
    base = unicodedata.normalize("NFC", raw.encode("utf-8", "ignore").decode())
    base = base.replace("\\", "/").rpartition("/")[2]
    # direction marks and zero-width signs can make a name read as another
    base = "".join(
        c
        for c in base
        if unicodedata.category(c) not in {"Cc", "Cf", "Co", "Cn", "Cs"} or c in "\t "
    )
    base = _SPACES.sub(" ", base.translate(_FORBIDDEN)).strip(" .")
    if _RESERVED.fullmatch(base):
        base = f"_{base}"
    return _shortened(base) or UNNAMED


def name_as(name: str, kind: Kind) -> str:
    """Return the plain *name* with an ending that tells the truth about *kind*.

    Raises:
        DoubleEnding: A part of it looks like the ending of a program.
    """
    stem, dot, ending = name.rpartition(".")
    if not dot:
        stem, ending = name, ""
    for part in (*stem.split(".")[1:], ending):
        if part.strip().lower() in DANGEROUS:
            raise errors.DoubleEnding(name=name, ending=part.strip())
    if ending.lower() in kind.endings:
        return name
    if ending.lower() in ENDINGS:
        name = stem
    return _shortened(f"{name}.{kind.ending}")


def _shortened(name: str) -> str:
    """Return *name* within the limits, its ending kept where it has a short one."""
    if len(name) <= LONGEST and len(name.encode()) <= HEAVIEST:
        return name
    stem, dot, ending = name.rpartition(".")
    tail = f"{dot}{ending}" if stem and len(ending) <= 10 else ""
    stem = (stem if tail else name)[: LONGEST - len(tail)]
    room = HEAVIEST - len(tail.encode())
    return stem.encode()[:room].decode("utf-8", "ignore").rstrip(" .") + tail
