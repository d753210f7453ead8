"""What is done in the background."""

from collections.abc import Mapping
from typing import Any

from gongkai.domain.applications import policies as applications
from gongkai.domain.applications.models import Application
from gongkai.domain.letters.actions.assemble import assemble_case
from gongkai.foundation.accounts.models import User
from gongkai.foundation.jobs import job
from gongkai.foundation.jobs.progress import Progress
from gongkai.foundation.permissions import NotThere, Reader


def _shown_to(reader: Reader, arguments: Mapping[str, Any]) -> bool:
    """Tell whether *reader* may read the case file that is being made."""
    try:
        application = applications.fetch(reader, arguments["application"])
    except NotThere:
        return False
    return applications.may_see_identity(reader, application)


@job("letters.assemble", title="编成案卷", priority=5, shown_to=_shown_to)
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
