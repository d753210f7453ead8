"""Writing public pages in the background."""

from gongkai.foundation.jobs import job
from gongkai.foundation.jobs.progress import Progress


@job("publicfiles.write", title="生成公开页面", priority=-50)
def write_pages(progress: Progress) -> None:
    """Write what is noted; everything where the folder belongs to an earlier state of the software."""
    from gongkai.foundation.publicfiles import draining, places, rebuilding  # noqa: PLC0415  # needs models

    processes = draining.processes_here()
    if not places.is_current():
        started = False
        for done, total in rebuilding.rebuild(processes):
            if not started:
                progress.start(total)
                started = True
            progress.step(f"{done} / {total}", count=done - progress.job.done)
        progress.finish("/", f"已重新生成 {progress.job.done} 个页面和数据文件")
        return
    progress.start(draining.waiting())
    for outcome in draining.drain(processes, patient=False):
        last = outcome.settled[-1] if outcome.settled else ""
        progress.step(last, count=len(outcome.settled) + len(outcome.failed))
    written = progress.job.done
    progress.finish(
        "/", f"已生成 {written} 个页面和数据文件" if written else "页面由另一个任务生成"
    )
