"""The body of an imported line: clean HTML from whatever an old site or a cell holds."""

import html
import re

from gongkai.core.cleaning import clean_html

_MARKUP = re.compile(
    r"<(?:p|div|br|span|table|h[1-6]|ul|ol|li|a|img|strong|b|em|font)\b", re.IGNORECASE
)


def clean(body: str) -> str:
    """Return *body* as clean HTML; plain text becomes paragraphs.

    Raises:
        Unreadable: It is longer, or nested deeper, than any document.
    """
    if not body.strip():
        return ""
    if _MARKUP.search(body):
        return str(clean_html(body))
    lines = (line.strip() for line in body.splitlines())
    return "".join(f"<p>{html.escape(line, quote=False)}</p>" for line in lines if line)
