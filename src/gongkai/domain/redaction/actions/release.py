"""The output becomes final, or the work is given up."""

from django.db import transaction

from gongkai.domain.redaction import policies, queries
from gongkai.domain.redaction.errors import (
    BuiltFromOther,
    NotVerified,
    StillReadable,
    WrongState,
)
from gongkai.domain.redaction.events import DISCARDED, RELEASED
from gongkai.domain.redaction.models import MarkState, Redaction, Stage
from gongkai.domain.redaction.subjects import subject_of
from gongkai.foundation import clock
from gongkai.foundation.permissions import Reader
from gongkai.foundation.trail import record


def release(redaction: Redaction, *, by: Reader, accepts_remainders: bool = False) -> None:
    """Make the output final and hand it to what it belongs to; marks and digests go into the trail.

    Args:
        redaction: What was built and looked at.
        by: Who looked at it.
        accepts_remainders: Whether they say that what can still be read elsewhere may be read.

    Raises:
        NotAllowed: The post does not allow it.
        WrongState: Nothing was built.
        NotVerified: The verifier found something.
        StillReadable: Covered words stand elsewhere, and nobody said that they may.
        BuiltFromOther: The marks or the source are not those it was built from.
    """
    policies.must_mark(by, redaction)
    with transaction.atomic():
        held = (
            Redaction.objects.select_for_update(of=("self",))
            .select_related("organisation", "source", "output")
            .get(pk=redaction.pk)
        )
        if held.stage != Stage.BUILT or held.output is None:
            raise WrongState(state=held.get_stage_display(), verb="定稿")
        _must_be_fit(held, accepts_remainders=accepts_remainders)
        held.stage = Stage.RELEASED
        held.released_by, held.released_at = by.user, clock.now()
        held.save(update_fields=["stage", "released_by", "released_at"])
        _clear(held)
        grounds = queries.grounds_of(held, clock.today())
        record(
            RELEASED,
            by=by,
            act=policies.MARK,
            path=str(held.organisation.path),
            on=held,
            facts={
                "source": f"sha256:{held.source_digest}",
                "output": f"sha256:{held.output_digest}",
                "marks": f"sha256:{held.marks_digest}",
                "grounds": {
                    each.ground: {str(p): n for p, n in each.pages.items()} for each in grounds
                },
                "undone": held.marks.filter(state=MarkState.UNDONE).count(),
                "left": len(held.remainders),
                "for": held.audience,
            },
        )
        subject_of(held).released(held, by)
    redaction.refresh_from_db()


def discard(redaction: Redaction, *, by: Reader) -> None:
    """Give the work up; the source stays.

    Raises:
        NotAllowed: The post does not allow it.
        WrongState: It is final.
    """
    policies.must_mark(by, redaction)
    with transaction.atomic():
        moved = (
            Redaction.objects.filter(pk=redaction.pk)
            .exclude(stage__in=(Stage.RELEASED, Stage.DISCARDED))
            .update(stage=Stage.DISCARDED, output=None, output_digest="")
        )
        if not moved:
            raise WrongState(state=redaction.get_stage_display(), verb="放弃")
        _clear(redaction)
        record(
            DISCARDED, by=by, act=policies.MARK, path=str(redaction.organisation.path), on=redaction
        )
    redaction.refresh_from_db()


def _must_be_fit(held: Redaction, *, accepts_remainders: bool) -> None:
    if not held.verification.get("passed"):
        raise NotVerified
    same = held.marks_digest == queries.digest_of_marks(held)
    if not same or held.source_digest != held.source.digest or held.output is None:
        raise BuiltFromOther
    if held.output_digest != held.output.public_digest:
        raise BuiltFromOther
    if held.remainders and not accepts_remainders:
        raise StillReadable(count=len(held.remainders))


def _clear(redaction: Redaction) -> None:
    """Throw the working pages away: they show what was covered. Their files are swept up."""
    redaction.pages.all().delete()
    Redaction.objects.filter(pk=redaction.pk).update(working=None)
