"""What a document says of itself, proposed for the fields of an information item.

:func:`derive` reads an uploaded file and proposes title, 文号, date, issuer, genre, summary and keywords, each with
the place where it stands. Nothing is made up: what the document does not say is left open, and a person confirms.
"""

from gongkai.core.deriving.derived import Derived, Proposal
from gongkai.core.deriving.deriving import derive, derive_document

__all__ = ["Derived", "Proposal", "derive", "derive_document"]
