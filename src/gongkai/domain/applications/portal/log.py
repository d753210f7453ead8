"""The public log of an organisation: pages of a hundred, numbered from the oldest, the newest without a number."""

from collections.abc import Iterator
from dataclasses import dataclass

from gongkai.domain.applications.models import LogEntry, PublicationProposal
from gongkai.domain.information.models import Item

SIZE = 100


@dataclass(frozen=True, slots=True)
class LogPage:
    """A page of the log.

    Attributes:
        rows: The entries, the newest first, each with the item that it was published as, if it was.
        number: Its number from the oldest.
        count: How many pages there are.
        total: How many entries there are.
    """

    rows: list[tuple[LogEntry, Item | None]]
    number: int
    count: int
    total: int


def address(organisation: int, number: int | None = None) -> str:
    """Return the address of the newest page, or of page *number*."""
    return f"/requests/{organisation}/{number}/" if number else f"/requests/{organisation}/"


def page_of(organisation: int, number: int | None = None) -> LogPage | None:
    """Return page *number*, the newest one if left out; nothing where there is none."""
    entries = LogEntry.objects.public().filter(organisation=organisation)
    total = entries.count()
    count = max(1, -(-total // SIZE))
    wanted = number or count
    if not 1 <= wanted <= count:
        return None
    first = (wanted - 1) * SIZE
    rows = list(entries.order_by("decided", "pk")[first : first + SIZE])[::-1]
    shown = PublicationProposal.objects.filter(
        application__in=[row.application_id for row in rows], item__live=True
    )
    items = {made.application_id: made.item for made in shown.select_related("item")}
    return LogPage([(row, items.get(row.application_id)) for row in rows], wanted, count, total)


def addresses_of(organisation: int, *, more: int = 0) -> Iterator[str]:
    """Yield the addresses of all pages; *more* entries may have been there a moment ago."""
    total = LogEntry.objects.public().filter(organisation=organisation).count() + more
    yield address(organisation)
    for number in range(1, max(1, -(-total // SIZE)) + 1):
        yield address(organisation, number)
