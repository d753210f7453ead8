"""It is said what the columns mean and what is to become of the lines; then they are checked."""

from collections.abc import Mapping

from django.db import transaction

from gongkai.domain.directory.models import Column
from gongkai.domain.information.errors import ColumnElsewhere
from gongkai.domain.information.importing import errors
from gongkai.domain.information.importing.fields import FIELDS
from gongkai.domain.information.importing.models import Batch
from gongkai.domain.information.importing.policies import BEGIN, REVIEWED
from gongkai.foundation.jobs.actions import start
from gongkai.foundation.permissions import Reader


def settle(
    batch: Batch,
    *,
    mapping: Mapping[str, int],
    mode: str,
    column: Column | None,
    by: Reader,
) -> Batch:
    """Settle *mapping* (field to number of column), *mode* and the *column* for lines that name none.

    The check starts in the background; nothing is imported yet.

    Raises:
        NotAllowed: The post does not allow it, or not this mode.
        NotNow: A job works on the batch, or it is done.
        NoTitleColumn, Twice: The mapping cannot be.
        ColumnElsewhere: The column cannot hold items of the unit.
    """
    path = str(batch.organisation.path)
    by.must(BEGIN, path)
    if mode == Batch.Mode.REVIEWED:
        by.must(REVIEWED, path)
    if column is not None and (
        column.organisation_id != batch.organisation_id or not column.holds_items
    ):
        raise ColumnElsewhere(column=column, organisation=batch.organisation)
    if batch.source == Batch.Source.SHEET:
        _must_make_sense(mapping, batch)
    with transaction.atomic():
        fresh = Batch.objects.select_for_update().get(pk=batch.pk)
        if fresh.state not in {Batch.State.BEGUN, Batch.State.CHECKED} and not fresh.is_stuck:
            raise errors.NotNow(state=fresh.get_state_display())
        fresh.mapping, fresh.mode, fresh.column = dict(mapping), mode, column
        _start(fresh, by)
    batch.refresh_from_db()
    return batch


def _start(batch: Batch, by: Reader) -> None:
    from gongkai.domain.information.importing.jobs import check_lines, fetch_pages  # noqa: PLC0415  # they call actions

    is_site = batch.source == Batch.Source.SITE and not batch.content
    batch.state = Batch.State.FETCHING if is_site else Batch.State.CHECKING
    kind = fetch_pages if is_site else check_lines
    batch.job = start(
        kind, by=by, arguments={"batch": batch.pk}, title=f"{kind.title}：{batch}"[:200]
    )
    batch.save()


def _must_make_sense(mapping: Mapping[str, int], batch: Batch) -> None:
    if "title" not in mapping:
        raise errors.NoTitleColumn
    used: set[int] = set()
    for key, place in mapping.items():
        if key not in FIELDS or not 0 <= place < max(len(batch.headings), 1):
            raise errors.NoTitleColumn
        if place in used:
            raise errors.Twice(title=batch.headings[place])
        used.add(place)
