"""Web pages: what is shown, and what is set not to be."""

import re

from gongkai.core.extraction.sources.html import html
from gongkai.core.screening.files.material import Material
from gongkai.core.screening.hits import Where
from gongkai.core.screening.rules import enforces

COMMENT = re.compile(r"<!--(?!\[if|\s*(?:Start|End)Fragment)(.*?)-->", re.DOTALL)
SCRIPT = re.compile(r"<script\b|\son[a-z]{3,20}\s*=\s*[\"']|javascript:", re.IGNORECASE)
UNSEEN = re.compile(
    r"style\s*=\s*[\"'][^\"']*(?:display\s*:\s*none|visibility\s*:\s*hidden|font-size\s*:\s*0(?![.\d]*[1-9])|mso-hide\s*:\s*all)[^\"']*[\"'][^<>]*>([^<]{2,200})",
    re.IGNORECASE,
)


@enforces("hidden.text", "hidden.comment", "hidden.script")
def web(text: str, name: str) -> Material:
    """Return the material of a web page."""
    material = Material("html")
    material.write(html(text, name).text, Where())
    for match in COMMENT.finditer(text):
        if re.search(r"[\u4e00-\u9fff]{4}", match[1]):
            words = " ".join(match[1].split())
            material.trace("hidden.comment", "网页源代码里有注释", words, where=Where("源代码"))
    for match in UNSEEN.finditer(text):
        words = " ".join(match[1].split())
        if words:
            material.trace("hidden.text", "网页里有不显示的文字", words, where=Where("源代码"))
    if match_ := SCRIPT.search(text):
        material.trace(
            "hidden.script", "网页里有脚本", match_.group().strip(), where=Where("源代码")
        )
    return material
