"""What people write in HTML comes out on paper as words, in order, whatever else stands in it."""

import json

from hypothesis import given, settings
from hypothesis import strategies as st

from gongkai.core.rendering.prose import Grid, Paragraph, as_data, pieces, texts
from gongkai.core.rendering.qr import QUIET, code_of


def test_paragraphs_lists_tables_and_runs_come_out_in_order():
    found = pieces(
        "<p>各单位：</p><h2>一、总则</h2><p>用<strong>CO<sub>2</sub></strong>。<br>又一行</p>"
        "<ol><li>甲</li><li>乙</li></ol><p class='text-right'>水利局</p>"
        "<table><tr><th>项</th><th colspan='2'>数</th></tr>"
        "<tr><td rowspan='2'>水</td><td>1</td><td>2</td></tr><tr><td>3</td><td>4</td></tr></table>"
    )
    told = [
        (p.align, p.level, p.mark, p.text) if isinstance(p, Paragraph) else p.columns for p in found
    ]
    assert told == [
        ("left", 0, "", "各单位："),
        ("", 1, "", "一、总则"),
        ("", 0, "", "用CO2。"),
        ("", 0, "", "又一行"),
        ("", 0, "1.", "甲"),
        ("", 0, "2.", "乙"),
        ("right", 0, "", "水利局"),
        3,
    ]
    grid = found[-1]
    assert isinstance(grid, Grid)
    assert grid.head_lines == 1
    assert [(c.text, c.line, c.column, c.lines, c.columns) for c in grid.cells][2:] == [
        ("水", 1, 0, 2, 1),
        ("1", 1, 1, 1, 1),
        ("2", 1, 2, 1, 1),
        ("3", 2, 1, 1, 1),
        ("4", 2, 2, 1, 1),
    ]
    assert [run.script for run in found[2].runs] == ["", "", "sub", "", ""]


TAGS = ["p", "div", "ul", "li", "table", "tr", "td", "th", "h2", "br", "strong", "img", "script x"]


@settings(max_examples=60)
@given(
    st.lists(
        st.one_of(
            st.sampled_from([f"<{t}>" for t in TAGS] + [f"</{t}>" for t in TAGS]),
            st.sampled_from(
                ["<td rowspan='9' colspan='-1'>", "<td colspan='99999'>", "<!-- x -->"]
            ),
            st.text("水甲 &<\u200b\n", max_size=6),
        ),
        max_size=20,
    )
)
def test_no_html_however_broken_stops_the_printer(parts):
    found = pieces("".join(parts))
    json.dumps(as_data(found))
    for piece in found:
        if isinstance(piece, Grid):
            places = [
                (c.line + y, c.column + x)
                for c in piece.cells
                for y in range(c.lines)
                for x in range(c.columns)
            ]
            assert len(places) == len(set(places)), "no cell lies over another"
    assert "\u200b" not in "".join(texts(found))


def test_a_code_has_its_quiet_zone_and_nothing_in_it():
    code = code_of("https://gk.yunchuan.example/items/0/19/")
    first = [part.partition("h")[0] for part in code.path.split("M")[1:]]
    xs, ys = zip(*(map(int, place.split(" ")) for place in first), strict=True)
    assert min(xs) == min(ys) == QUIET
    assert code.svg().startswith("<svg")
