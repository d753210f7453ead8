"""The body of an imported line: clean HTML from whatever an old site or a cell holds."""

import html
import re

import nh3

_MARKUP = re.compile(
    r"<(?:p|div|br|span|table|h[1-6]|ul|ol|li|a|img|strong|b|em|font)\b", re.IGNORECASE
)
_BREAK = re.compile(r"\n\s*\n|\n")


def clean(body: str) -> str:
    """Return *body* as clean HTML; plain text becomes paragraphs."""
    if not body.strip():
        return ""
    if _MARKUP.search(body):
        return nh3.clean(
            body,
            tags={
                "p",
                "br",
                "h2",
                "h3",
                "h4",
                "ul",
                "ol",
                "li",
                "table",
                "thead",
                "tbody",
                "tr",
                "th",
                "td",
                "strong",
                "em",
                "sup",
                "sub",
                "blockquote",
                "a",
            },
            attributes={"a": {"href"}, "td": {"colspan", "rowspan"}, "th": {"colspan", "rowspan"}},
            link_rel=None,
        )
    lines = (line.strip() for line in _BREAK.split(body))
    return "".join(f"<p>{html.escape(line, quote=False)}</p>" for line in lines if line)
