"""The text for an outlet is put into somebody's own words."""

from django.db import transaction

from gongkai.core.rendering.cleaning import clean
from gongkai.domain.channels.actions.holding import ACT, held, must_be, must_reach
from gongkai.domain.channels.errors import TooLong
from gongkai.domain.channels.events import WRITTEN
from gongkai.domain.channels.models import Release, State
from gongkai.foundation.permissions import Reader
from gongkai.foundation.trail import record


def write(release: Release, text: str, *, by: Reader) -> Release:
    """Keep *text* for *release*; an empty one brings the proposal back.

    Raises:
        NotAllowed: The post does not allow it.
        WrongState: It is out already, or given up.
        TooLong: The outlet does not take as much.
    """
    words = clean(text).strip()
    with transaction.atomic():
        row = held(release.pk)
        path = must_reach(by, row)
        must_be(row, State.PLANNED, verb="改文稿")
        most = row.facts.length
        if most and len(words) > most:
            raise TooLong(outlet=row.get_outlet_display(), most=most, count=len(words))
        before, row.text = row.text, words
        row.save(update_fields=["text"])
        record(WRITTEN, by=by, act=ACT, path=path, on=row, before=before, after=words)
    return row
