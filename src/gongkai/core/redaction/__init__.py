"""Redaction (区分处理): what must be withheld is covered, and the rest is given out in a file made anew.

:func:`open_working` makes a PDF, Word document, picture or plain text ready to be worked on; :func:`read_pages` tells
its letters with their places, :func:`proposals` what the rules of ``law/screening`` would cover. Marks go to
:func:`rebuilt` and :func:`paper`, or :func:`redacted_text`; what comes out holds pictures with the marks burnt in and
the words that can still be seen, and nothing of the source's bytes. :func:`.verifying.verify` opens it with two other readers
before anybody gets it, :func:`remainders` warns where covered words still stand, :func:`grounds_by_page` is for the
letter. See docs/explanation/redaction.md.
"""

from gongkai.core.redaction.covering import Cover, all_covers, covers
from gongkai.core.redaction.letters import Letter, Page
from gongkai.core.redaction.marks import GroundOnPages, Mark, grounds_by_page, label
from gongkai.core.redaction.opening import Working, open_working
from gongkai.core.redaction.paper import paper
from gongkai.core.redaction.plain import redacted_text, text_proposals, text_remainders
from gongkai.core.redaction.proposing import (
    Proposal,
    Remainder,
    proposals,
    remainders,
    secrecy_warnings,
)
from gongkai.core.redaction.rebuilding import NewPage, page_count, page_picture, read_pages, rebuilt
from gongkai.core.redaction.shapes import Box, NotABox

__all__ = [
    "Box",
    "Cover",
    "GroundOnPages",
    "Letter",
    "Mark",
    "NewPage",
    "NotABox",
    "Page",
    "Proposal",
    "Remainder",
    "Working",
    "all_covers",
    "covers",
    "grounds_by_page",
    "label",
    "open_working",
    "page_count",
    "page_picture",
    "paper",
    "proposals",
    "read_pages",
    "rebuilt",
    "redacted_text",
    "remainders",
    "secrecy_warnings",
    "text_proposals",
    "text_remainders",
]
