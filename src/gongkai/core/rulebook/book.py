"""The rulebook: all law data, with local data laid over it."""

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from functools import cache, cached_property
from pathlib import Path
from typing import Any, TypeVar

from gongkai.core.refusal import Refusal
from gongkai.core.rulebook.entries import Entry, lay, read
from gongkai.core.rulebook.references import Reference, Statute
from gongkai.core.rulebook.structure import structure
from gongkai.law import LAW

T = TypeVar("T")

HOLIDAY_KIND = "国务院办公厅通知"


class UnknownPlace(Refusal):
    """没有“{place}”的地方规定；请检查 law/local 下的目录名。"""


class Rulebook:
    """The law data of the nation, and of the places named.

    Args:
        local: Overlays, laid over the national data in this order: names of folders in
            ``law/local``, or paths of folders elsewhere. They have the same files and schema.
        root: The folder of the national data.
    """

    def __init__(self, *local: str | Path, root: Path = LAW) -> None:
        self.root = root
        self.folders = (root, *(self._place(place) for place in local))
        self._sections: dict[tuple[str, Any, bool], Mapping[str, Any]] = {}
        self._made: dict[str, Any] = {}

    def _place(self, place: str | Path) -> Path:
        folder = self.root / "local" / place
        if not folder.is_dir():
            raise UnknownPlace(place=place)
        return folder

    def files(self, section: str) -> Mapping[str, tuple[Path, ...]]:
        """Return the files of *section* by name, each with its overlays, lowest first."""
        found: dict[str, list[Path]] = {}
        for folder in self.folders:
            single = folder / f"{section}.yaml"
            for path in [single] if single.is_file() else sorted((folder / section).glob("*.yaml")):
                found.setdefault(path.stem, []).append(path)
        return {name: tuple(paths) for name, paths in found.items()}

    def entries(self, section: str) -> Iterator[tuple[str, str, Entry]]:
        """Yield file name, key and entry of everything in *section*, overlays applied."""
        for name, paths in self.files(section).items():
            entry = lay(read(path) for path in paths)
            if entry is None or not isinstance(entry.value, Mapping):
                raise read(paths[0]).error("文件的最外层应当是一组“键: 值”")
            for key, item in entry.value.items():
                yield name, str(key), item

    def section(self, section: str, kind: type[T], *, qualified: bool = True) -> Mapping[str, T]:
        """Return every entry of *section* as *kind*; read once, then kept.

        Args:
            section: A folder of the law data, such as ``deadlines``, or one file of it, such as
                ``codes/channels``.
            kind: What the entries are, as for :func:`structure`.
            qualified: Keys are ``file.key``, as ``application.reply``; otherwise ``key`` alone.

        Raises:
            LawError: An entry is wrong, with file and line.
        """
        known = self._sections.get((section, kind, qualified))
        if known is None:
            found: dict[str, T] = {}
            for name, key, entry in self.entries(section):
                full = f"{name}.{key}" if qualified else key
                if full in found:
                    raise entry.error(f"“{full}”在别的文件里已经有了")
                found[full] = structure(entry, kind, self.reference)
            known = self._sections[section, kind, qualified] = found
        return known

    @cached_property
    def statutes(self) -> Mapping[str, Statute]:
        """Every document that may be cited: ``law/statutes`` and the holiday notices."""
        found: dict[str, Statute] = {}
        for _, key, entry in self.entries("statutes"):
            if key in found:
                raise entry.error(f"“{key}”在别的文件里已经有了")
            found[key] = structure(entry, Statute, self.reference)
        for _, key, entry in self.entries("holidays"):
            found[key] = _notice(entry)
        return found

    def reference(self, key: str) -> Reference:
        """Return the place in the law written as *key*, such as ``regulations-2019/33``."""
        return Reference.parse(key, self.statutes)

    def once(self, name: str, build: Callable[[], T]) -> T:
        """Return what *build* makes of this rulebook, made once and kept under *name*."""
        if name not in self._made:
            self._made[name] = build()
        made: T = self._made[name]
        return made


def _notice(entry: Entry) -> Statute:
    """Return a holiday notice as a document that can be cited."""
    facts = entry.plain()
    issued = facts.get("issued") if isinstance(facts, dict) else None
    if not isinstance(issued, date):
        raise entry.error("放假通知要写明 title、number 和 issued（印发日期）")
    return Statute(
        title=str(facts.get("title", "")),
        number=str(facts.get("number", "")),
        kind=HOLIDAY_KIND,
        issued=issued,
        since=issued,
    )


@cache
def national() -> Rulebook:
    """Return the rulebook without local data, read once a process."""
    return Rulebook()
