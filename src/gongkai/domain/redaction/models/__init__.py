"""The nouns."""

from gongkai.domain.redaction.models.mark import MarkState, RedactionMark
from gongkai.domain.redaction.models.page import RedactionPage
from gongkai.domain.redaction.models.redaction import RedactedFor, Redaction, Stage

__all__ = ["MarkState", "RedactedFor", "Redaction", "RedactionMark", "RedactionPage", "Stage"]
