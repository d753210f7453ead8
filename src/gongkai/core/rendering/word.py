"""DOCX as offices send it: page and type of GB/T 9704—2012, real headings, tables that repeat their heads.

Each face is named as Windows names it, with what WPS and the domestic systems call it as the alternative.
The same report gives the same bytes.
"""

import io
import zipfile
from collections.abc import Iterable
from datetime import datetime, time
from typing import Any

import docx
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.oxml.ns import qn
from docx.shared import Length, Mm, Pt
from docx.styles.style import ParagraphStyle
from docx.text.paragraph import Paragraph

from gongkai.core.days import in_chinese
from gongkai.core.letters.layout import POINT
from gongkai.core.rendering.layout import Part, page_layout, parts
from gongkai.core.rendering.report import Chapter, IssuedReport, ranked
from gongkai.core.rendering.word_faces import BODY, HEI, KAI, SONG, TITLE, Face, declare
from gongkai.core.rendering.word_parts import element, page_number
from gongkai.core.rendering.word_table import table_element

ERECTED = (1980, 1, 1, 0, 0, 0)
"""The only moment a ZIP archive may name without saying anything."""


def docx_file(report: IssuedReport) -> bytes:
    """Return *report* as a DOCX file."""
    document = docx.Document()
    _page(document)
    _styles(document)
    declare(document)
    _properties(document, report)
    _body(document, report)
    stream = io.BytesIO()
    document.save(stream)
    return timeless(stream.getvalue())


def _page(document: Any) -> None:
    section, layout = document.sections[0], page_layout()
    page = layout.page
    section.page_width, section.page_height = Mm(float(page.width)), Mm(float(page.height))
    section.top_margin, section.bottom_margin = Mm(float(page.top)), Mm(float(page.bottom))
    section.left_margin, section.right_margin = Mm(float(page.left)), Mm(float(page.right))
    # Word measures from the foot of the sheet to the foot of the line that has the number
    section.footer_distance = Mm(float(page.bottom - layout.foot - layout.small * POINT))
    small = Pt(float(layout.small))
    document.settings.odd_and_even_pages_header_footer = True
    for footer, side in (
        (section.footer, WD_ALIGN_PARAGRAPH.RIGHT),
        (section.even_page_footer, WD_ALIGN_PARAGRAPH.LEFT),
    ):
        footer.is_linked_to_previous = False
        paragraph = footer.paragraphs[0]
        paragraph.alignment = side
        paragraph.paragraph_format.left_indent = paragraph.paragraph_format.right_indent = small
        page_number(paragraph)


def _styles(document: Any) -> None:
    styles, layout = document.styles, page_layout()
    size = Pt(float(layout.body))
    normal = styles["Normal"]
    set_face(normal, BODY, size)
    normal.paragraph_format.line_spacing_rule = WD_LINE_SPACING.EXACTLY
    normal.paragraph_format.line_spacing = pitch()
    normal.paragraph_format.space_before = normal.paragraph_format.space_after = Pt(0)
    normal.paragraph_format.widow_control = False
    set_face(styles["Title"], TITLE, Pt(float(layout.title_size)))
    title = styles["Title"].paragraph_format
    title.alignment, title.space_after, title.line_spacing = (
        WD_ALIGN_PARAGRAPH.CENTER,
        pitch(),
        Pt(36),
    )
    for name, face in (("Heading 1", HEI), ("Heading 2", KAI), ("Heading 3", BODY)):
        set_face(styles[name], face, size, bold=name == "Heading 3")
        indent_first(styles[name])
        form = styles[name].paragraph_format
        form.space_before = form.space_after = Pt(0)
        form.keep_with_next = True
    set_face(styles["Footer"], SONG, Pt(float(layout.small)))
    body = styles["Body Text"]
    set_face(body, BODY, size)
    body.paragraph_format.space_after = Pt(0)
    body.paragraph_format.alignment = WD_ALIGN_PARAGRAPH.JUSTIFY
    indent_first(body)
    table = styles.add_style("Report Table", WD_STYLE_TYPE.PARAGRAPH)
    table.base_style = normal
    set_face(table, SONG, Pt(9))
    table.paragraph_format.line_spacing_rule = WD_LINE_SPACING.SINGLE
    caption = styles["Caption"]
    set_face(caption, TITLE, Pt(18))
    caption.paragraph_format.alignment = WD_ALIGN_PARAGRAPH.CENTER
    caption.paragraph_format.keep_with_next = True
    caption.paragraph_format.space_after = Pt(8)


def pitch() -> Length:
    """Return the height of a line of text."""
    return Pt(float(page_layout().pitch))


def set_face(style: ParagraphStyle, face: Face, size: Length, *, bold: bool = False) -> None:
    """Give *style* the face for Chinese and for Latin, black and upright."""
    properties = style.element.get_or_add_rPr()
    for child in list(properties):
        properties.remove(child)
    style.font.size, style.font.bold, style.font.italic = size, bold, False
    fonts = element(
        "w:rFonts",
        {"w:ascii": face.latin, "w:hAnsi": face.latin, "w:eastAsia": face.name, "w:cs": face.latin},
    )
    properties.insert_element_before(fonts, "w:b", "w:bCs", "w:i", "w:iCs", "w:sz", "w:szCs")
    properties.append(element("w:lang", {"w:val": "en-US", "w:eastAsia": "zh-CN"}))
    borders = style.element.find(f"{qn('w:pPr')}/{qn('w:pBdr')}")
    if borders is not None:
        borders.getparent().remove(borders)


def indent_first(styled: ParagraphStyle | Paragraph, characters: int = 2) -> None:
    """Set the first line in by *characters*, whatever their size."""
    properties = styled._element.get_or_add_pPr()  # noqa: SLF001  # paragraphs have no public one
    styled.paragraph_format.first_line_indent = Pt(float(page_layout().body) * characters)
    properties.ind.set(qn("w:firstLineChars"), str(100 * characters))


def _properties(document: Any, report: IssuedReport) -> None:
    core = document.core_properties
    core.title, core.author, core.language = report.title[:255], report.agency[:255], "zh-CN"
    core.last_modified_by, core.comments = "", (report.law or "")[:255]
    core.subject, core.keywords = (
        "政府信息公开工作年度报告",
        f"政府信息公开, 年度报告, {report.year}",
    )
    moment = (
        datetime.combine(report.published, time())
        if report.published
        else datetime(report.year + 1, 1, 1)  # noqa: DTZ001  # OOXML core properties carry no zone
    )
    core.created = core.modified = core.last_printed = moment


def _body(document: Any, report: IssuedReport) -> None:
    title = document.add_paragraph(style="Title")
    for number, line in enumerate(report.title_lines):
        if number:
            title.add_run().add_break()
        title.add_run(line)
    for note in report.corrections:
        paragraph = document.add_paragraph(style="Body Text")
        paragraph.add_run(f"更正（{in_chinese(note.day)}）").bold = True
        paragraph.add_run(note.text)
    printed = parts(report)
    for part in printed:
        if not part.appendix:
            document.add_paragraph(part.chapter.heading, style="Heading 1")
            _narrative(document, part.chapter)
            _tables(document, part)
    _end(document, report)
    for part in printed:
        if part.appendix:
            heading = document.add_paragraph("附件", style="Heading 1")
            heading.paragraph_format.page_break_before = True
            indent_first(heading, 0)
            document.add_paragraph(part.chapter.heading, style="Caption")
            _tables(document, part)


def _narrative(document: Any, chapter: Chapter) -> None:
    for block, rank in ranked(chapter.blocks):
        document.add_paragraph(block.text, style=f"Heading {rank}" if rank else "Body Text")


def _tables(document: Any, part: Part) -> None:
    for table in part.tables:
        section = document.element.body.sectPr
        section.addprevious(table_element(table))
        _small(document, ())  # Word wants a paragraph between tables, and after the last


def _end(document: Any, report: IssuedReport) -> None:
    lines = [report.agency, *([in_chinese(report.published)] if report.published else [])]
    for number, line in enumerate(lines):
        paragraph = document.add_paragraph(line)
        paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
        paragraph.paragraph_format.right_indent = Pt(64)
        paragraph.paragraph_format.space_before = pitch() if not number else Pt(0)
        paragraph.paragraph_format.keep_together = True
        paragraph.paragraph_format.keep_with_next = number < len(lines) - 1
    _small(document, (*report.contact, *([report.law] if report.law else [])))


def _small(document: Any, lines: Iterable[str]) -> None:
    """Print *lines* in small type; without any, a thin empty line."""
    kept = tuple(lines)
    for number, line in enumerate(kept or ("",)):
        paragraph = document.add_paragraph(style="Report Table")
        paragraph.paragraph_format.space_before = pitch() if kept and not number else Pt(0)
        paragraph.add_run(line).font.size = Pt(12) if line else Pt(6)


def timeless(made: bytes) -> bytes:
    """Return the archive *made* without the moment of its making."""
    stream = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(made)) as old,
        zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for name in old.namelist():
            entry = zipfile.ZipInfo(name, ERECTED)
            entry.compress_type = zipfile.ZIP_DEFLATED
            new.writestr(entry, old.read(name))
    return stream.getvalue()
