"""Applications and what belongs to them."""

from gongkai.domain.applications.models.application import Application, Delivery
from gongkai.domain.applications.models.code_renewal import CodeRenewal, Proof
from gongkai.domain.applications.models.counter import Counter
from gongkai.domain.applications.models.decision import Decision, DecisionPart
from gongkai.domain.applications.models.document import Audience, Document, DocumentKind
from gongkai.domain.applications.models.fact import Fact, Means
from gongkai.domain.applications.models.letter import Letter
from gongkai.domain.applications.models.log import LogEntry, PublicLog
from gongkai.domain.applications.models.note import Note
from gongkai.domain.applications.models.party import Party
from gongkai.domain.applications.models.publication import PublicationProposal, Verdict
from gongkai.domain.applications.models.term import Term
from gongkai.domain.applications.models.wording import Wording

__all__ = [
    "Application",
    "Audience",
    "CodeRenewal",
    "Counter",
    "Decision",
    "DecisionPart",
    "Delivery",
    "Document",
    "DocumentKind",
    "Fact",
    "Letter",
    "LogEntry",
    "Means",
    "Note",
    "Party",
    "Proof",
    "PublicLog",
    "PublicationProposal",
    "Term",
    "Verdict",
    "Wording",
]
