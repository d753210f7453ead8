"""From the bytes of a file to its text and tables, whatever the file is called.

:func:`collect` finds the files behind paths, directories and archives; :func:`open_document` makes one of them a
:class:`~gongkai.core.extraction.document.Document` or raises an
:class:`~gongkai.core.extraction.sources.errors.Unreadable` with a sentence for people.
"""

from gongkai.core.extraction.sources.collecting import Source, collect
from gongkai.core.extraction.sources.errors import Unreadable
from gongkai.core.extraction.sources.opening import is_risky, open_document

__all__ = ["Source", "Unreadable", "collect", "is_risky", "open_document"]
