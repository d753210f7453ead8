"""Cells in which something is ticked: ■ and □, √, and the 口 that scanners make of □."""

import re
from dataclasses import dataclass

from gongkai.core.directories.fields import channel_of, channels, squeezed
from gongkai.core.directories.headings import marks

BETWEEN = re.compile(r"[、,，;；\n\t]|\s{2,}")


@dataclass(frozen=True, slots=True)
class Channels:
    """What a cell of channels says.

    Attributes:
        chosen: Keys of the channels that are used, in the order of the table.
        unknown: What is ticked and not in the table.
    """

    chosen: tuple[str, ...] = ()
    unknown: tuple[str, ...] = ()


def is_chosen(text: str) -> bool:
    """Tell whether a cell is ticked: a sign of choice, or words, and no sign of the contrary."""
    plain = text.strip()
    if not plain:
        return False
    return plain not in marks()["open"] and _sign(plain[0]) != "open"


def said_beside(text: str) -> str:
    """Return the words beside a tick, such as the group that a matter is open to."""
    plain = "" if text.strip() in marks()["chosen"] | marks()["open"] else text
    return "".join(c for c in plain if not _sign(c)).strip(" ()（）：:")


def _sign(letter: str) -> str:
    """Return what *letter* means as a sign; words such as 是 are signs only when they stand alone."""
    if letter.isalnum():
        return ""
    return next((kind for kind in ("chosen", "open") if letter in marks()[kind]), "")


def read_channels(text: str) -> Channels:
    """Return the channels that *text* ticks; without any sign, all that it names.

    >>> read_channels("■政府网站 □政府公报 ■两微一端").chosen
    ('website', 'media')
    """
    plain = _with_clear_signs(text)
    signs = "".join(c for c in marks()["chosen"] | marks()["open"] if len(c) == 1 and _sign(c))
    parts = re.findall(rf"([{re.escape(signs)}])([^{re.escape(signs)}]*)", plain)
    if parts:
        names = [name for sign, name in parts if sign in marks()["chosen"]]
    else:
        names = [part for part in BETWEEN.split(plain) if part.strip()]
    found, unknown = set(), []
    for name in names:
        key, rest = _channel(name)
        if key:
            found.add(key)
        if rest:
            unknown.append(rest)
    if unknown:
        found.add("other")
    return Channels(tuple(key for key in channels() if key in found), tuple(unknown))


def _with_clear_signs(text: str) -> str:
    """Return *text* with every 口 before a channel's name turned back into □."""
    names = {name for facts in channels().values() for name in (facts.title, *facts.alias)}
    known = "|".join(re.escape(name) for name in sorted(names))
    return re.sub(rf"口(?=\s*(?:{known}))", "□", text)


def _channel(name: str) -> tuple[str, str]:
    """Return the channel's key, and what the table does not know."""
    plain = name.strip().strip("_：: ，,、；;。")
    if not plain:
        return "", ""
    if key := channel_of(plain):
        return key, ""
    other = re.fullmatch(r"其[他它]\s*[（(：:_]*\s*(.*?)[）)_\s]*", plain, re.DOTALL)
    if other:
        return "other", other[1].strip()
    return "", plain if squeezed(plain) else ""
