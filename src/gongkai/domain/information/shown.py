"""Saying that the public sees something else now."""

from collections.abc import Iterable

from gongkai.domain.information.events import shown
from gongkai.domain.information.models import Item


def tell(items: Iterable[Item], *, columns: Iterable[int] = ()) -> None:
    """Say, inside the transaction, that what the public sees of *items* is another; *columns* they left, too."""
    told = list(items)
    shown.send(
        sender=Item,
        items={item.pk for item in told},
        columns={item.column_id for item in told if item.column_id} | set(columns),
        organisations={item.organisation_id for item in told},
    )
