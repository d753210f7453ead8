"""What agreeing and returning do alike."""

from dataclasses import dataclass

from gongkai.domain.review.errors import (
    ContentChanged,
    NotInReview,
    NotYourStep,
    OwnWork,
    SignedBefore,
)
from gongkai.domain.review.models import Opinion, Review, ReviewStatus, Signature, SigningTask
from gongkai.foundation.permissions import Reader, person

ACT = "review.sign"


@dataclass(frozen=True, slots=True)
class Turn:
    """A review that waits for the reader's signature, held until the transaction is over."""

    review: Review
    task: SigningTask
    by: Reader

    def sign(self, opinion: Opinion, comment: str) -> Signature:
        """Write down what was said."""
        return Signature.objects.create(
            review=self.review,
            step=self.review.step,
            title=self.task.name,
            opinion=opinion,
            by=person(self.by),
            authority=self.authority,
            as_deputy=self.task.is_deputy(self.by),
            digest=self.review.digest,
            comment=comment.strip(),
        )

    @property
    def authority(self) -> str:
        """Return the standing under which it is signed."""
        place = self.task.place_of(self.review.organisation).pk
        for standing in self.by.standings:
            if standing.role == self.task.role and standing.unit == place:
                return standing.authority
        return f"deputy@{place}"


def take_turn(review: Review, *, by: Reader, digest: str) -> Turn:
    """Return the turn of *by*, who has read the content *digest*, at *review*; inside a transaction.

    Raises:
        NotInReview: It was finished meanwhile.
        NotYourStep: Another post is to sign now.
        OwnWork: The reader handed it in.
        SignedBefore: The reader signed an earlier step.
        ContentChanged: It is another content than the reader has read.
    """
    fresh = (
        Review.objects.select_for_update(of=("self",))
        .select_related("organisation", "chain", "workflow_state", "revision")
        .get(pk=review.pk)
    )
    if fresh.status != ReviewStatus.OPEN:
        raise NotInReview(status=fresh.get_status_display())
    task = fresh.chain.steps[fresh.step - 1]
    if not task.may_sign(by, fresh.organisation):
        raise NotYourStep(step=task.name)
    if fresh.opened_by_id == getattr(by.user, "pk", None):
        raise OwnWork(step=task.name)
    if fresh.signatures.filter(opinion=Opinion.AGREED, by=by.user).exists():
        raise SignedBefore(step=task.name)
    if digest != fresh.digest:
        raise ContentChanged
    return Turn(fresh, task, by)
