"""What is done in the background."""

from datetime import timedelta
from decimal import Decimal

from django.core.files.base import ContentFile

from gongkai.foundation import clock
from gongkai.foundation.figures import Period
from gongkai.foundation.jobs import job, regularly
from gongkai.foundation.jobs.progress import Progress
from gongkai.foundation.permissions import Reader
from gongkai.oversight.statistics import dashboard, policies
from gongkai.oversight.statistics.exporting import monthly, months_so_far, sums
from gongkai.oversight.statistics.models import MonthReport

KEPT = timedelta(days=30)
"""A month report that is older is swept away; another is made in no time."""


@job("statistics.monthly", title="导出月报", priority=5)
def make_month_report(progress: Progress, *, unit: int, year: int) -> None:
    """Add up month by month and write the workbook; a later start on the same day leaves out months that are done."""
    by = Reader.of(progress.job.owner)
    top = policies.fetch_unit(by, unit)
    keys = dashboard.scope(top, policies.units_visible_to(by))
    told = _added_up(progress, keys, year)
    progress.step("写入表格", count=0)
    report = MonthReport(organisation=top, year=year, by=progress.job.owner)
    report.file.save(f"{unit}-{year}.xlsx", ContentFile(monthly(keys, year, told)))
    progress.step()
    progress.finish(report.get_absolute_url(), f"共 {len(keys)} 个单位")


def _added_up(progress: Progress, keys: list[int], year: int) -> dict[int, dict[str, Decimal]]:
    """Return the sums of each month; they are remembered as text."""
    today = clock.today().isoformat()
    remembered = progress.memory.get("months") if progress.memory.get("day") == today else None
    kept: dict[str, dict[str, str]] = dict(remembered) if isinstance(remembered, dict) else {}
    progress.memory |= {"day": today, "months": kept}
    months = months_so_far(year)
    progress.start(len(months) + 1, done=len(kept))
    for month in months:
        if str(month) in kept:
            continue
        progress.step(f"{month}月", count=0)
        told = sums(keys, Period(year, month))
        kept[str(month)] = {key: str(value) for key, value in told.items()}
        progress.step(f"{month}月")
        progress.keep()
    return {int(m): {key: Decimal(v) for key, v in told.items()} for m, told in kept.items()}


@regularly("statistics.sweep-month-reports", minutes=24 * 60)
def sweep_month_reports() -> None:
    """Remove month reports that nobody needs any more, files included."""
    for report in MonthReport.objects.filter(made__lt=clock.now() - KEPT):
        report.file.delete(save=False)
        report.delete()
