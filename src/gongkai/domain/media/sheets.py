"""Workbooks: the register, and a result sheet."""

import io
from collections.abc import Iterable
from typing import Any

import xlsxwriter

from gongkai.domain.media.models import Account, Inspection, Site

_BOOK = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}


def register(sites: Iterable[Site], accounts: Iterable[Account]) -> bytes:
    """Return the register, a page for sites and one for accounts."""
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream, _BOOK) as book:
        _page(
            book,
            "网站",
            ["名称", "主办单位", "首页地址", "网站标识码", "开设日期", "关停日期", "备注"],
            (
                [
                    s.name,
                    s.organisation.name,
                    s.address,
                    s.mark,
                    _day(s.opened),
                    _day(s.closed),
                    s.note,
                ]
                for s in sites
            ),
            [28, 28, 40, 14, 12, 12, 30],
        )
        _page(
            book,
            "新媒体账号",
            [
                "名称",
                "平台",
                "主办单位",
                "账号",
                "主页地址",
                "开设日期",
                "关停日期",
                "最近更新日期",
                "备注",
            ],
            (
                [
                    a.name,
                    a.platform_title,
                    a.organisation.name,
                    a.identifier,
                    a.address,
                    _day(a.opened),
                    _day(a.closed),
                    _day(a.last_update),
                    a.note,
                ]
                for a in accounts
            ),
            [28, 14, 28, 18, 36, 12, 12, 14, 30],
        )
    return stream.getvalue()


def result(inspection: Inspection) -> bytes:
    """Return the result sheet of *inspection*, with the evidence on a page of its own."""
    stream = io.BytesIO()
    subject = inspection.subject
    with xlsxwriter.Workbook(stream, _BOOK) as book:
        rows = [
            [
                row["check"].title,
                row["check"].severity_in_words,
                row["check"].question,
                row["words"],
                row["measured"],
                row.get("note", ""),
                _source(row["check"]),
            ]
            for row in inspection.sheet
        ]
        head = [
            f"{subject}（{subject.organisation.name}）检查结果单",
            f"检查日期：{inspection.day:%Y-%m-%d}　结论：{inspection.get_conclusion_display()}",
        ]
        _page(
            book,
            "检查结果单",
            ["检查项", "类别", "不符合的情形", "结果", "实测", "说明", "依据"],
            rows,
            [22, 10, 46, 12, 36, 30, 32],
            above=head,
        )
        evidence = [
            [row["check"].title, *one] for row in inspection.sheet for one in row["evidence"]
        ]
        _page(book, "问题明细", ["检查项", "名称", "地址", "说明"], evidence, [22, 40, 60, 50])
        columns = [
            [c["name"], c["address"], c["newest"] or "", "空白" if c["blank"] else c["problem"]]
            for c in inspection.columns
        ]
        _page(book, "栏目", ["名称", "地址", "最近更新", "说明"], columns, [24, 60, 14, 40])
    return stream.getvalue()


def _page(  # noqa: PLR0913, PLR0917  # the parts of a page
    book: Any,
    name: str,
    heads: list[str],
    rows: Iterable[list[Any]],
    widths: list[int],
    above: Iterable[str] = (),
) -> None:
    page = book.add_worksheet(name)
    bold = book.add_format({"bold": True, "font_size": 14})
    head = book.add_format(
        {"bold": True, "bg_color": "#E7EFF7", "border": 1, "text_wrap": True, "valign": "vcenter"}
    )
    cell = book.add_format({"border": 1, "text_wrap": True, "valign": "top", "num_format": "@"})
    at = 0
    for line in above:
        page.write_string(at, 0, line, bold if at == 0 else None)
        at += 1
    page.write_row(at, 0, heads, head)
    page.freeze_panes(at + 1, 0)
    for place, width in enumerate(widths):
        page.set_column(place, place, width)
    for number, row in enumerate(rows, start=at + 1):
        for place, value in enumerate(row):
            page.write_string(number, place, str(value)[:32_767], cell)
    page.set_landscape()
    page.set_paper(9)
    page.fit_to_pages(1, 0)
    page.repeat_rows(at)


def _day(day: Any) -> str:
    return day.isoformat() if day else ""


def _source(check: Any) -> str:
    return f"{check.reference}{'' if check.confirmed else '（待核）'}"
