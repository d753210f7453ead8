"""An office keeps its recurring answers."""

from django.db import transaction

from gongkai.domain.applications import policies
from gongkai.domain.applications.events import WORDED
from gongkai.domain.applications.models import Wording
from gongkai.domain.organisations.models import Organisation
from gongkai.foundation.permissions import Reader
from gongkai.foundation.trail import record


def keep_wording(  # noqa: PLR0913  # the facts of an act, all by name
    organisation: Organisation,
    *,
    by: Reader,
    title: str,
    text: str,
    ground: str = "",
    wording: Wording | None = None,
) -> Wording:
    """Keep a recurring text of *organisation*, or change *wording*.

    Raises:
        NotAllowed: The post does not allow it.
    """
    path = str(organisation.path)
    by.must(policies.HANDLE, path)
    row = wording or Wording(organisation=organisation)
    row.title, row.text, row.ground = title.strip(), text.strip(), ground
    with transaction.atomic():
        row.save()
        record(WORDED, by=by, act=policies.HANDLE, path=path, on=row, after=[title, text, ground])
    return row


def drop_wording(wording: Wording, *, by: Reader) -> None:
    """Take *wording* away.

    Raises:
        NotAllowed: The post does not allow it.
    """
    path = str(wording.organisation.path)
    by.must(policies.HANDLE, path)
    with transaction.atomic():
        record(WORDED, by=by, act=policies.HANDLE, path=path, on=wording, facts={"dropped": True})
        wording.delete()
