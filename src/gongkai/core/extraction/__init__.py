"""Reading published reports: from a file of anyone's to cells, statements and their places in the text.

Bytes become a :class:`~gongkai.core.extraction.document.Document` (``sources``), its tables become cells of a
form (``tables``), its sentences become statements (``statements``), and together they are a
:class:`~gongkai.core.extraction.reading.Reading`. Nothing is guessed: what cannot be split with certainty is
unreadable, with the reason.
"""
