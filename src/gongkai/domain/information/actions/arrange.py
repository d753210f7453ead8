"""Items are put elsewhere, classified, tagged; nothing of what was signed changes."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.db import transaction

from gongkai.core.screening import screen_text
from gongkai.domain.information.actions.saving import ARRANGED, must_stand_in_its_column
from gongkai.domain.information.errors import KeywordsNotPublic
from gongkai.domain.information.events import ARRANGED as EVENT
from gongkai.domain.information.models import Item
from gongkai.domain.information.shown import tell
from gongkai.foundation import clock
from gongkai.foundation.permissions import Reader
from gongkai.foundation.trail import record

ACT = "information.arrange"


def arrange(items: Iterable[Item], *, by: Reader, values: Mapping[str, Any]) -> int:
    """Change column, topic, genre or keywords of *items* at once; return how many were changed.

    Raises:
        NotAllowed: One of them is out of reach.
        ColumnElsewhere: The column belongs to somebody else.
        KeywordsNotPublic: One of them is public, where nobody would look through the keywords any more.
    """
    unknown = set(values) - set(ARRANGED)
    if unknown:
        raise TypeError(f"not arranged but edited: {', '.join(sorted(unknown))}")
    with transaction.atomic():
        keys = [item.pk for item in items]
        rows = list(
            Item.objects.select_for_update(of=("self",))
            .select_related("organisation")
            .filter(pk__in=keys)
            .order_by("pk")
        )
        if any(row.live for row in rows):
            _must_be_fit_for_all(str(values.get("keywords", "")))
        left = set()
        for row in rows:
            by.must(ACT, str(row.organisation.path))
            if row.live and "column" in values and row.column_id:
                left.add(row.column_id)
            for name, value in values.items():
                setattr(row, name, value)
            row.touched = clock.now()
            must_stand_in_its_column(row)
        Item.objects.bulk_update(rows, [*values, "touched"], batch_size=500)
        known = [row for row in rows if row.published_on]  # the withdrawn are counted, too
        if known:
            tell(known, columns=left)
        if rows:
            record(
                EVENT,
                by=by,
                act=ACT,
                path=str(rows[0].organisation.path),
                on=rows[0] if len(rows) == 1 else f"information.item:{rows[0].pk}…",
                facts={
                    "count": len(rows),
                    "items": [row.pk for row in rows[:200]],
                    "fields": sorted(values),
                },
            )
    return len(rows)


def _must_be_fit_for_all(keywords: str) -> None:
    found = [hit.of.title for hit in screen_text(keywords) if hit.severity != "note"]
    if found:
        raise KeywordsNotPublic(what="、".join(dict.fromkeys(found)))
