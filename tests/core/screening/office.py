"""Office files with everything that can stand beside the text of a page: drawings, charts, diagrams, files, slides."""

import io
import zipfile

import docx
import openpyxl
import pikepdf
import xlsxwriter
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from tests.core.screening.made import photograph

PRESENTATION = 'xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main"'
DRAWING = 'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
CHART = 'xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart"'
LINKED = 'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
TYPES = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
MEDIA = "application/vnd.openxmlformats-officedocument.presentationml"


def drawn_workbook(*, box: str, title: str, category: str, value: int) -> bytes:
    """A workbook with a text box and a chart, whose words stand in no cell that is shown."""
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer) as book:
        sheet = book.add_worksheet("公示")
        sheet.write("A1", "补贴发放")
        sheet.insert_textbox("D2", box)
        other = book.add_worksheet("图")
        chart = book.add_chart({"type": "column"})
        chart.set_title({"name": title})
        series = {"name": "金额", "categories": "=公示!$A$5:$A$6", "values": "=公示!$B$5:$B$6"}
        chart.add_series(
            {**series, "categories_data": [category, "其他"], "values_data": [value, 30]}
        )
        other.insert_chart("B2", chart)
    return buffer.getvalue()


def said_in_word(words: str) -> bytes:
    """A Word file with a picture of which *words* are said, as Word writes it: at the frame and at the picture."""
    document = docx.Document()
    document.add_picture(io.BytesIO(photograph()))
    for element in document.element.iter("{*}docPr", "{*}cNvPr"):
        element.set("descr", words)
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def said_in_excel(words: str) -> bytes:
    """A workbook with a text box of which *words* are said."""
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer) as book:
        book.add_worksheet("公示").insert_textbox("D2", "略", {"description": words})
    return buffer.getvalue()


def said_in_pdf(words: str) -> bytes:
    """A tagged PDF file with a figure of which *words* are said."""
    with pikepdf.new() as file:
        page = file.add_blank_page()
        page.obj.Contents = file.make_stream(b"/Figure <</MCID 0>> BDC 0 0 9 9 re f EMC")
        page.obj.StructParents = 0
        root = file.make_indirect(pikepdf.Dictionary(Type=pikepdf.Name.StructTreeRoot))
        figure = file.make_indirect(
            pikepdf.Dictionary(
                Type=pikepdf.Name.StructElem,
                S=pikepdf.Name.Figure,
                Pg=page.obj,
                K=0,
                Alt=pikepdf.String(words),
            )
        )
        whole = pikepdf.Dictionary(
            Type=pikepdf.Name.StructElem, S=pikepdf.Name.Document, P=root, K=[figure]
        )
        root.K = figure.P = file.make_indirect(whole)
        root.ParentTree = pikepdf.Dictionary(Nums=[0, [figure]])
        file.Root.StructTreeRoot = root
        file.Root.MarkInfo = pikepdf.Dictionary(Marked=True)
        buffer = io.BytesIO()
        file.save(buffer)
    return buffer.getvalue()


def sheet_of(*cells: str) -> bytes:
    """A workbook with *cells* below one another."""
    book = openpyxl.Workbook()
    book.properties.creator = "钱会计"
    for cell in cells:
        book.active.append([cell])
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def with_chart(title: str, *cells: str) -> bytes:
    """A Word file with a chart that keeps the workbook it was drawn from."""
    chart = (
        f"<c:chartSpace {CHART} {DRAWING} {LINKED}><c:chart><c:title><c:tx><c:rich><a:bodyPr/>"
        f"<a:p><a:r><a:t>{title[:3]}</a:t></a:r><a:r><a:t>{title[3:]}</a:t></a:r></a:p></c:rich></c:tx></c:title>"
        "<c:plotArea><c:layout/></c:plotArea></c:chart>"
        '<c:externalData r:id="rId1"><c:autoUpdate val="0"/></c:externalData></c:chartSpace>'
    )
    document = docx.Document()
    document.core_properties.author = ""
    document.add_paragraph("补贴发放情况见图。")
    document.add_paragraph()._p.append(
        parse_xml(
            f'<w:r {nsdecls("w", "wp", "a", "r")} {CHART}><w:drawing><wp:inline><wp:extent cx="3000000" cy="2000000"/>'
            '<wp:docPr id="1" name="图1"/><a:graphic><a:graphicData '
            'uri="http://schemas.openxmlformats.org/drawingml/2006/chart">'
            '<c:chart r:id="rId77"/></a:graphicData></a:graphic></wp:inline></w:drawing></w:r>'
        )
    )
    return packed_into(
        document,
        {
            "word/charts/chart1.xml": chart,
            "word/charts/_rels/chart1.xml.rels": relations(
                rId1=("package", "../embeddings/Microsoft_Excel_Sheet1.xlsx")
            ),
            "word/embeddings/Microsoft_Excel_Sheet1.xlsx": sheet_of(*cells),
        },
        relation=f'<Relationship Id="rId77" Type="{TYPES}/chart" Target="charts/chart1.xml"/>',
        types='<Default Extension="xlsx" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"/>'
        '<Override PartName="/word/charts/chart1.xml" ContentType="application/vnd.openxmlformats-officedocument.drawingml.chart+xml"/>',
    )


def with_file(name: str, data: bytes, element: str) -> bytes:
    """A Word file with another inside, named by *element* with the relation rId77."""
    document = docx.Document()
    document.core_properties.author = ""
    document.add_paragraph("详见所附。")
    document.element.body.insert(1, parse_xml(element))
    return packed_into(
        document,
        {f"word/embeddings/{name}": data},
        relation=f'<Relationship Id="rId77" Type="{TYPES}/package" Target="embeddings/{name}"/>',
        types="",
    )


def packed_into(document, parts: dict[str, str | bytes], *, relation: str, types: str) -> bytes:
    """A Word file with more parts, a relation to them, and their types."""
    buffer = io.BytesIO()
    document.save(buffer)
    made = io.BytesIO()
    with zipfile.ZipFile(buffer) as old, zipfile.ZipFile(made, "w") as new:
        for name in old.namelist():
            part = old.read(name)
            if name == "word/_rels/document.xml.rels":
                part = part.replace(b"</Relationships>", f"{relation}</Relationships>".encode())
            elif name == "[Content_Types].xml":
                part = part.replace(b"</Types>", f"{types}</Types>".encode())
            new.writestr(name, part)
        for name, part in parts.items():
            new.writestr(name, part)
    return made.getvalue()


def relations(**named: tuple[str, str]) -> str:
    """A list of relations by id, each with its kind and where it leads."""
    listed = "".join(
        f'<Relationship Id="{key}" Type="{TYPES}/{kind}" Target="{target}"/>'
        for key, (kind, target) in named.items()
    )
    space = "http://schemas.openxmlformats.org/package/2006/relationships"
    return f'<?xml version="1.0" encoding="UTF-8"?><Relationships xmlns="{space}">{listed}</Relationships>'


def show(*slides: str, hidden: int, note: str, master: str = "云川市") -> bytes:
    """A presentation; slide number *hidden* is hidden, has a note and is linked to from the first one."""

    def body(words: str, extra: str = "") -> str:
        return (
            f"<p:cSld><p:spTree><p:nvGrpSpPr><p:cNvPr id='1' name=''/><p:cNvGrpSpPr/><p:nvPr/></p:nvGrpSpPr><p:grpSpPr/>"
            f"<p:sp><p:nvSpPr><p:cNvPr id='2' name='x'/><p:cNvSpPr/><p:nvPr/></p:nvSpPr><p:spPr><a:xfrm><a:off x='0' y='0'/>"
            "<a:ext cx='5000000' cy='900000'/></a:xfrm><a:prstGeom prst='rect'><a:avLst/></a:prstGeom></p:spPr>"
            f"<p:txBody><a:bodyPr/><a:p><a:r><a:rPr>{extra}</a:rPr><a:t>{words}</a:t></a:r></a:p></p:txBody></p:sp>"
            "</p:spTree></p:cSld>"
        )

    spaces = f"{PRESENTATION} {DRAWING} {LINKED}"
    jump = '<a:hlinkClick r:id="rId9" action="ppaction://hlinksldjump"/>'
    numbers = range(1, len(slides) + 1)
    listed = "".join(f'<p:sldId id="{255 + n}" r:id="rId{n + 10}"/>' for n in numbers)
    parts: dict[str, str | bytes] = {
        "_rels/.rels": relations(rId1=("officeDocument", "ppt/presentation.xml")),
        "ppt/presentation.xml": f'<p:presentation {spaces}><p:sldMasterIdLst><p:sldMasterId id="2147483648" r:id="rId1"/>'
        f'</p:sldMasterIdLst><p:sldIdLst>{listed}</p:sldIdLst><p:sldSz cx="9144000" cy="6858000"/>'
        '<p:notesSz cx="6858000" cy="9144000"/></p:presentation>',
        "ppt/_rels/presentation.xml.rels": relations(
            rId1=("slideMaster", "slideMasters/slideMaster1.xml"),
            **{f"rId{n + 10}": ("slide", f"slides/slide{n}.xml") for n in numbers},
        ),
        "ppt/slideMasters/slideMaster1.xml": f'<p:sldMaster {spaces}>{body(master)}<p:clrMap bg1="lt1" tx1="dk1" '
        'bg2="lt2" tx2="dk2" accent1="accent1" accent2="accent2" accent3="accent3" accent4="accent4" '
        'accent5="accent5" accent6="accent6" hlink="hlink" folHlink="folHlink"/>'
        '<p:sldLayoutIdLst><p:sldLayoutId id="2147483649" r:id="rId1"/></p:sldLayoutIdLst></p:sldMaster>',
        "ppt/slideMasters/_rels/slideMaster1.xml.rels": relations(
            rId1=("slideLayout", "../slideLayouts/slideLayout1.xml")
        ),
        "ppt/slideLayouts/slideLayout1.xml": f"<p:sldLayout {spaces}>{body('')}</p:sldLayout>",
        "ppt/slideLayouts/_rels/slideLayout1.xml.rels": relations(
            rId1=("slideMaster", "../slideMasters/slideMaster1.xml")
        ),
        "ppt/notesSlides/notesSlide1.xml": f"<p:notes {spaces}>{body(note)}</p:notes>",
        "ppt/notesSlides/_rels/notesSlide1.xml.rels": relations(
            rId1=("slide", f"../slides/slide{hidden}.xml")
        ),
    }
    for n, words in zip(numbers, slides, strict=True):
        off = ' show="0"' if n == hidden else ""
        link = jump if n == 1 and hidden != 1 else ""
        parts[f"ppt/slides/slide{n}.xml"] = f"<p:sld {spaces}{off}>{body(words, link)}</p:sld>"
        leads = {"rId1": ("slideLayout", "../slideLayouts/slideLayout1.xml")}
        if link:
            leads["rId9"] = ("slide", f"slide{hidden}.xml")
        if n == hidden:
            leads["rId2"] = ("notesSlide", "../notesSlides/notesSlide1.xml")
        parts[f"ppt/slides/_rels/slide{n}.xml.rels"] = relations(**leads)
    kinds = {
        "slides/slide": "slide",
        "slideMasters": "slideMaster",
        "slideLayouts": "slideLayout",
        "notesSlides": "notesSlide",
    }
    overrides = "".join(
        f'<Override PartName="/{name}" ContentType="{MEDIA}.{kind}+xml"/>'
        for name in parts
        for prefix, kind in kinds.items()
        if name.startswith(f"ppt/{prefix}") and "_rels" not in name
    )
    parts["[Content_Types].xml"] = (
        '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        f'<Override PartName="/ppt/presentation.xml" ContentType="{MEDIA}.presentation.main+xml"/>{overrides}</Types>'
    )
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as package:
        for name, part in parts.items():
            package.writestr(name, part)
    return buffer.getvalue()
