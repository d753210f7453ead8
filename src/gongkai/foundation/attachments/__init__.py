"""Files that people bring: received as hostile, kept by what is in them, published only after cleaning.

The nouns: a :class:`~.models.StoredFile` (one upload: its name, who and when; its bytes are kept once
for all uploads of the same SHA-256, the original privately and the cleaned copy beside it) and its
:class:`~.models.FileText` (what a search may find). Verbs: :func:`receive`, :func:`examine`, sweep.

How another app takes part::

    from gongkai.foundation.attachments import receive

    stored = receive(upload, reader)            # a Refusal with one sentence where it may not come in
    stored.media_type, stored.size, stored.name # told from the bytes; the name is safe to show and to use
    stored.screening                            # what the pre-check found, JSON
    with stored.open_public() as stream: …      # the cleaned copy; NotCleaned while there is none

A form takes files with :class:`~.fields.StoredFilesField`, which works as a plain file input and, with
script, uploads big files piece by piece and shows how far it is. A file that no row of any app refers
to is swept away after a grace period (``gongkai manage sweep_attachments``).

Nothing here is served to anybody: the area's own view or its public file decides.
"""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from gongkai.foundation.attachments.examining import examine
    from gongkai.foundation.attachments.models import StoredFile
    from gongkai.foundation.attachments.receiving import receive

__all__ = ["StoredFile", "examine", "receive"]


def __getattr__(name: str) -> object:
    # models cannot be imported while the apps are loading
    if name == "StoredFile":
        from gongkai.foundation.attachments.models import StoredFile  # noqa: PLC0415

        return StoredFile
    if name == "receive":
        from gongkai.foundation.attachments.receiving import receive  # noqa: PLC0415

        return receive
    if name == "examine":
        from gongkai.foundation.attachments.examining import examine  # noqa: PLC0415

        return examine
    raise AttributeError(name)
