"""Questions about reviews."""

from datetime import date

from django.db.models import Q, QuerySet
from wagtail.models import WorkflowTask

from gongkai.core.workdays import calendar
from gongkai.domain.organisations.models import Organisation
from gongkai.domain.organisations.queries import holders
from gongkai.domain.review.errors import NoChain
from gongkai.domain.review.models import Chain, Importance, Review, SigningTask
from gongkai.domain.review.models.review import ReviewQuerySet
from gongkai.domain.review.subjects import subject_of
from gongkai.foundation import clock
from gongkai.foundation.accounts.models import User
from gongkai.foundation.notices.actions import notify, settle
from gongkai.foundation.permissions import Reader


def chain_for(organisation: Organisation, importance: Importance | str) -> Chain:
    """Return the chain of *organisation*, or of the nearest above it that has one.

    Raises:
        NoChain: There is none.
    """
    importance = Importance(importance)
    found = Chain.objects.over(organisation).filter(importance=importance).first()
    if found is None:
        raise NoChain(organisation=organisation, importance=importance.label)
    return found


def due_on(task: SigningTask) -> date | None:
    """Return the day by which *task* should sign what comes to it today."""
    return calendar().after(clock.today(), task.due_days) if task.due_days else None


def waiting_for(reader: Reader) -> ReviewQuerySet:
    """Return the open reviews whose present step *reader* may sign, the most urgent first."""
    user = reader.user
    if user is None:
        return Review.objects.none()
    mine = Q(pk__in=[])
    for task in _tasks_of(reader):
        here = Q(chain=task.chain_id, step=task.place)
        named = bool(task.named)
        if user.pk not in task.named and user.pk not in task.standing_in:
            if named:
                continue
            units = [s.unit for s in reader.standings if s.role == task.role]
            if task.organisation_id is None:
                here &= Q(organisation__in=units)
            elif task.organisation_id not in units:
                continue
        mine |= here
    return (
        Review.objects.open()
        .filter(mine)
        .exclude(opened_by=user)
        .exclude(signatures__by=user, signatures__opinion="agreed")
        .select_related("organisation", "opened_by", "chain")
        .order_by("due", "pk")
    )


class _Task:
    """A step with what is needed to tell whose it is."""

    __slots__ = ("chain_id", "named", "organisation_id", "place", "role", "standing_in")

    def __init__(self, task: SigningTask, chain: int, place: int) -> None:
        self.chain_id, self.place = chain, place
        self.role, self.organisation_id = task.role, task.organisation_id
        self.named = {person.pk for person in task.signers.all()}
        self.standing_in = {person.pk for person in task.deputies.all()}


def _tasks_of(reader: Reader) -> list[_Task]:
    """Return the steps of all chains in use, in a constant number of queries."""
    roles = {standing.role for standing in reader.standings}
    tasks = {
        task.pk: task
        for task in SigningTask.objects.filter(
            Q(role__in=roles) | Q(signers=reader.user) | Q(deputies=reader.user)
        )
        .distinct()
        .prefetch_related("signers", "deputies")
    }
    places: dict[int, int] = {}
    found = []
    rows = (
        WorkflowTask.objects.filter(workflow__chain__reviews__status="open")
        .order_by("workflow", "sort_order")
        .values_list("workflow", "workflow__chain", "task")
        .distinct()
    )
    for workflow, chain, task in rows:
        places[workflow] = places.get(workflow, 0) + 1
        if task in tasks:
            found.append(_Task(tasks[task], chain, places[workflow]))
    return found


def signers_of(review: Review) -> list[User]:
    """Return the people whose turn it is at *review*."""
    task = review.chain.steps[review.step - 1]
    named = list(task.signers.all())
    people = named or holders(task.role, of=task.place_of(review.organisation))
    return [*people, *task.deputies.all()]


def tell_signers(review: Review) -> None:
    """Leave a notice with everybody whose turn it is."""
    people = [p for p in signers_of(review) if p.pk != review.opened_by_id]
    notify(people, f"待审查：{review.title}", href=subject_of(review.subject_type).href(review))


def spare_signers(review: Review) -> None:
    """Take the notices of those away whose turn it was: it is over."""
    href = subject_of(review.subject_type).href(review)
    settle(signers_of(review), href=href)


def tell_author(review: Review, text: str) -> None:
    """Leave a notice with whoever handed it in."""
    notify([review.opened_by], text, href=subject_of(review.subject_type).href(review))


def overdue(day: date | None = None) -> QuerySet[Review]:
    """Return the open reviews whose present step is late."""
    return Review.objects.open().filter(due__lt=day or clock.today())
