import re
from itertools import pairwise

import lxml.html
import pytest
from tests.core.rendering.issued import HOSTILE, hostile_report, report

from gongkai.core.forms import Place
from gongkai.core.rendering import STYLESHEET, Chapter, Origin, fragment
from gongkai.core.rendering.web import page

FIGURES = {"requests/new/natural": 10, "requests/carried_in/natural": 0}


def tree(made, **options):
    return lxml.html.fromstring(fragment(made, **options))


def test_a_blank_stays_blank_and_a_zero_is_a_zero():
    article = tree(report(figures=FIGURES))
    cells = article.xpath("//table[contains(@class,'requests')]//td")
    assert [cell.text_content() for cell in cells[:8]] == ["10", *[""] * 6, "0"]
    assert [cell.get("class") for cell in cells[:8:7]] == ["figure value", "figure zero"]


def test_every_figure_names_its_headings_and_they_exist():
    article = tree(report(figures=FIGURES))
    known = article.xpath("//th/@id")
    assert len(known) == len(set(known))
    for cell in article.xpath("//td[contains(@class,'figure')]"):
        assert cell.get("headers")
        assert set(cell.get("headers").split()) <= set(known)


def test_every_table_has_a_caption_and_every_heading_a_scope():
    article = tree(report())
    assert all(table.xpath("caption") for table in article.xpath("//table"))
    assert set(article.xpath("//th/@scope")) <= {"row", "rowgroup", "col", "colgroup"}
    assert all(heading.get("scope") for heading in article.xpath("//th"))


def test_two_reports_on_a_page_do_not_share_an_id():
    first, second = (set(tree(report(), prefix=p).xpath("//@id")) for p in ("a-", "b-"))
    assert first
    assert first.isdisjoint(second)


def test_a_strict_policy_finds_nothing_to_forbid():
    article = tree(report(figures=FIGURES))
    assert not article.xpath("//@style | //script | //style")
    assert not [name for name in article.xpath("//@*") if getattr(name, "attrname", "")[:2] == "on"]


def test_headings_follow_each_other_without_a_gap():
    chapters = (Chapter.of("一、总体情况", "1.甲\n文\n（一）乙\n1.丙\n文"),)
    levels = [int(h.tag[1]) for h in tree(report(chapters=chapters)).xpath("//*[self::h1 or self::h2 or self::h3 or self::h4]")]  # fmt: skip
    assert levels[0] == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))


def test_the_title_can_stand_lower_on_a_page():
    assert tree(report(), level=2).xpath("//h2[@class='report-title']")


def test_a_cell_opens_its_origin():
    place = Place("requests", "new", "natural")
    made = report(
        figures=FIGURES, origins={place: Origin("rolled-up", "汇总自18个单位", "/origin/1")}
    )
    (link,) = tree(made).xpath("//td/a")
    assert (link.text, link.get("href"), link.get("title")) == ("10", "/origin/1", "汇总自18个单位")


def test_what_people_wrote_is_text_and_never_markup():
    article = tree(hostile_report())
    assert not article.xpath("//script | //img")
    words = re.sub(r"\s", "", article.text_content())
    assert "<script>alert(1)</script>&nbsp;" in words
    assert "公开情况" in words


@pytest.mark.parametrize("stylesheet", [None, "/static/report.css"])
def test_a_whole_page_says_its_language_title_and_style(stylesheet):
    html = lxml.html.document_fromstring(page(report(), stylesheet=stylesheet))
    assert html.get("lang") == "zh-Hans"
    assert html.findtext(".//title") == report().title
    assert bool(html.xpath("//style")) is (stylesheet is None)
    assert html.xpath("//link/@href") == ([stylesheet] if stylesheet else [])


def test_the_style_sheet_asks_nobody_for_anything():
    style = STYLESHEET.read_text(encoding="utf-8")
    assert "url(" not in style
    assert "@import" not in style


def test_hostile_samples_are_really_printed():
    article = tree(hostile_report())
    for text in HOSTILE[:8]:
        assert re.sub(r"\s", "", text) in re.sub(r"\s", "", article.text_content())
