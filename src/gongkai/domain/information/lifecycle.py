"""What may follow what in the life of an item, pure."""

from gongkai.domain.information.errors import NotEditable
from gongkai.domain.information.models.item import Item, Status

EDITABLE = (
    Status.DRAFT,
    Status.RETURNED,
    Status.PUBLIC,
    Status.KEPT,
    Status.WITHDRAWN,
    Status.EXPIRED,
)
HINTS = {
    Status.REVIEW: "要修改的，请先撤回送审。",
    Status.SCHEDULED: "要修改的，请先取消定时公开。",
}


def must_be_editable(item: Item) -> None:
    """Refuse where the content is being reviewed or waits for its hour.

    Raises:
        NotEditable: With what to do first.
    """
    if item.status not in EDITABLE or item.workflow_in_progress:
        status = Status(item.status)
        if item.workflow_in_progress:
            status = Status.REVIEW
        raise NotEditable(status=status.label, hint=HINTS.get(status, ""))
