"""A draft that nobody needs is thrown away."""

from django.db import transaction

from gongkai.domain.information.actions.saving import held
from gongkai.domain.information.errors import NotADraft
from gongkai.domain.information.events import DELETED
from gongkai.domain.information.models import Item, Status
from gongkai.domain.review.models import Review
from gongkai.foundation.permissions import Reader
from gongkai.foundation.trail import record

ACT = "information.edit"


def discard(item: Item, *, by: Reader) -> None:
    """Delete *item*, which was never handed in; its index number is not used again.

    Raises:
        NotAllowed: The post does not allow it.
        NotADraft: It has a history that must stay.
    """
    with transaction.atomic():
        row = held(item.pk)
        path = str(row.organisation.path)
        by.must(ACT, path)
        if row.status != Status.DRAFT or Review.objects.of(row).exists():
            raise NotADraft
        facts = {"index": row.index_number, "title": row.title}
        name = f"information.item:{row.pk}"
        row.delete()
        record(DELETED, by=by, act=ACT, path=path, on=name, facts=facts)
