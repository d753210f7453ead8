"""Fetching, checking and importing in the background."""

from gongkai.domain.information.importing.models import Batch
from gongkai.foundation.jobs import job
from gongkai.foundation.jobs.progress import Progress


@job("importing.check", title="检查批量导入")
def check_lines(progress: Progress, *, batch: int) -> None:
    """Look at every line; nothing is imported."""
    from gongkai.domain.information.importing.actions import check  # noqa: PLC0415  # they start jobs
    from gongkai.domain.information.importing.pictures import fetch_pictures  # noqa: PLC0415  # as the above

    brought = _batch(batch)
    fetch_pictures(brought, progress)
    found = check(brought, progress)
    progress.finish(found.get_absolute_url(), f"检查完 {found.total} 行")


@job("importing.run", title="批量导入")
def run_lines(progress: Progress, *, batch: int) -> None:
    """Import what is in order."""
    from gongkai.domain.information.importing.actions import run  # noqa: PLC0415  # they start jobs

    found = run(_batch(batch), progress)
    progress.finish(found.get_absolute_url(), "导入完成")


@job("importing.fetch", title="读取本单位网站")
def fetch_pages(progress: Progress, *, batch: int) -> None:
    """Fetch the pages of the organisation's own site, then look at each."""
    from gongkai.domain.information.importing.actions import check  # noqa: PLC0415  # they start jobs
    from gongkai.domain.information.importing.pictures import fetch_pictures  # noqa: PLC0415  # as the above
    from gongkai.domain.information.importing.website import fetch  # noqa: PLC0415  # as the above

    found = _batch(batch)
    if not found.content:
        fetch(found, progress)
    fetch_pictures(found, progress)
    check(found, progress)
    progress.finish(found.get_absolute_url(), f"读到 {found.total} 页")


def _batch(key: int) -> Batch:
    return Batch.objects.select_related("organisation", "column", "begun_by", "job__owner").get(
        pk=key
    )
