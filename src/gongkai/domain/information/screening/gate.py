"""What is asked of every item on its way to the review."""

from gongkai.domain.information.models import Item, Publicity
from gongkai.domain.information.screening.errors import Unanswered
from gongkai.domain.information.screening.findings import unanswered


def answered(content: Item) -> None:
    """Refuse *content* while a finding of the pre-check is neither gone nor kept for a reason.

    What is not going to be open is not stopped: it is registered, not published.

    Raises:
        Unanswered: With how many and what.
    """
    if content.publicity != Publicity.OPEN:
        return
    left = unanswered(content)
    if left:
        titles = list(dict.fromkeys(finding.title for finding in left))
        what = "、".join(titles[:3]) + ("等" if len(titles) > 3 else "")
        raise Unanswered(count=len(left), what=what, item=content.pk)
