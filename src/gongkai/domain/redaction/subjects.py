"""What redactions belong to: kinds of things of other areas."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from gongkai.domain.organisations.models import Organisation
from gongkai.foundation.attachments.models import StoredFile
from gongkai.foundation.permissions import Reader

if TYPE_CHECKING:
    from gongkai.domain.redaction.models import Redaction


@dataclass(frozen=True, slots=True)
class Source:
    """A document that may be redacted."""

    title: str
    stored: StoredFile


@dataclass(frozen=True, slots=True)
class Subject:
    """A kind of thing whose documents are redacted.

    Attributes:
        model: ``app.model`` in lower case.
        title: Returns what people call one of them, without personal data.
        href: Returns its page at the desk.
        may_see: Whether a reader may know of it.
        may_mark: Whether a reader may have its documents redacted.
        unit: Returns the unit that redacts for it.
        sources: Returns its documents that a reader may have redacted.
        released: Takes the output over, inside the transaction in which it became final.
    """

    model: str
    title: Callable[[int], str]
    href: Callable[[int], str]
    may_see: Callable[[Reader, int], bool]
    may_mark: Callable[[Reader, int], bool]
    unit: Callable[[int], Organisation]
    sources: Callable[[Reader, int], Sequence[Source]]
    released: Callable[["Redaction", Reader], None]


_kinds: Final[dict[str, Subject]] = {}


def register_subject(subject: Subject) -> Subject:
    """Have documents of things of this kind redacted; called in ``AppConfig.ready``."""
    _kinds[subject.model] = subject
    return subject


def subject_of(redaction: "Redaction") -> Subject:
    """Return the kind of what *redaction* belongs to."""
    return _kinds[redaction.subject_type]


def find_subject(model: str) -> Subject | None:
    """Return the kind called so, where there is one."""
    return _kinds.get(model)
