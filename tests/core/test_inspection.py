"""What a page of a government website says, and what that comes to."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.core.inspection import (
    SeenColumn,
    SeenLink,
    SiteFacts,
    State,
    account_checks,
    conclusion,
    judge_account,
    judge_site,
    read_page,
    site_checks,
)

TODAY = date(2026, 11, 22)
FRAME = '<ul class="nav"><li><a href="/">首页</a></li><li><a href="/news/">水利要闻</a></li></ul>'


def page(body, address="https://slj.yunchuan.example/news/"):
    html = f"<html><head><title>云川水利</title></head><body>{FRAME}{body}<footer>网站标识码：4100000001</footer></body></html>"
    return read_page(html.encode("gb18030"), address, today=TODAY)


@pytest.mark.parametrize(
    ("row", "day"),
    [
        pytest.param(
            '<li><a href="a.html">防汛会议召开</a><span>2026-11-20</span></li>',
            date(2026, 11, 20),
            id="a day beside",
        ),
        pytest.param(
            '<tr><td><a href="a.html">防汛会议召开</a></td><td>2026年11月3日</td></tr>',
            date(2026, 11, 3),
            id="in a table",
        ),
        pytest.param(
            '<li><a href="a.html">防汛会议召开</a>[11-20]</li>',
            date(2026, 11, 20),
            id="without a year",
        ),
        pytest.param(
            '<li><a href="a.html">防汛会议召开</a>[12-20]</li>',
            date(2025, 12, 20),
            id="without a year, of the year before",
        ),
        pytest.param(
            '<li><a href="/202611/t20261120_88.html">防汛会议召开</a></li>',
            date(2026, 11, 20),
            id="in the address",
        ),
        pytest.param(
            '<li><a href="a.html">防汛会议召开</a><span>2031-01-01</span></li>',
            None,
            id="a day to come is none",
        ),
        pytest.param('<li><a href="a.html">防汛会议召开</a></li>', None, id="no day at all"),
    ],
)
def test_the_day_of_an_entry_is_found_where_sites_put_it(row, day):
    assert page(f"<ul><table>{row}</table></ul>").newest == day


def test_a_column_with_nothing_of_its_own_is_blank():
    home = page(
        '<ul><li><a href="/a">防汛会议召开了</a> 2026-11-20</li></ul>',
        "https://slj.yunchuan.example/",
    )
    assert not page("<h2>工作规划</h2><p>暂无内容</p>").adds_to(home)
    assert page("<p>" + "本局主要职责是负责全市水资源管理和防汛抗旱工作。" * 4 + "</p>").adds_to(
        home
    )
    assert page('<li><a href="/b">防汛会议又召开了</a> 2026-11-21</li>').adds_to(home)


def test_search_consultation_and_marks_are_seen():
    seen = page(
        '<form action="/so"><input name="q" placeholder="请输入关键字"><input type="hidden" name="site" value="7"><button>搜索</button></form><a href="/xx">局长信箱</a><a href="https://zfwzgl.www.gov.cn/"><img alt="我为政府网站找错"></a>'
    )
    assert (seen.search.address, seen.search.field, seen.search.others) == (
        "https://slj.yunchuan.example/so",
        "q",
        (("site", "7"),),
    )
    assert seen.mentions_consultation
    assert seen.mentions_error_report
    assert seen.has_mark
    assert not page("").mentions_search


@given(st.binary(max_size=400))
def test_whatever_a_server_sends_is_a_page_or_none(content):
    read_page(content, "https://slj.yunchuan.example/", today=TODAY)
    read_page(
        b"<html><a href='" + content + b"'>x</a>", "https://slj.yunchuan.example/", today=TODAY
    )


def marks(**facts):
    return {mark.key: mark for mark in judge_site(SiteFacts(day=TODAY, **facts))}


def columns(count, *, days, freshness="notice", blank=False):
    return tuple(
        SeenColumn(f"栏目{n}", f"https://x/{n}", freshness, TODAY - timedelta(days=days), blank)
        for n in range(count)
    )


@pytest.mark.parametrize(
    ("facts", "key", "state"),
    [
        pytest.param(
            {"newest": TODAY - timedelta(14)}, "home", "passed", id="home updated fourteen days ago"
        ),
        pytest.param(
            {"newest": TODAY - timedelta(15)}, "home", "failed", id="home updated fifteen days ago"
        ),
        pytest.param({}, "home", "failed", id="what has no day counts as not updated"),
        pytest.param(
            {"columns": columns(5, days=184)},
            "columns",
            "failed",
            id="five columns of notices late",
        ),
        pytest.param(
            {"columns": columns(4, days=184) + columns(1, days=20, freshness="dynamic")},
            "columns",
            "failed",
            id="news and notices are counted together",
        ),
        pytest.param(
            {"columns": columns(4, days=184)}, "columns", "passed", id="four columns late"
        ),
        pytest.param(
            {"columns": columns(10, days=400, freshness="")},
            "stale",
            "failed",
            id="ten others not updated for long",
        ),
        pytest.param(
            {"columns": columns(5, days=1, blank=True)}, "blank", "failed", id="five blank columns"
        ),
        pytest.param(
            {"columns": columns(5, days=900, blank=True)},
            "columns",
            "passed",
            id="blank ones are not counted twice",
        ),
        pytest.param(
            {"probes": 140, "unreachable": 5.0},
            "unreachable",
            "failed",
            id="one in twenty attempts failed",
        ),
        pytest.param({"probes": 10}, "unreachable", "unknown", id="too few attempts"),
        pytest.param(
            {
                "broken": (SeenLink("https://x/1", "通知", "首页", "网站回答 404"),),
                "links_checked": 9,
            },
            "links",
            "failed",
            id="a link that leads nowhere",
        ),
        pytest.param(
            {"search": "finds-nothing", "searched_for": "防汛"},
            "search",
            "failed",
            id="a search that finds nothing",
        ),
        pytest.param(
            {"consultation": True},
            "consultation",
            "open",
            id="only a person can tell whether it works",
        ),
        pytest.param(
            {"reached": False, "problem": "连接不上。"},
            "home",
            "unknown",
            id="a site that cannot be reached",
        ),
        pytest.param({}, "safety", "open", id="what only a person can tell"),
    ],
)
def test_facts_are_held_against_the_criteria(facts, key, state):
    assert marks(**facts)[key].state == state


def test_the_numbers_of_the_criteria_come_from_the_law():
    checks = site_checks()
    assert "14 天内" in checks["home"].question
    assert "183 天内" in checks["columns"].question
    assert "累计 5 个" in checks["columns"].question
    assert "超过 15 秒打不开的次数占 5% 以上" in checks["unreachable"].question
    assert all(
        "{" not in check.question for check in [*checks.values(), *account_checks().values()]
    )


def test_one_veto_fails_the_whole_and_deductions_do_not():
    checks = site_checks()
    every = [{"key": key, "state": "passed"} for key in checks]
    assert conclusion(every, checks) == State.PASSED
    assert conclusion([*every[1:], {"key": "links", "state": "failed"}], checks) == State.PASSED
    assert conclusion([*every, {"key": "safety", "state": "open"}], checks) == State.OPEN
    assert (
        conclusion(
            [*every, {"key": "safety", "state": "open"}, {"key": "blank", "state": "failed"}],
            checks,
        )
        == State.FAILED
    )


def test_an_account_is_late_after_two_weeks_and_single_on_its_platform():
    def told(**facts):
        known = {
            "platform": "wechat",
            "last_update": TODAY,
            "same_platform": 1,
            "day": TODAY,
        } | facts
        return {mark.key: mark.state.value for mark in judge_account(**known)}

    assert told()["update"] == "passed"
    assert told(last_update=TODAY - timedelta(15))["update"] == "failed"
    assert told(last_update=None)["update"] == "open"
    assert told(same_platform=2)["single"] == "failed"
    assert "usable" not in told()
    assert "usable" in told(platform="app")
