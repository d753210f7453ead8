"""The verbs of review."""

from gongkai.domain.review.actions.note import Noted, note
from gongkai.domain.review.actions.open_review import open_review
from gongkai.domain.review.actions.recall import recall
from gongkai.domain.review.actions.return_ import return_
from gongkai.domain.review.actions.set_chain import SigningStep, set_chain
from gongkai.domain.review.actions.sign import sign

__all__ = ["Noted", "SigningStep", "note", "open_review", "recall", "return_", "set_chain", "sign"]
