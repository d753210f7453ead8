"""A batch is thrown away; what was imported from it stays."""

import shutil

from django.db import transaction

from gongkai.domain.information.importing import errors, places
from gongkai.domain.information.importing.events import DISCARDED
from gongkai.domain.information.importing.models import Batch
from gongkai.domain.information.importing.pictures import folder_of
from gongkai.domain.information.importing.policies import BEGIN
from gongkai.foundation.permissions import Reader
from gongkai.foundation.trail import record


def discard(batch: Batch, *, by: Reader) -> None:
    """Take away the source, the lines and the batch itself.

    Raises:
        NotAllowed: The post does not allow it.
        NotNow: A job works on it.
    """
    path = str(batch.organisation.path)
    by.must(BEGIN, path)
    with transaction.atomic():
        fresh = Batch.objects.select_for_update(of=("self",)).select_related("job").get(pk=batch.pk)
        if fresh.job and fresh.job.is_active:
            raise errors.NotNow(state=fresh.get_state_display())
        facts = {"state": fresh.state, "lines": fresh.total}
        name = f"importing.batch:{fresh.pk}"
        half_fetched = folder_of(fresh)
        names = (fresh.content, fresh.archive)
        fresh.delete()
        record(DISCARDED, by=by, act=BEGIN, path=path, on=name, facts=facts)
        transaction.on_commit(lambda: places.drop(*names))
        transaction.on_commit(lambda: shutil.rmtree(half_fetched, ignore_errors=True))
