"""The words on slides."""

import re

from gongkai.core.extraction.sources.packed import Package

_SLIDE = re.compile(r"ppt/slides/slide(\d+)\.xml")
_RUN = "{http://schemas.openxmlformats.org/drawingml/2006/main}t"
_PARAGRAPH = "{http://schemas.openxmlformats.org/drawingml/2006/main}p"


def slides_text(data: bytes) -> str:
    """Return the text of a PPTX file, slide by slide, a line a paragraph.

    Raises:
        Unreadable: With a sentence that says why.
    """
    package = Package(data, "演示文稿")
    numbered = sorted(
        (int(found[1]), member.filename)
        for member in package.members()
        if (found := _SLIDE.fullmatch(member.filename))
    )
    slides = []
    for _, inside in numbered:
        paragraphs = (
            "".join(run.text or "" for run in paragraph.iter(_RUN))
            for paragraph in package.xml(inside).iter(_PARAGRAPH)
        )
        slides.append("\n".join(line for line in paragraphs if line.strip()))
    return "\n\n".join(slides)
