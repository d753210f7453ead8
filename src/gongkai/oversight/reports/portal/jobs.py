"""Writing public pages in the background."""

from collections.abc import Sequence

from gongkai.foundation.jobs import job
from gongkai.foundation.jobs.progress import Progress


@job("reports.write-pages", title="生成年报公开页面", priority=-50)
def write_pages(progress: Progress, *, pages: Sequence[str]) -> None:
    """Write *pages*; all of them where the folder belongs to an earlier state of the software."""
    from gongkai.oversight.reports.portal import files  # noqa: PLC0415  # needs models

    current = files.is_current()
    wanted = list(pages) if current else sorted(files.all_pages())
    progress.start(len(wanted))
    for address in files.write(wanted) if current else files.write_all():
        progress.step(address)
    progress.finish("/reports/", f"已生成 {len(wanted)} 个页面和数据文件")
