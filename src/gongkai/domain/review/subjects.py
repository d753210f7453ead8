"""What is reviewed: the kinds of things that other areas hand to a review."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from django.db import models

if TYPE_CHECKING:
    from gongkai.domain.review.models import Review


@dataclass(frozen=True, slots=True)
class Subject:
    """A kind of thing that is reviewed.

    Attributes:
        model: ``app.model`` in lower case, as ``Review.subject_type`` has it.
        title: What people call one of them.
        digest: Returns the digest of a revision object's public content.
        href: Returns the page at the desk where it is read and signed.
    """

    model: str
    title: str
    digest: Callable[[Any], str]
    href: Callable[["Review"], str]


_kinds: Final[dict[str, Subject]] = {}


def register_subject(subject: Subject) -> Subject:
    """Have things of this kind reviewed; called in ``AppConfig.ready``."""
    _kinds[subject.model] = subject
    return subject


def subject_of(thing: models.Model | str) -> Subject:
    """Return the kind of *thing*, or the kind called so."""
    return _kinds[thing if isinstance(thing, str) else thing._meta.label_lower]
