"""An Office file opened to be changed: its parts parsed once, and written again."""

from collections.abc import Collection, Iterable

from lxml import etree

from gongkai.core.cleaning.office import CONTENT_TYPES, packed
from gongkai.core.extraction.sources.errors import Bomb
from gongkai.core.extraction.sources.limits import MAX_UNPACKED_BYTES
from gongkai.core.extraction.sources.packed import Package


class Opened(Package):
    """A package whose parts are parsed once, so that what is changed in them can be written."""

    def __init__(self, data: bytes, kind: str) -> None:
        super().__init__(data, kind)
        self._roots: dict[str, etree._Element] = {}
        self._put: dict[str, bytes] = {}

    def xml(self, name: str) -> etree._Element:
        """Return the root of a part, the same each time."""
        if name not in self._roots:
            self._roots[name] = super().xml(name)
        return self._roots[name]

    def put(self, name: str, data: bytes) -> None:
        """Put other bytes in the place of the part *name*."""
        self._put[name] = data

    def unlist(self, parts: Collection[str]) -> None:
        """Take *parts* out of the table of contents."""
        for item in list(self.xml(CONTENT_TYPES)):
            if (item.get("PartName") or "").lstrip("/") in parts:
                drop(item)

    def written(self, *, without: Iterable[str] = ()) -> bytes:
        """Return the package with its parts as they are now, those of *without* left out.

        Raises:
            Bomb: It unpacks to more than the limit.
        """
        gone, parts, size = set(without), {}, 0
        for info in self.members():
            if info.is_dir() or info.filename in gone:
                continue
            name = info.filename
            if name in self._roots:
                parts[name] = _serialised(self._roots[name])
            else:
                parts[name] = self._put[name] if name in self._put else self.read(name)
            size += len(parts[name])
            if size > MAX_UNPACKED_BYTES:
                raise Bomb(limit=f"{MAX_UNPACKED_BYTES >> 20} MB")
        return packed(parts)


def drop(element: etree._Element) -> None:
    """Take *element* out of its part, whatever is left around it."""
    parent = element.getparent()
    if parent is not None:
        parent.remove(element)


def _serialised(root: etree._Element) -> bytes:
    return bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True))
