"""The parts of a DOCX or XLSX: unpacked with care, parsed without entities."""

import io
import zipfile
import zlib

from lxml import etree

from gongkai.core.extraction.sources.errors import Bomb, Damaged, Encrypted
from gongkai.core.extraction.sources.limits import MAX_PART_BYTES, MAX_RATIO, RATIO_FREE_BYTES


class Package:
    """A ZIP file whose members are read only as far as the limits allow."""

    def __init__(self, data: bytes, kind: str) -> None:
        self.kind = kind
        try:
            self._archive = zipfile.ZipFile(io.BytesIO(data))
        except (zipfile.BadZipFile, NotImplementedError, ValueError, OSError) as error:
            raise Damaged(kind=kind) from error

    def __contains__(self, name: str) -> bool:
        return name in self._archive.NameToInfo

    def members(self) -> list[zipfile.ZipInfo]:
        """Return what the table of contents lists."""
        return self._archive.infolist()

    def read(self, name: str, limit: int = MAX_PART_BYTES) -> bytes:
        """Return the bytes of a member.

        Raises:
            Bomb: It unpacks to more than *limit*, or to far more than it is packed.
            Encrypted: It has a password.
            Damaged: It cannot be unpacked.
        """
        info = self._archive.getinfo(name)
        if info.flag_bits & 1:
            raise Encrypted
        try:
            with self._archive.open(info) as stream:
                data = stream.read(limit + 1)
        except (
            zipfile.BadZipFile,
            zlib.error,
            EOFError,
            OSError,
            ValueError,
            NotImplementedError,
            RuntimeError,
        ) as error:
            raise Damaged(kind=self.kind) from error
        allowed = max(RATIO_FREE_BYTES, MAX_RATIO * max(info.compress_size, 1))
        if len(data) > min(limit, allowed):
            raise Bomb(limit=f"{min(limit, allowed) >> 20} MB")
        return data

    def xml(self, name: str) -> etree._Element:
        """Return the root of an XML member, entities unresolved."""
        parser = etree.XMLParser(
            resolve_entities=False,
            no_network=True,
            load_dtd=False,
            remove_comments=True,
            remove_pis=True,
        )
        try:
            root = etree.fromstring(self.read(name), parser)
        except (etree.XMLSyntaxError, KeyError, ValueError) as error:
            raise Damaged(kind=self.kind) from error
        if root.getroottree().docinfo.doctype:
            raise Damaged(kind=self.kind)  # Office never writes one; attacks do
        return root

    def title(self) -> str | None:
        """Return the title among the document properties."""
        if "docProps/core.xml" not in self:
            return None
        try:
            found = self.xml("docProps/core.xml").findtext(
                "{http://purl.org/dc/elements/1.1/}title"
            )
        except Damaged:
            return None
        return found.strip() or None if found else None
