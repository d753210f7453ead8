"""An item is begun."""

from collections.abc import Iterable
from typing import Any

from django.db import transaction

from gongkai.domain.information.actions.saving import Attached, put
from gongkai.domain.information.events import DRAFTED
from gongkai.domain.information.models import Item
from gongkai.domain.information.numbering import must_be_free, take
from gongkai.domain.organisations.models import Organisation
from gongkai.foundation.permissions import Reader, person
from gongkai.foundation.trail import record


def draft(
    organisation: Organisation,
    *,
    by: Reader,
    files: Iterable[Attached] = (),
    index_number: str = "",
    **values: Any,
) -> Item:
    """Begin an item of *organisation* with *values*, and give it its index number, or let it keep *index_number*.

    Raises:
        NotANumber, NumberTaken: The number that it had before cannot be kept.
        NotAllowed: The post does not allow it.
        ColumnElsewhere: The column belongs to somebody else.
        BadDates: The dates contradict each other.
    """
    path = str(organisation.path)
    by.must("information.edit", path)
    with transaction.atomic():
        item = Item(organisation=organisation, author=person(by))
        put(item, values, files, by=by)
        if index_number:
            must_be_free(index_number)
        item.index_number = index_number or take(organisation, topic=item.topic)[0]
        item.save()
        item.save_revision(user=by.user, clean=False)
        record(
            DRAFTED,
            by=by,
            act="information.edit",
            path=path,
            on=item,
            after=item.content_digest(),
            facts={"index": item.index_number},
        )
    return item
