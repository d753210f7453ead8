"""Long PDF files are made anew in the background."""

from django.urls import reverse

from gongkai.domain.information.models import Item
from gongkai.domain.information.screening.actions.treat_in_file import treat_in_file
from gongkai.foundation.jobs import job
from gongkai.foundation.jobs.progress import Progress
from gongkai.foundation.permissions import NotAllowed, Reader


@job("screening.treat", title="处理附件里的预检发现", priority=10)
def treat_pages(progress: Progress, *, item: int, finding: str, remove: bool) -> None:
    """Cover or delete what *finding* is about, page by page."""
    owner = progress.job.owner
    if owner is None:
        raise NotAllowed

    done = 0

    def tell(page: int, total: int) -> None:
        nonlocal done
        if not done:
            progress.start(total)
        progress.step(f"第 {page} 页", count=page - done)
        done = page

    row = Item.objects.select_related("organisation").get(pk=item)
    count = treat_in_file(row, finding, by=Reader.of(owner), remove=remove, on_page=tell)
    progress.finish(
        reverse("screening:precheck", args=[item]), f"改好 {count} 处，附件已换成新的文件"
    )
