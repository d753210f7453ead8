"""From the tables of a document, in whatever shape they are, to the cells of the form they follow.

A table that the file marks as one is read line by line (``proactive``, ``requests``, ``remedies``,
``statistics``); one that has become running text is read by the labels of the form (``stream``, ``flowing``).
What cannot be told with certainty is unreadable and says why.
"""

from gongkai.core.extraction.tables.corroboration import corroborated
from gongkai.core.extraction.tables.reading import Tables, read_tables

__all__ = ["Tables", "corroborated", "read_tables"]
