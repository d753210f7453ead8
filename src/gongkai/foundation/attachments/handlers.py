"""What a request may bring: a file over the limit is read past, and kept by nobody."""

from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler


class Oversized(UploadedFile):  # type: ignore[type-arg]  # generic in the stubs only
    """What is left of a file that was too large: its name and how much came."""


class CeilingHandler(FileUploadHandler):
    """Stands first: lets the bytes of each file through up to the limit and drops what lies beyond.

    The form then finds an :class:`Oversized` in place of the file, whose size says why.
    """

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        """Begin to count."""
        super().new_file(*args, **kwargs)
        self.come = 0

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes | None:
        """Hand on what is within the limit."""
        from gongkai.foundation.attachments.receiving import limit  # noqa: PLC0415  # settings come first

        self.come = start + len(raw_data)
        return raw_data if self.come <= limit() else None

    def file_complete(self, file_size: int) -> Oversized | None:
        """Take the place of a file that was too large."""
        from gongkai.foundation.attachments.receiving import limit  # noqa: PLC0415  # settings come first

        if file_size <= limit():
            return None
        for handler in self.request.upload_handlers if self.request else ():
            # nobody will be asked for the piece that came, so nobody else closes it
            if (piece := getattr(handler, "file", None)) is not None:
                piece.close()
        return Oversized(None, self.file_name, self.content_type, file_size)
