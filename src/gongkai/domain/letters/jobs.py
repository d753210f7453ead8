"""What is done in the background."""

from gongkai.domain.applications.models import Application
from gongkai.domain.letters.actions.assemble import assemble_case
from gongkai.foundation.accounts.models import User
from gongkai.foundation.jobs import job
from gongkai.foundation.jobs.progress import Progress
from gongkai.foundation.permissions import Reader


@job("letters.assemble", title="编成案卷", priority=5)
def assemble_file(progress: Progress, *, application: int, by: int) -> None:
    """Put a case together; what was stopped begins anew, and what was finished is not made twice."""
    row = Application.objects.select_related("organisation").get(pk=application)
    where = f"{row.get_absolute_url()}#case-file"
    if not progress.memory.get("made"):
        made = assemble_case(row, by=Reader.of(User.objects.get(pk=by)), progress=progress)
        said = f"共 {made.pieces} 件，{made.pages} 页"
    else:
        said = "案卷已经编成"
    progress.finish(where, said)
