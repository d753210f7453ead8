"""With what words of a title people begin to type it."""

import re

from gongkai.foundation.search.folding import one_line
from gongkai.foundation.search.sounds import initials

ABOUT = re.compile(r"关于(?:印发|转发|发布|公布|做好|开展|加强|进一步加强)?《?")
PLACE = re.compile(r"^\w{2,3}[省市州县区旗](?=\w{2})")
"""A place that a title begins with; who looks for something does not type it."""
LONGEST = 60
SHORTEST = 2


def beginnings(title: str) -> tuple[str, ...]:
    """Return the places of *title* from which it may be typed: its start, and what it is about, with the place and without."""
    folded = one_line(title)
    starts = [folded]
    if about := ABOUT.search(folded):
        starts.append(folded[about.end() :])
    if "《" in folded:
        starts.append(folded.split("《", 1)[1])
    starts += [PLACE.sub("", start) for start in starts]
    kept = (start[:LONGEST].strip() for start in starts)
    return tuple(dict.fromkeys(start for start in kept if len(start) >= SHORTEST))


def first_letters(title: str) -> tuple[str, ...]:
    """Return the pinyin initials of each beginning of *title*."""
    letters = (initials(start) for start in beginnings(title))
    return tuple(dict.fromkeys(each for each in letters if len(each) >= SHORTEST))
