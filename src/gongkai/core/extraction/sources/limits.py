"""How much a document may ask of the machine. Stated in docs/reference/reading.md."""

MAX_FILE_BYTES = 50 * 2**20
"""One document, or one member of an archive, unpacked."""

MAX_PART_BYTES = 80 * 2**20
"""One part of a DOCX or XLSX, unpacked."""

MAX_UNPACKED_BYTES = 2**30
"""All members of an archive together, those of archives inside it included."""

MAX_RATIO = 300
"""How many times its packed size a part may unpack to, once it is larger than :data:`RATIO_FREE_BYTES`."""

RATIO_FREE_BYTES = 2**20

MAX_MEMBERS = 10_000
"""Members of one archive."""

MAX_ARCHIVE_DEPTH = 3
"""Archives inside archives."""

MAX_DIRECTORY_DEPTH = 32

MAX_TEXT_CHARS = 1_000_000
"""Characters of text of one document."""

MAX_PAGES = 500
"""Pages of one PDF."""

MAX_CELLS = 200_000
"""Cells of all tables of one document."""

MAX_SPAN = 1_000
"""Lines or columns that one merged cell may cover; more is a mistake or an attack."""

MAX_NESTING = 250
"""Tables and paragraphs inside cells of a DOCX."""

MAX_PATH_SEGMENTS = 200_000
"""Drawn lines that are looked at on one PDF page."""

SECONDS = 30
"""Time for one document, in the process that guards it."""

RISKY_BYTES = 2**18
"""A web page or text larger than this is read in the guarded process too."""

MEMORY_BYTES = 2 * 2**30
"""Address space for one document, in the process that guards it."""
