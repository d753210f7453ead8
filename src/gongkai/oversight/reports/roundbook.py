"""A whole round as a workbook."""

from collections import defaultdict
from datetime import datetime, time

from xlsxwriter import Workbook
from xlsxwriter.format import Format

from gongkai.core.forms import Place, Table
from gongkai.oversight.reports.models import Cell, Round
from gongkai.oversight.reports.models.report import ReportQuerySet

HEADS = ("单位", "状态", "法定公布日期", "公布日期", "已填格数", "错误", "疑点")


def round_workbook(book: Workbook, made: Round, reports: ReportQuerySet) -> None:
    """Write *reports* of *made* into *book*; two queries, whatever their number."""
    head = book.add_format({"bold": True, "bg_color": "#E7EFF7", "text_wrap": True, "border": 1})
    day = book.add_format({"num_format": "yyyy-mm-dd"})
    rows = list(reports.select_related("organisation").order_by("organisation__path"))
    sheet = book.add_worksheet("进度")
    sheet.set_column(0, 0, 36)
    sheet.set_column(1, len(HEADS), 14)
    sheet.freeze_panes(1, 1)
    for column, title in enumerate(HEADS):
        sheet.write_string(0, column, title, head)
    for line, report in enumerate(rows, 1):
        sheet.write_string(line, 0, report.organisation.name)
        sheet.write_string(line, 1, str(report.get_status_display()))
        for column, date in ((2, report.due), (3, report.issued_on)):
            if date:
                sheet.write_datetime(line, column, datetime.combine(date, time()), day)
        for column, number in ((4, report.filled), (5, report.errors), (6, report.warnings)):
            sheet.write_number(line, column, number)
    values: dict[int, dict[str, float]] = defaultdict(dict)
    told = Cell.objects.filter(report__in=reports, value__isnull=False).values_list(
        "report", "place", "value"
    )
    for report_key, place, value in told.iterator(chunk_size=5000):
        values[report_key][place] = float(value or 0)
    names = [(report.pk, report.organisation.name) for report in rows]
    for table in made.form_facts.tables:
        _table(book, table, names, values, head)


def _table(
    book: Workbook,
    table: Table,
    names: list[tuple[int, str]],
    values: dict[int, dict[str, float]],
    head: Format,
) -> None:
    """Write a sheet with a line for each unit and a column for each cell of *table*."""
    sheet = book.add_worksheet(table.title[:31])
    sheet.set_column(0, 0, 36)
    sheet.freeze_panes(2, 1)
    sheet.write_string(0, 0, table.title, head)
    sheet.write_string(1, 0, "单位", head)
    column = 1
    for section in table.sections:
        for row in section.rows:
            told = [c for c in section.columns if not row.header and not c.optional]
            for one in told:
                sheet.write_string(0, column, row.label, head)
                sheet.write_string(1, column, one.label, head)
                key = str(Place(table.key, row.key, one.key))
                for line, (report, _) in enumerate(names, 2):
                    if (value := values.get(report, {}).get(key)) is not None:
                        sheet.write_number(line, column, value)
                column += 1
    for line, (_, name) in enumerate(names, 2):
        sheet.write_string(line, 0, name)
