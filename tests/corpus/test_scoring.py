"""Scoring is honest: what is dismissed, invented or only noted changes the score as it should."""

import sys

import pytest
from tests.conftest import ROOT

from gongkai.core.checks import check
from gongkai.core.extraction.reader import read

sys.path.append(str(ROOT / "benchmarks"))

from gold import contradictions, kind_of

REPORT = """云川市档案局2012年政府信息公开工作年度报告
二、主动公开政府信息情况
2012年主动公开政府信息90条,其中机构类10条,动态类50条,其他类20条。"""
KNOWN = "各类之和80≠主动公开总数90"


@pytest.fixture
def checked():
    reading = read(REPORT.encode(), "report.txt")
    return reading.with_findings(check(reading))


def test_a_contradiction_that_is_found_counts(checked):
    score = contradictions(checked, [KNOWN])
    assert (score.expected, score.found, score.wrong) == (1, 1, [])


def test_a_finding_that_is_dismissed_lowers_recall(checked):
    score = contradictions(checked.with_findings(()), [KNOWN])
    assert (score.recall, score.missed) == (0, [KNOWN])


def test_an_error_that_nobody_knows_is_a_false_one(checked):
    assert len(contradictions(checked, []).wrong) == 1


def test_an_error_on_what_a_person_judged_right_is_a_false_one(checked):
    score = contradictions(checked, ["10+50+20=80，总数90含转载(负例)"])
    assert (score.expected, len(score.wrong), len(score.notes)) == (0, 1, 1)


def test_an_error_on_a_difference_of_scope_is_a_false_one(checked):
    score = contradictions(checked, ["口径差异: 各类80与总数90不等"])
    assert (score.found, len(score.wrong)) == (0, 1)


@pytest.mark.parametrize(
    ("sentence", "kind"),
    [
        ("正文受理8件≠表中新收9件", "contradiction"),
        ("自称“五部分组成”，实际有六部分", "contradiction"),
        ("街道填规章5件(口径误填)", "contradiction"),
        ("口径差异: 正文17件与表中95件不等", "scope"),
        ("跨年: 累计2014年78967≠2017年10037", "note"),
        ("整表无分隔，列名截断为“本年新”", "note"),
        ("发布日期2015-07-27，年份应取2009", "note"),
        ("380=152+228(应通过)", "negative"),
        ("报告自身算术无矛盾(26+0=26+0)", "negative"),
    ],
)
def test_a_sentence_is_told_by_its_own_words(sentence, kind):
    assert kind_of(sentence) == kind
