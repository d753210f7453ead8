"""What is reviewed: the kinds of things that other areas hand to a review."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from django.db import models

if TYPE_CHECKING:
    from gongkai.domain.review.models import Review
    from gongkai.foundation.permissions import Reader


@dataclass(frozen=True, slots=True)
class Gist:
    """What a list says of one review for one reader, so that nobody has to open it to know what it is about.

    Attributes:
        matter: What it is about, in a few words; empty where the reader may not know, or the title says it.
        outcome: What is to be signed, in a word or two.
        days: The last day of the whole business, not of the step, and how near it is; in words.
        tone: The colour of these words: ``is-bad``, ``is-warn``, ``is-good`` or ``is-plain``.
    """

    matter: str = ""
    outcome: str = ""
    days: str = ""
    tone: str = "is-plain"


def untold(reviews: "Sequence[Review]", reader: "Reader") -> Mapping[int, Gist]:  # noqa: ARG001  # what titles say is enough
    """Return nothing: for kinds whose titles say what they are about."""
    return {}


@dataclass(frozen=True, slots=True)
class Subject:
    """A kind of thing that is reviewed.

    Attributes:
        model: ``app.model`` in lower case, as ``Review.subject_type`` has it.
        title: What people call one of them.
        digest: Returns the digest of a revision object's public content.
        href: Returns the page at the desk where it is read and signed.
        gists: Returns, by the keys of the reviews, what lists say of them beyond their titles; a constant
            number of queries, and to each reader only what that reader may see.
    """

    model: str
    title: str
    digest: Callable[[Any], str]
    href: Callable[["Review"], str]
    gists: Callable[["Sequence[Review]", "Reader"], Mapping[int, Gist]] = untold


_kinds: Final[dict[str, Subject]] = {}


def register_subject(subject: Subject) -> Subject:
    """Have things of this kind reviewed; called in ``AppConfig.ready``."""
    _kinds[subject.model] = subject
    return subject


def subject_of(thing: models.Model | str) -> Subject:
    """Return the kind of *thing*, or the kind called so."""
    return _kinds[thing if isinstance(thing, str) else thing._meta.label_lower]
