"""An office decides who signs."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction
from wagtail.models import Workflow, WorkflowTask

from gongkai.domain.organisations.models import Organisation
from gongkai.domain.review.errors import ChainTooShort
from gongkai.domain.review.events import CHAIN_SET
from gongkai.domain.review.models import Chain, Importance, SigningTask
from gongkai.foundation.accounts.models import User
from gongkai.foundation.permissions import Reader
from gongkai.foundation.trail import record


@dataclass(frozen=True, slots=True)
class SigningStep:
    """A step of a chain to be.

    Attributes:
        title: What it is called, such as 办公室主任.
        role: Key of the role that signs.
        organisation: Where the role is held; ``None`` for the organisation that publishes.
        due_days: Working days within which it should sign.
        signers: Named people, where it is not everybody of the role.
        deputies: People who may sign instead.
    """

    title: str
    role: str
    organisation: Organisation | None = None
    due_days: int | None = None
    signers: Sequence[User] = ()
    deputies: Sequence[User] = ()


def set_chain(
    organisation: Organisation,
    importance: Importance | str,
    steps: Sequence[SigningStep],
    *,
    by: Reader,
) -> Chain:
    """Put *steps* in the place of the chain that *organisation* has for *importance*.

    The one before stays, with all that was reviewed by it; what is going through it goes on by it, and nothing new does.

    Raises:
        NotAllowed: The post does not allow it.
        ChainTooShort: There is no step.
    """
    path = str(organisation.path)
    by.must("review.chain", path)
    if not steps:
        raise ChainTooShort
    importance = Importance(importance)
    with transaction.atomic():
        before = Chain.objects.active().filter(organisation=organisation, importance=importance)
        for old in before.select_for_update():
            old.active = False
            old.save(update_fields=["active"])
        name = f"{organisation} · {importance.label}"
        workflow = Workflow.objects.create(name=name)
        for place, step in enumerate(steps):
            task = SigningTask.objects.create(
                name=step.title,
                role=step.role,
                organisation=step.organisation,
                due_days=step.due_days,
            )
            task.signers.set(step.signers)
            task.deputies.set(step.deputies)
            WorkflowTask.objects.create(workflow=workflow, task=task, sort_order=place)
        chain = Chain.objects.create(
            organisation=organisation,
            importance=importance,
            workflow=workflow,
            steps_count=len(steps),
        )
        record(
            CHAIN_SET,
            by=by,
            act="review.chain",
            path=path,
            on=chain,
            facts={
                "importance": importance.value,
                "steps": [[step.title, step.role] for step in steps],
            },
        )
    return chain
