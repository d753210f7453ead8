"""What people paste becomes HTML that may be published, and stays it."""

import contextlib
import re
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import html as lxml_html
from tests.conftest import ROOT

from gongkai.core.cleaning import clean_html
from gongkai.core.extraction.sources.errors import TooNested

WORD = """<html xmlns:o="urn:schemas-microsoft-com:office:office"><head><style>p.MsoNormal{margin:0}</style>
<!--[if gte mso 9]><xml><o:OfficeDocumentSettings/></xml><![endif]--></head><body lang=ZH-CN><!--StartFragment-->
<p class=MsoNormal align=center style='text-align:center'><b><span style='font-size:22.0pt'>云川市财政局关于印发
办法的通知<o:p></o:p></span></b></p>
<p class=MsoNormal><span lang=EN-US><o:p>&nbsp;</o:p></span></p>
<p class=MsoNormal style='text-indent:32pt'>　　各县（区）财政局：现将<span lang=EN-US>2023</span>年办法印发。</p>
<p class=MsoListParagraph style='mso-list:l0 level1 lfo1'><![if !supportLists]><span lang=EN-US><span
style='mso-list:Ignore'>1.<span style='font:7.0pt "Times"'>&nbsp;&nbsp; </span></span></span><![endif]>第一项</p>
<p class=MsoListParagraph style='mso-list:l0 level2 lfo1'><![if !supportLists]><span
style='mso-list:Ignore'>·</span><![endif]>子项</p>
<p class=MsoListParagraph style='mso-list:l0 level1 lfo1'><![if !supportLists]><span
style='mso-list:Ignore'>2.</span><![endif]>第二项</p>
<p style='mso-list:l1 level1 lfo2'><span style='mso-list:Ignore'>一、</span>总体要求</p>
<table border=1 style='border:none'><thead><tr><th rowspan=2>项目</th><th colspan=2>金额</th></tr></thead>
<tr><td><p class=MsoNormal align=right>12</p></td><td></td></tr></table>
<p><img src="file:///C:/Users/li/1.png"><img src="/media/1.png" alt="图一" onerror=alert(1)></p>
<p style="text-align:right">2023年1月1日</p><!--EndFragment--></body></html>"""

CLEAN = """<p class="align-center"><strong>云川市财政局关于印发办法的通知</strong></p>
<p>各县（区）财政局：现将2023年办法印发。</p>
<ol><li>第一项<ul><li>子项</li></ul></li><li>第二项</li></ol>
<p>一、总体要求</p>
<table><thead>
<tr><th rowspan="2">项目</th><th colspan="2">金额</th></tr>
</thead>
<tbody>
<tr><td class="align-right">12</td><td></td></tr>
</tbody></table>
<p><img src="/media/1.png" alt="图一"></p>
<p class="align-right">2023年1月1日</p>"""


def test_text_from_word_becomes_paragraphs_lists_and_tables():
    cleaned = clean_html(WORD)
    assert cleaned.html == CLEAN
    assert [(d.kind, d.text) for d in cleaned.dropped] == [("picture", "file:///C:/Users/li/1.png")]


def test_text_from_wps_becomes_the_same():
    wps = (
        '<p class="MsoNormal" style="mso-list:l0 level1 lfo1;"><!--[if !supportLists]--><span><span'
        ' style="mso-list:Ignore;">1.&nbsp;</span></span><!--[endif]--><font face="仿宋">甲</font></p>'
        '<p style="mso-list:l0 level1 lfo1;"><span style="mso-list:Ignore;">2.</span>乙</p>'
        "<p><br></p><div>丙<div>丁</div></div>"
    )
    assert clean_html(wps).html == "<ol><li>甲</li><li>乙</li></ol>\n<p>丙</p>\n<p>丁</p>"


@pytest.mark.parametrize(
    ("pasted", "cleaned"),
    [
        ("<p>一<br><br>二<br>三</p>", "<p>一</p>\n<p>二<br>三</p>"),
        ("<h1>题</h1><h2><b>章</b></h2>", "<h2>题</h2>\n<h2>章</h2>"),
        ("文字没有段落", "<p>文字没有段落</p>"),
        (
            "<span style='font-weight:700'><span><b>粗</b></span></span>细",
            "<p><strong>粗</strong>细</p>",
        ),
        ("<p><b>一<i>二</b>三</i></p>", "<p><strong>一<em>二</em></strong>三</p>"),
        ("H<sub>2</sub>O", "<p>H<sub>2</sub>O</p>"),
        ("a &lt;script&gt; &amp; b", "<p>a &lt;script&gt; &amp; b</p>"),
        ("<ul><li>一</li><ul><li>二</li></ul></ul>", "<ul><li>一<ul><li>二</li></ul></li></ul>"),
        ("<p style='display:none'>藏</p>露", "<p>露</p>"),
        ("<a href=' java\nscript:alert(1)'>点</a>", "<p>点</p>"),
        ("<img src='data:image/svg+xml,<svg onload=alert(1)>'>图", "<p>图</p>"),
        ("<img src='//evil.example/a.png'><img src='/\\evil.example'>", ""),
        ("", ""),
    ],
)
def test_small_things(pasted, cleaned):
    assert clean_html(pasted).html == cleaned


NAMES = [
    "p",
    "div",
    "b",
    "span",
    "font",
    "ul",
    "ol",
    "li",
    "table",
    "tr",
    "td",
    "th",
    "thead",
    "caption",
    "a",
    "img",
]
NAMES += [
    "h1",
    "h3",
    "br",
    "hr",
    "blockquote",
    "pre",
    "sup",
    "script",
    "style",
    "o:p",
    "svg",
    "iframe",
    "u",
    "center",
]
STYLES = [
    "text-align:center",
    "font-weight:bold",
    "mso-list:l0 level1 lfo1",
    "mso-list:l0 level3 lfo1",
]
STYLES += [
    "mso-list:Ignore",
    "display:none",
    "vertical-align:super",
    "text-decoration:underline line-through",
]
ATTRIBUTES = [f"style='{style}'" for style in STYLES]
ATTRIBUTES += [
    "rowspan=2",
    "colspan=-1",
    "colspan=99999999",
    "start=7",
    "onclick=alert(1)",
    "align=right",
    "hidden",
]
ATTRIBUTES += [
    "href='javascript:alert(1)'",
    "href='https://a.example/?a=1&b=2'",
    "href=/items/1/",
    "src=/media/a.png",
]
ATTRIBUTES += [
    "src=https://a.example/x.png",
    "alt='\"><script>alert(1)</script>'",
    "class=align-center",
]
TEXTS = st.sampled_from(
    [
        "甲",
        " ",
        "\n",
        "　　",
        "1.",
        "·",
        "&nbsp;",
        "a b",
        "&lt;b&gt;",
        "一、",
        "<![if x]>",
        "-->",
        "\u200b",
    ]
)


def _element(children):
    return st.builds(
        lambda name, attributes, inside, closed: (
            f"<{name} {' '.join(attributes)}>{''.join(inside)}{f'</{name}>' if closed else ''}"
        ),
        st.sampled_from(NAMES),
        st.lists(st.sampled_from(ATTRIBUTES), max_size=2),
        st.lists(children, max_size=4),
        st.integers(0, 5),
    )


FRAGMENTS = st.lists(st.recursive(TEXTS, _element, max_leaves=14), max_size=5).map("".join)
ALLOWED = {
    "p",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "ul",
    "ol",
    "li",
    "table",
    "thead",
    "tbody",
    "tr",
    "td",
    "th",
    "caption",
    "blockquote",
    "hr",
    "br",
    "a",
    "img",
}
ALLOWED |= {"strong", "em", "u", "s", "sub", "sup"}


@settings(max_examples=120, deadline=None)
@given(FRAGMENTS)
def test_cleaning_twice_changes_nothing_and_leaves_only_what_is_allowed(pasted):
    once = clean_html(pasted).html
    again = clean_html(once)
    assert again.html == once
    assert again.dropped == ()
    for element in lxml_html.fragment_fromstring(once, create_parent="body").iterdescendants():
        assert element.tag in ALLOWED
        assert not {a for a in element.attrib if a.startswith("on") or a == "style"}
        assert re.match(r"(https?://|mailto:|tel:|/(?![/\\]))", element.get("href", "/"))
        assert re.match(r"/(?![/\\])", element.get("src", "/"))


@pytest.mark.parametrize(
    "pasted",
    [
        "<div>" * 5000 + "甲",
        "<b>" * 100_000 + "甲",
        "<td>" * 20_000,
        "<!--" * 50_000,
        "<!--[if a]>" * 20_000,
        "<" * 200_000,
        "<ul><li>" * 3000,
    ],
    ids=["divs", "bolds", "cells", "comments", "conditions", "angles", "lists"],
)
def test_hostile_paste_ends_soon(pasted):
    started = time.process_time()
    with contextlib.suppress(TooNested):
        assert len(clean_html(pasted).html) < 4 * len(pasted) + 100
    assert time.process_time() - started < 5


def test_the_python_of_the_reference_runs():
    page = (ROOT / "docs" / "reference" / "cleaning.md").read_text("utf-8")
    for code in re.findall(r"```python\n(.*?)```", page, re.DOTALL):
        exec(code, {})  # it is our own document
