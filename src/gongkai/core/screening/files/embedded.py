"""Files inside a file: each is named, and those that can be opened are read as well."""

from collections.abc import Callable
from pathlib import PurePosixPath

from gongkai.core.extraction.sources.errors import TooDeep, Unreadable
from gongkai.core.extraction.sources.limits import MAX_ARCHIVE_DEPTH, MAX_FILE_BYTES
from gongkai.core.extraction.sources.packed import Package
from gongkai.core.screening.files.material import Material
from gongkai.core.screening.files.office import embedded_in
from gongkai.core.screening.hits import Where
from gongkai.core.screening.rules import enforces

Open = Callable[[bytes, str, int], Material]


@enforces("hidden.attached")
def embedded(package: Package, material: Material, open_: Open, depth: int) -> None:
    """Write what the files inside *package* say into *material*, and that they are there.

    Args:
        package: The file they are in.
        material: What is known of it.
        open_: Opens one of them, inside so many others.
        depth: Inside how many files *package* is.
    """
    for part in embedded_in(package):
        name = PurePosixPath(part).name
        where = Where(f"嵌入的文件 {name}")
        try:
            inside = _opened(package, part, name, open_, depth)
        except Unreadable as problem:
            words = f"嵌着文件 {name}，里面没有查过：{problem}"
            material.trace("hidden.attached", words, part, where=where)
        else:
            material.trace("hidden.attached", f"嵌着文件 {name}", part, where=where)
            material.take_in(inside, where.part)


def _opened(package: Package, part: str, name: str, open_: Open, depth: int) -> Material:
    if depth >= MAX_ARCHIVE_DEPTH:
        raise TooDeep(limit=MAX_ARCHIVE_DEPTH)
    return open_(package.read(part, MAX_FILE_BYTES), name, depth + 1)
