"""The output is built, and marks are gone back to."""

from django.db import transaction

from gongkai.domain.redaction import policies, queries
from gongkai.domain.redaction.errors import Undecided, WrongState
from gongkai.domain.redaction.events import REOPENED
from gongkai.domain.redaction.jobs import build
from gongkai.domain.redaction.models import Redaction, Stage
from gongkai.foundation.jobs.actions import start
from gongkai.foundation.permissions import Reader
from gongkai.foundation.trail import record


def start_building(redaction: Redaction, *, by: Reader) -> None:
    """Have the output built in the background.

    Raises:
        NotAllowed: The post does not allow it.
        WrongState: Marks are not being made.
        Undecided: Somebody has to look at each proposal first.
    """
    policies.must_mark(by, redaction)
    with transaction.atomic():
        _move(redaction, {Stage.MARKING}, Stage.BUILDING, "生成文件")
        if count := queries.undecided(redaction):
            raise Undecided(count=count)
        begun = start(build, by=by, arguments={"redaction": redaction.pk})
        Redaction.objects.filter(pk=redaction.pk).update(job=begun)
    redaction.refresh_from_db()


def reopen(redaction: Redaction, *, by: Reader) -> None:
    """Go back to the marks; what was built is thrown away.

    Raises:
        NotAllowed: The post does not allow it.
        WrongState: Nothing was built, or it is final.
    """
    policies.must_mark(by, redaction)
    with transaction.atomic():
        _move(redaction, {Stage.BUILT}, Stage.MARKING, "返回修改")
        redaction.output, redaction.output_digest = None, ""
        redaction.verification, redaction.remainders, redaction.marks_digest = {}, [], ""
        redaction.save(
            update_fields=["output", "output_digest", "verification", "remainders", "marks_digest"]
        )
        redaction.pages.update(result=None)
        record(
            REOPENED,
            by=by,
            act=policies.MARK,
            path=str(redaction.organisation.path),
            on=redaction,
        )


def _move(redaction: Redaction, since: set[Stage], to: Stage, verb: str) -> None:
    """Go from one stage to the next, once, however many ask at a time."""
    moved = Redaction.objects.filter(pk=redaction.pk, stage__in=since).update(stage=to)
    if not moved:
        redaction.refresh_from_db(fields=["stage"])
        raise WrongState(state=redaction.get_stage_display(), verb=verb)
    redaction.stage = to
