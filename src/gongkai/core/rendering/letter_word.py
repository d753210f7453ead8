"""A letter as DOCX, to be opened, changed and printed in Word, WPS or LibreOffice, laid out by GB/T 9704—2012.

Red lines are borders of framed paragraphs and the seal is a picture anchored to the signature, so that every program
that opens the file shows them in their place. The same letter gives the same bytes.
"""

import io
from datetime import datetime, time
from decimal import Decimal
from typing import Any

import docx
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.oxml.ns import qn
from docx.shared import Emu, Length, Mm, Pt, RGBColor

from gongkai.core.letters.layout import (
    POINT,
    Layout,
    layouts,
    mark_size,
    signature_indents,
    width_of,
)
from gongkai.core.letters.letter import Letter, Paragraph
from gongkai.core.rendering.seals import fitted
from gongkai.core.rendering.word import indent_first, set_face, timeless
from gongkai.core.rendering.word_anchor import anchored
from gongkai.core.rendering.word_faces import BODY, HEI, SONG, TITLE, declare
from gongkai.core.rendering.word_parts import element, page_number
from gongkai.core.rendering.word_sheet import sheet_element

VERMILION = RGBColor(0xE6, 0x00, 0x12)
FOOT = 7
"""Millimetres from the text to the page number."""
WATERMARK = "（草稿）"
AFTER_BORDERS = (
    "w:shd",
    "w:tabs",
    "w:suppressAutoHyphens",
    "w:autoSpaceDE",
    "w:spacing",
    "w:ind",
    "w:jc",
)
"""What has to follow borders among the properties of a paragraph."""


def letter_docx(letter: Letter, *, seal: bytes | None = None) -> bytes:
    """Return *letter* as a DOCX file.

    Args:
        letter: The letter.
        seal: The seal as PNG or JPEG, set over name and date; only on a letter that is sealed.
    """
    work = _Writing(letter, layouts()[letter.form])
    work.page()
    work.styles()
    declare(work.document)
    work.properties()
    work.head()
    work.text()
    work.end(seal if letter.sealed else None)
    stream = io.BytesIO()
    work.document.save(stream)
    return timeless(stream.getvalue())


class _Writing:
    """One document in the making."""

    def __init__(self, letter: Letter, layout: Layout) -> None:
        self.letter = letter
        self.layout = layout
        self.document: Any = docx.Document()
        self.line = Pt(float(layout.pitch))
        self.character = float(layout.body + layout.tracking)

    # -- page and styles -----------------------------------------------------------------------------------

    def page(self) -> None:
        section, layout, page = self.document.sections[0], self.layout, self.layout.page
        section.page_width, section.page_height = Mm(float(page.width)), Mm(float(page.height))
        section.top_margin, section.bottom_margin = Mm(float(page.top)), Mm(float(page.bottom))
        section.left_margin, section.right_margin = Mm(float(page.left)), Mm(float(page.right))
        number = page.bottom - FOOT - 5  # from the edge of the sheet to the page number
        distance = layout.rule.bottom if layout.rule else number
        section.footer_distance = Mm(float(distance))
        self.document.settings.odd_and_even_pages_header_footer = True
        for footer, side in (
            (section.footer, WD_ALIGN_PARAGRAPH.RIGHT),
            (section.even_page_footer, WD_ALIGN_PARAGRAPH.LEFT),
        ):
            footer.is_linked_to_previous = False
            paragraph = footer.paragraphs[0]
            paragraph.alignment = side
            paragraph.paragraph_format.left_indent = Pt(float(self.layout.small))
            paragraph.paragraph_format.right_indent = Pt(float(self.layout.small))
            paragraph.paragraph_format.space_after = Mm(float(number - distance))
            page_number(paragraph)
        section.different_first_page_header_footer = True
        if self.layout.rule:
            self._double_line(section.first_page_footer.paragraphs[0])

    def _double_line(self, paragraph: Any) -> None:
        """Make *paragraph* the lower red double line, thin above thick, as wide as the upper one."""
        rule, page = self.layout.rule, self.layout.page
        assert rule is not None  # noqa: S101  # the caller has asked
        beyond = Decimal(page.width - rule.length) / 2
        form = paragraph.paragraph_format
        form.left_indent = Mm(float(beyond - page.left))
        form.right_indent = Mm(float(beyond - page.right))
        form.line_spacing = Pt(2)
        paragraph._p.get_or_add_pPr().insert_element_before(  # noqa: SLF001  # no borders in python-docx
            _border("bottom", "thinThickSmallGap", 0), *AFTER_BORDERS
        )

    def styles(self) -> None:
        styles, layout = self.document.styles, self.layout
        normal = styles["Normal"]
        set_face(normal, BODY, Pt(float(layout.body)))
        form = normal.paragraph_format
        form.line_spacing_rule, form.line_spacing = WD_LINE_SPACING.EXACTLY, self.line
        form.space_before = form.space_after = Pt(0)
        form.widow_control = False
        for kind in ("w:autoSpaceDE", "w:autoSpaceDN"):  # no air between Chinese and figures
            normal.element.get_or_add_pPr().insert_element_before(
                element(kind, {"w:val": "0"}), "w:adjustRightInd", "w:spacing", "w:ind", "w:jc"
            )
        _spaced(normal, layout.tracking)
        title = styles["Title"]
        set_face(title, TITLE, Pt(float(layout.title_size)))
        _spaced(title, Decimal(0))
        title.paragraph_format.alignment = WD_ALIGN_PARAGRAPH.CENTER
        title.paragraph_format.space_before = title.paragraph_format.space_after = Pt(0)
        title.paragraph_format.line_spacing = Pt(float(layout.title_size) * 1.55)
        set_face(styles["Heading 1"], HEI, Pt(float(layout.body)))
        heading = styles["Heading 1"].paragraph_format
        heading.space_before = heading.space_after = Pt(0)
        heading.keep_with_next = True
        indent_first(styles["Heading 1"], layout.indent)
        set_face(styles["Footer"], SONG, Pt(float(layout.small)))
        body = styles["Body Text"]
        set_face(body, BODY, Pt(float(layout.body)))
        _spaced(body, layout.tracking)
        body.paragraph_format.space_after = Pt(0)
        body.paragraph_format.alignment = WD_ALIGN_PARAGRAPH.JUSTIFY
        indent_first(body, layout.indent)

    def properties(self) -> None:
        core, letter = self.document.core_properties, self.letter
        core.title, core.author = letter.title[:255], letter.office[:255]
        core.language, core.last_modified_by, core.comments = "zh-CN", "", ""
        core.subject = letter.number[:255]
        core.created = core.modified = core.last_printed = datetime.combine(letter.day, time())

    # -- head ----------------------------------------------------------------------------------------------

    def head(self) -> None:
        letter = self.letter
        if letter.form == "letter":
            self._mark()
            if letter.number:
                gap = Pt(float(self.layout.number_gap) * float(self.layout.body))
                self._line(letter.number, WD_ALIGN_PARAGRAPH.RIGHT).space_before = gap
            self._title(self.layout.title_gap)
        else:
            self._title(self.layout.title_gap)
            if letter.number:
                self._line(letter.number, WD_ALIGN_PARAGRAPH.CENTER)
        if letter.draft:
            self._line(WATERMARK, WD_ALIGN_PARAGRAPH.CENTER)

    def _mark(self) -> None:
        mark, rule = self.layout.mark, self.layout.rule
        assert mark is not None  # noqa: S101  # the layout of letters has both
        assert rule is not None  # noqa: S101
        size, lines = mark_size(self.layout, self.letter.office)
        paragraph = self.document.add_paragraph()
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        paragraph.paragraph_format.line_spacing = Pt(float(size) * 1.15)
        properties = paragraph._p.get_or_add_pPr()  # noqa: SLF001  # python-docx has no frames
        properties.insert(0, _frame(Decimal(rule.length), Decimal(mark.top)))
        properties.insert_element_before(
            _border("bottom", "thickThinSmallGap", round(Decimal(rule.below) / POINT)),
            *AFTER_BORDERS,
        )
        name = self.letter.office
        half = -(-len(name) // 2)
        for number, line in enumerate((name,) if lines == 1 else (name[:half], name[half:])):
            run = paragraph.add_run()
            if number:
                run.add_break()
            run.add_text(line)
            run.font.size, run.font.color.rgb = Pt(float(size)), VERMILION
            _faced(run, TITLE)

    def _title(self, gap: int) -> None:
        paragraph = self.document.add_paragraph(style="Title")
        paragraph.paragraph_format.space_before = Length(gap * self.line)
        for number, line in enumerate(self.letter.title_lines):
            if number:
                paragraph.add_run().add_break()
            paragraph.add_run(line)

    def _line(self, text: str, side: Any) -> Any:
        paragraph = self.document.add_paragraph(text)
        paragraph.alignment = side
        return paragraph.paragraph_format

    # -- text ----------------------------------------------------------------------------------------------

    def text(self) -> None:
        letter, layout = self.letter, self.layout
        if letter.addressee:
            form = self._line(f"{letter.addressee}：", WD_ALIGN_PARAGRAPH.LEFT)
            form.space_before = Length(layout.addressee_gap * self.line)
        running = [*letter.paragraphs, *map(Paragraph, (*letter.remedies, *letter.closing))]
        for number, one in enumerate(running, 1):
            style = "Heading 1" if one.kind == "heading" else "Body Text"
            paragraph = self.document.add_paragraph(one.text, style=style)
            paragraph.paragraph_format.keep_with_next = one.kind == "heading" or (
                number == len(running) and not letter.attached
            )
        for number, text in enumerate(letter.attached):
            self._attachment(text, first=number == 0, alone=len(letter.attached) == 1)
        if letter.grid:
            self.document.paragraphs[-1].paragraph_format.space_after = Mm(4)
            table = sheet_element(letter.grid, layout)
            self.document.element.body.sectPr.addprevious(table)

    def _attachment(self, text: str, *, first: bool, alone: bool) -> None:
        paragraph = self.document.add_paragraph(text)
        form = paragraph.paragraph_format
        hanging = 3.0 if alone else 3.8
        start = self.layout.indent + hanging
        form.left_indent = Pt(start * self.character)
        form.first_line_indent = Pt(-(hanging if first else 0.8) * self.character)
        form.space_before = self.line if first else Pt(0)
        form.keep_with_next = True

    # -- end -----------------------------------------------------------------------------------------------

    def end(self, seal: bytes | None) -> None:
        letter, layout = self.letter, self.layout
        if letter.form == "sheet":
            self._line(letter.date, WD_ALIGN_PARAGRAPH.RIGHT).space_before = Mm(3)
            return
        indents = signature_indents(layout, letter.office, letter.date, sealed=letter.sealed)
        for number, (text, indent) in enumerate(
            zip((letter.office, letter.date), indents, strict=True)
        ):
            paragraph = self.document.add_paragraph(text)
            paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
            form = paragraph.paragraph_format
            form.right_indent = Pt(float(indent) * self.character)
            form.keep_together, form.keep_with_next = True, number == 0
            if number == 0:
                form.space_before = Length((2 if letter.sealed else 1) * self.line)
                if seal:
                    self._seal(paragraph, seal, indents[1])

    def _seal(self, paragraph: Any, seal: bytes, indent: Decimal) -> None:
        """Anchor the seal behind the signature, its centre a little above the middle of name and date."""
        layout, side = self.layout, float(self.layout.seal)
        centre = float(indent + width_of(self.letter.date) / 2) * self.character
        across = Mm(float(layout.page.text_width)) - Pt(centre) - Mm(side / 2)
        gap = (2 if self.letter.sealed else 1) * self.line
        down = gap + self.line - Mm(side * 0.57)
        run = paragraph.add_run()
        shape = run.add_picture(io.BytesIO(fitted(seal)), width=Mm(side), height=Mm(side))
        anchored(shape._inline, Emu(across), Emu(down), "印章")  # noqa: SLF001  # no anchors in python-docx


def _spaced(style: Any, tracking: Decimal) -> None:
    """Set what is added between characters, rounded so that a line never holds fewer."""
    twentieths = int((tracking * 20).to_integral_value(rounding="ROUND_FLOOR"))
    properties = style.element.get_or_add_rPr()
    for old in properties.findall(qn("w:spacing")):
        properties.remove(old)
    properties.insert_element_before(
        element("w:spacing", {"w:val": str(twentieths)}),
        "w:w",
        "w:kern",
        "w:position",
        "w:sz",
        "w:szCs",
        "w:highlight",
        "w:u",
        "w:lang",
    )


def _faced(run: Any, face: Any) -> None:
    fonts = element(
        "w:rFonts",
        {"w:ascii": face.latin, "w:hAnsi": face.latin, "w:eastAsia": face.name},
    )
    run._r.get_or_add_rPr().insert(0, fonts)  # noqa: SLF001  # python-docx sets Latin faces only


def _twips(millimetres: Decimal) -> str:
    return str(round(millimetres / POINT * 20))


def _frame(width: Decimal, top: Decimal) -> Any:
    """Return the properties of a frame centred on the sheet, *top* millimetres from its edge."""
    return element(
        "w:framePr",
        {
            "w:w": _twips(width),
            "w:hSpace": "0",
            "w:vSpace": "0",
            "w:wrap": "notBeside",
            "w:vAnchor": "page",
            "w:hAnchor": "page",
            "w:xAlign": "center",
            "w:y": _twips(top),
        },
    )


def _border(side: str, kind: str, space: int) -> Any:
    line = {"w:val": kind, "w:sz": "24", "w:space": str(space), "w:color": str(VERMILION)}
    return element("w:pBdr", None, element(f"w:{side}", line))
