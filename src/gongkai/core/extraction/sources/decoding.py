"""From bytes to text: UTF-8, GB18030 and UTF-16, with or without a mark."""

import codecs
import re

from gongkai.core.extraction.sources.errors import NotText

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_META = re.compile(rb"""<meta[^>]{0,200}?charset\s*=\s*["']?\s*([\w-]{2,20})""", re.IGNORECASE)
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f]")
_COMMON = re.compile(
    r"[的一是在不了有和人这中大为上个国我以要公开政府信息\u3000-\u303f，。、：；（）]"
)

SAMPLE = 65_536
TOLERATED = 0.02
"""Share of characters that may be damaged before a text is no text."""

LIKE_CHINESE = 0.05
"""Share of the commonest characters and marks that any Chinese text has."""


def decode(data: bytes) -> str:
    """Return the text of *data*, every line end a line feed.

    Raises:
        NotText: It is no text in any of the encodings.
    """
    text = _decode(data).replace("\r\n", "\n").replace("\r", "\n")
    sample = text[:SAMPLE]
    bad = len(_CONTROL.findall(sample)) + sample.count("\ufffd")
    if bad > TOLERATED * len(sample) + 1 or not text.strip():
        raise NotText
    return _CONTROL.sub("\ufffd", text)


def _decode(data: bytes) -> str:
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            return data[len(mark) :].decode(encoding, "replace")
    if sixteen := _utf16(data):
        return data.decode(sixteen, "replace")
    if (text := _strict(data, "utf-8")) is not None:
        return text
    declared = _META.search(data[:4096])
    names = [declared[1].decode("ascii")] if declared else []
    names += ["gb18030", *(["utf-16-le", "utf-16-be"] if len(data) % 2 == 0 else [])]
    readable = [text for name in names if (text := _strict(data, name))]
    likely = max(readable, key=_likeness, default=None)
    if likely is not None and _likeness(likely) >= LIKE_CHINESE:
        return likely
    # a few bytes are damaged: take the encoding that loses less
    candidates = [data.decode(encoding, "replace") for encoding in ("utf-8", "gb18030")]
    best = min(candidates, key=lambda t: t.count("\ufffd"))
    if best.count("\ufffd") > TOLERATED * len(best):
        raise NotText
    return best


def _strict(data: bytes, encoding: str) -> str | None:
    """Decode without any loss but that of a last character cut in two."""
    try:
        return codecs.getincrementaldecoder(encoding)("strict").decode(data, final=False)
    except (UnicodeDecodeError, LookupError):
        return None


def _likeness(text: str) -> float:
    """Return the share of everyday Chinese among the characters beyond ASCII; 1 where there are none."""
    sample = text[:SAMPLE]
    wide = sum(c > "\x7f" for c in sample)
    return len(_COMMON.findall(sample)) / wide if wide else 1.0


def _utf16(data: bytes) -> str | None:
    """Tell UTF-16 without a mark by its many zero bytes or by what it decodes to."""
    sample = data[: SAMPLE - SAMPLE % 2]
    if len(sample) < 4 or len(data) % 2:
        return None
    even, odd = sample[0::2].count(0), sample[1::2].count(0)
    half = len(sample) // 2
    if odd > 0.1 * half and odd > 10 * even:
        return "utf-16-le"
    if even > 0.1 * half and even > 10 * odd:
        return "utf-16-be"
    return None
