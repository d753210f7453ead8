"""Reports to be printed: hand-made ones for the plain cases, drawn ones for all the others."""

from datetime import date
from decimal import Decimal

from hypothesis import strategies as st

from gongkai.core.forms import FilledForm, Form, Place, State, cell_of, form, forms
from gongkai.core.rendering import Chapter, Correction, IssuedReport

HOSTILE = (
    "=1+cmd|' /C calc'!A0",
    "+86-000",
    "-2+3",
    "@SUM(A1)",
    "<script>alert(1)</script>&nbsp;",
    '"><img src=x onerror=alert(1)>',
    "#panic() #let x = 1 $x^2$ *粗* _斜_ @引 <标签> // 注 /* 注 */ \\ `码`",
    "{{ 7 * 7 }}{% raw %}",
    "]]></w:t>&#0;&amp;",
    "公\u202e开\u2066情\u200b况\ufeff",
    "控\x00制\x07字\x1b符\x7f\ud800\ufffe",
    "——“引号”‘单’《书》〔2024〕5号①㎡…·％",
    "'; DROP TABLE 年报; --",
)
"""Texts that somebody may paste into a narrative, or write there to do harm."""

HAN = st.characters(min_codepoint=0x4E00, max_codepoint=0x9FA5)
PROSE = st.text(HAN | st.sampled_from("，。；：、“”《》（）0123456789％"), min_size=1, max_size=60)


def filled(key, figures, *, agency="云川市人民政府", year=None):
    """Return the form *key* with *figures*: {"table/row/column": value}."""
    official = form(key)
    cells = {Place(*place.split("/")): cell_of(value) for place, value in figures.items()}
    return FilledForm(official, cells, year or official.years[0], agency)


def report(key="format-2021", figures=None, **more):
    """Return a small report on the form *key*."""
    filled_form = filled(key, figures or {})
    year = filled_form.year
    plain = {
        "title": f"云川市人民政府{year}年政府信息公开工作年度报告",
        "agency": "云川市人民政府",
        "year": year,
        "chapters": (Chapter.of("一、总体情况", "（一）主动公开\n全年主动公开政府信息2603条。"),),
        "published": date(year + 1, 1, 20),
        "contact": ("地址：云川市公开路1号",),
        "law": "法规数据 2026.1",
    }
    return IssuedReport(form=filled_form, **{**plain, **more})


def hostile_report():
    """Return a report in which every text is out to do harm."""
    official = form("format-2019")
    amount = Place("proactive", "procurement", "amount")
    return IssuedReport(
        title=HOSTILE[4] + "2020年报告",
        agency=HOSTILE[5],
        year=2020,
        form=FilledForm(official, {amount: cell_of(12, unit=HOSTILE[6])}),
        chapters=tuple(Chapter.of(text, "\n".join(HOSTILE)) for text in HOSTILE),
        contact=HOSTILE,
        law=HOSTILE[4],
        corrections=tuple(Correction(date(2021, 3, 5), text) for text in HOSTILE),
    )


@st.composite
def figures(draw, official: Form):
    """Draw what stands in each cell of *official*: blanks, zeros, counts, differences, money."""
    places = list(official.places)
    if any(row.collapsible for table in official.tables for row in table.rows.values()):
        places = draw(st.sampled_from([places, _collapsed(official, places)]))
    if draw(st.booleans()):
        places += _optional(official)
    if subtotals := _subtotals(official):
        places += draw(st.lists(st.sampled_from(subtotals), max_size=3, unique=True))
    kinds = draw(st.lists(st.integers(0, 9), min_size=len(places), max_size=len(places)))
    counts = st.integers(1, 99_999) | st.integers(1, 9_999_999)
    money = st.decimals("0.0001", "99999.9999", places=4)
    cells = {}
    for place, kind in zip(places, kinds, strict=True):
        if kind < 2:
            value = None
        elif kind < 5:
            value = Decimal(0)
        elif official.kind(place) == "money":
            value = draw(money).quantize(Decimal(10) ** -draw(st.integers(0, 4)))
        elif official.kind(place) == "signed" and kind < 8:
            value = -draw(counts)
        else:
            value = draw(counts)
        choices = official.column(place).unit_choices
        if official.kind(place) == "money" and not choices:
            choices = (None, None, "元")
        unit = draw(st.sampled_from(choices)) if choices and value is not None else None
        cells[place] = cell_of(value, unit=unit)
    return cells


@st.composite
def reports(draw, keys=None):
    """Draw a report of any era with any figures and a short narrative."""
    official = form(draw(st.sampled_from(keys or [f.key for f in forms()])))
    cells = draw(figures(official))
    year = draw(st.integers(official.years[0], official.years[1] or 2026))
    texts = draw(st.lists(PROSE, min_size=1, max_size=3))
    agency = "云川市人民政府"
    return IssuedReport(
        title=f"{agency}{year}年政府信息公开工作年度报告",
        agency=agency,
        year=year,
        form=FilledForm(official, cells, year, agency),
        chapters=(Chapter.of(official.headings[0].label, "\n".join(texts)),),
        published=draw(st.none() | st.just(date(year + 1, 1, 20))),
    )


def known(filled_form: FilledForm):
    """Return what is known of *filled_form*: value and unit of each cell that is not blank."""
    official = filled_form.form
    return {
        place: (cell.state, cell.value, cell.unit or official.unit(place))
        for place, cell in filled_form.items()
        if cell.state is not State.BLANK
    }


def _collapsed(official: Form, places: list[Place]) -> list[Place]:
    """Return *places* with a collapsible row in place of the rows that detail it."""
    table, row = next((t, r) for t in official.tables for r in t.rows.values() if r.collapsible)
    columns = table.section_of[row.key].columns
    details = {child.key for child in table.children(row.key)}
    return [p for p in places if p.table != table.key or p.row not in details] + [
        Place(table.key, row.key, column.key) for column in columns
    ]


def _subtotals(official: Form) -> list[Place]:
    """Return the cells that the official form leaves empty and some offices fill: those of a group's title."""
    return [
        Place(table.key, row.key, column.key)
        for table in official.tables
        if table.layout == "rows"
        for row in table.rows.values()
        if row.header and not row.collapsible
        for column in table.section_of[row.key].columns
    ]


def _optional(official: Form) -> list[Place]:
    return [
        Place(table.key, row.key, column.key)
        for table in official.tables
        for section in table.sections
        for column in section.columns
        if column.optional
        for row in section.rows
        if not row.header
    ]
