"""One matter at a time: what somebody wrote as several."""

import re

LEAST = 6
"""Characters of something that can be a matter of its own."""
MOST = 8
_NUMBERED = re.compile(
    r"(?:^|(?<=[\n；;。：:]))\s*"
    r"(?:[（(][一二三四五六七八九十\d]{1,2}[)）]|[一二三四五六七八九十]{1,2}[、.．]"
    r"|\d{1,2}(?:、|[.．)）](?!\d))|[①②③④⑤⑥⑦⑧⑨⑩]|第[一二三四五六七八九十]{1,2}[，、,:：])\s*"
)
_ENDS = "；;。，,、 \n\t"


def matters(text: str) -> list[str]:
    """Return the matters that *text* asks for, one if it looks like one.

    Numbered points count, and otherwise lines or parts between semicolons that could stand alone. What stands
    before the first point ("我想申请以下信息：") introduces all of them and is left out.
    """
    numbered = [part.strip(_ENDS) for part in _NUMBERED.split(text)]
    if len(numbered) > 2:
        parts = numbered[1:]
    else:
        parts = [part.strip(_ENDS) for part in re.split(r"[；;]|\n\s*\n", text)]
    parts = [part for part in parts if len(part) >= LEAST]
    return parts if 1 < len(parts) <= MOST else [text.strip()]
