"""The nouns."""

from gongkai.oversight.reports.models.cell import Cell, Entry, Source
from gongkai.oversight.reports.models.chapter import Chapter
from gongkai.oversight.reports.models.edition import Correction, Edition, EditionFile
from gongkai.oversight.reports.models.handling import Handling, Override
from gongkai.oversight.reports.models.report import Report, Status, Tier
from gongkai.oversight.reports.models.round import Round

__all__ = [
    "Cell",
    "Chapter",
    "Correction",
    "Edition",
    "EditionFile",
    "Entry",
    "Handling",
    "Override",
    "Report",
    "Round",
    "Source",
    "Status",
    "Tier",
]
