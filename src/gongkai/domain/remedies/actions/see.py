"""Whose claim it is is looked at, and that is noted."""

from django.db import transaction

from gongkai.domain.applications.policies import IDENTITY
from gongkai.domain.remedies.events import CLAIMANT_SEEN
from gongkai.domain.remedies.models import Remedy
from gongkai.foundation.permissions import Reader
from gongkai.foundation.trail import record


def see_claimant(remedy: Remedy, *, by: Reader) -> Remedy:
    """Return *remedy* for its claimant to be read, and note that *by* has seen it.

    Raises:
        NotAllowed: The post does not allow it.
    """
    path = str(remedy.organisation.path)
    by.must(IDENTITY, path)
    with transaction.atomic():
        record(CLAIMANT_SEEN, by=by, act=IDENTITY, path=path, on=remedy)
    return remedy
