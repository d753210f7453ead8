"""The nouns of review."""

from gongkai.domain.review.models.chain import Chain, SigningTask
from gongkai.domain.review.models.importance import Importance
from gongkai.domain.review.models.review import Review, ReviewFile, ReviewStatus
from gongkai.domain.review.models.signature import Opinion, Signature

__all__ = [
    "Chain",
    "Importance",
    "Opinion",
    "Review",
    "ReviewFile",
    "ReviewStatus",
    "Signature",
    "SigningTask",
]
