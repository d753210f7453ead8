"""Live figures in the narrative, and what is printed of them."""

import pytest

from gongkai.core.forms import FilledForm, Place, cell_of, form
from gongkai.oversight.reports.narrative import Figures, pieces, resolved, unresolved

STAT = form("stat65-2014")


def figures(before=None, **rows):
    def filled(told):
        return FilledForm(STAT, {Place("stat65", r, "value"): cell_of(v) for r, v in told.items()})

    return Figures(filled(rows), filled(before) if before else None, {"capacity.platforms": 4}.get)


@pytest.mark.parametrize(
    ("text", "printed"),
    [
        pytest.param("收到{{收到申请数}}件。", "收到120件。", id="a figure"),
        pytest.param("{{ 收到申请数 }}", "120", id="spaces inside"),
        pytest.param("{{上年收到申请数}}→{{收到申请数}}", "90→120", id="last year's beside it"),
        pytest.param(
            "经费{{政府信息公开专项经费}}万元", "经费76.1万元", id="money without idle noughts"
        ),
        pytest.param("办结{{申请办结数}}件", "办结0件", id="a zero is a figure"),
        pytest.param("{{没有的指标}}", "{{没有的指标}}", id="unknown stays as written"),
        pytest.param("{{收到\n申请数}}", "{{收到\n申请数}}", id="not across lines"),
        pytest.param("没有数字。", "没有数字。", id="plain words"),
    ],
)
def test_what_is_written_becomes_what_is_printed(text, printed):
    known = figures({"req_received": 90}, req_received=120, budget="76.10", req_closed=0)
    assert resolved(text, known) == printed


def test_a_known_figure_without_a_value_says_where_to_get_one():
    (piece,) = unresolved("网络{{网络申请数}}件", figures(req_received=1))
    assert (piece.kind, piece.name) == ("empty", "网络申请数")
    assert "先在表中填写" in piece.hint


def test_a_figure_that_is_one_cell_leads_to_it():
    (piece,) = pieces("{{收到申请数}}", figures(req_received=1))
    assert str(piece.place) == "stat65/req_received/value"
