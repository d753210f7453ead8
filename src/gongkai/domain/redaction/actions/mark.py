"""Marks are drawn, accepted and undone."""

from collections.abc import Sequence

from django.db import transaction

from gongkai.core.redaction import Box
from gongkai.core.redaction.marks import withholding
from gongkai.domain.redaction import policies
from gongkai.domain.redaction.errors import NothingChosen, WrongState
from gongkai.domain.redaction.models import MarkState, Redaction, RedactionMark, Stage
from gongkai.foundation import clock
from gongkai.foundation.permissions import NotThere, Reader

LONGEST = 2000


def add_mark(  # noqa: PLR0913  # the facts of a mark, all by name
    redaction: Redaction,
    *,
    by: Reader,
    page: int,
    ground: str,
    boxes: Sequence[Box] = (),
    span: tuple[int, int] | None = None,
    text: str = "",
    note: str = "",
) -> RedactionMark:
    """Draw a mark.

    Raises:
        NotAllowed: The post does not allow it.
        WrongState: Marks are not being made.
        NotAGround: Nothing may be withheld on that ground.
        NotABox: It lies off the page.
        NothingChosen: No place was given.
    """
    policies.must_mark(by, redaction)
    withholding(ground)
    with transaction.atomic():
        _lock_open(redaction)
        shown = redaction.pages.filter(number=page).first()
        if shown is None:
            raise NotThere(what="这一页")
        if not boxes and span is None:
            raise NothingChosen
        placed = [box.within(shown.width, shown.height) for box in boxes]
        return RedactionMark.objects.create(
            redaction=redaction,
            page=page,
            boxes=[
                [round(edge, 2) for edge in (box.left, box.top, box.right, box.bottom)]
                for box in placed
            ],
            start=span[0] if span else None,
            end=span[1] if span else None,
            ground=ground,
            state=MarkState.ACCEPTED,
            text=text[:LONGEST],
            note=note.strip()[:200],
            made_by=by.user,
            decided_by=by.user,
            decided_at=clock.now(),
        )


def decide(
    redaction: Redaction, key: int, state: MarkState, *, by: Reader, ground: str = ""
) -> RedactionMark:
    """Accept a mark or undo it; another ground may be given.

    Raises:
        NotAllowed: The post does not allow it.
        WrongState: Marks are not being made.
        NotThere: There is no such mark.
        NotAGround: Nothing may be withheld on that ground.
    """
    policies.must_mark(by, redaction)
    with transaction.atomic():
        _lock_open(redaction)
        mark = redaction.marks.filter(pk=key).first()
        if mark is None:
            raise NotThere(what="这处遮盖")
        mark.state = state
        mark.ground = withholding(ground) if ground else mark.ground
        mark.decided_by, mark.decided_at = by.user, clock.now()
        mark.save(update_fields=["state", "ground", "decided_by", "decided_at"])
    return mark


def decide_many(
    redaction: Redaction, state: MarkState, *, by: Reader, page: int | None = None
) -> int:
    """Accept or undo all proposals of a page, or of all pages; return how many there were."""
    policies.must_mark(by, redaction)
    with transaction.atomic():
        _lock_open(redaction)
        rows = redaction.marks.filter(state=MarkState.PROPOSED)
        if page is not None:
            rows = rows.filter(page=page)
        # sealed columns are not touched: an update of all at once is allowed
        return rows.update(
            state=state, decided_by=by.user.pk if by.user else None, decided_at=clock.now()
        )


def _lock_open(redaction: Redaction) -> None:
    stage = (
        Redaction.objects.select_for_update().values_list("stage", flat=True).get(pk=redaction.pk)
    )
    if stage != Stage.MARKING:
        raise WrongState(state=Stage(stage).label, verb="改动遮盖")
