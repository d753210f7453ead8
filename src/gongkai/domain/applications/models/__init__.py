"""Applications and what belongs to them."""

from gongkai.domain.applications.models.application import Application, Delivery
from gongkai.domain.applications.models.counter import Counter
from gongkai.domain.applications.models.decision import Decision, DecisionPart
from gongkai.domain.applications.models.document import Audience, Document, DocumentKind
from gongkai.domain.applications.models.fact import Fact, Means
from gongkai.domain.applications.models.letter import Letter
from gongkai.domain.applications.models.note import Note
from gongkai.domain.applications.models.party import Party
from gongkai.domain.applications.models.term import Term
from gongkai.domain.applications.models.wording import Wording

__all__ = [
    "Application",
    "Audience",
    "Counter",
    "Decision",
    "DecisionPart",
    "Delivery",
    "Document",
    "DocumentKind",
    "Fact",
    "Letter",
    "Means",
    "Note",
    "Party",
    "Term",
    "Wording",
]
