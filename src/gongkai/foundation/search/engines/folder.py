"""The folder of the embedded index: one in use, perhaps one being built."""

import fcntl
import json
import os
import secrets
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from gongkai.core.refusal import Refusal
from gongkai.foundation.search.engines.schema import EDITION


class AlreadyBuilding(Refusal):
    """检索索引正在另一个进程里重建。请等它完成，或先停掉它再重试。"""


class Folder:
    """``current`` names the index in use, ``building`` the one being built."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self._current = root / "current"
        self._seen: tuple[tuple[int, int], str, Path] = ((0, 0), "", root)

    def place(self, name: str) -> Path:
        """Return the folder of the index *name*."""
        return self.root / name

    def current(self) -> str:
        """Return the name of the index in use; empty where there is none of this edition."""
        name = self._named("current")
        return name if name.startswith(f"{EDITION}-") and self.place(name).is_dir() else ""

    def state(self) -> tuple[str, int]:
        """Return what tells whether anything has changed: the name, and when it was committed last.

        Asked on every search: two looks at files, and none is read that was read before.
        """
        try:
            told = self._current.stat()
            seen = (told.st_mtime_ns, told.st_ino)
            if self._seen[0] != seen:
                name = self.current()
                self._seen = seen, name, self.place(name) / "meta.json"
            _, name, meta = self._seen
            return name, meta.stat().st_mtime_ns if name else 0
        except OSError:
            return "", 0

    def is_building(self) -> bool:
        """Tell whether a new index has been begun."""
        return bool(self._named("building"))

    def begin(self) -> str:
        """Return the name of a new, empty index."""
        name = f"{EDITION}-{secrets.token_hex(4)}"
        self.place(name).mkdir(parents=True)
        return name

    def resume(self, *, afresh: bool) -> str:
        """Return the index that is being built; a new one where there is none, or *afresh*."""
        name = self._named("building")
        if afresh or not name.startswith(f"{EDITION}-") or not self.place(name).is_dir():
            name = self.begin()
            self._write("building", name)
            self._clear(keep={name, self.current()})
        return name

    def progress(self, name: str) -> dict[str, list[Any]]:
        """Return what :meth:`remember` wrote down about the index *name*."""
        try:
            told: dict[str, list[Any]] = json.loads((self.root / f"{name}.json").read_text("utf-8"))
        except OSError:
            return {}
        return told

    def remember(self, name: str, progress: dict[str, list[Any]]) -> None:
        """Write down how far the index *name* is."""
        self._write(f"{name}.json", json.dumps(progress, ensure_ascii=False))

    def change_over(self, name: str) -> None:
        """Have the index *name* used, and remove all others."""
        self._write("current", name)
        if self._named("building") == name:
            (self.root / "building").unlink(missing_ok=True)
        self._clear(keep={name, self._named("building")})

    @contextmanager
    def lock(self) -> Iterator[None]:
        """Wait until nobody else writes."""
        with self._held("lock", wait=True):
            yield

    @contextmanager
    def building_lock(self) -> Iterator[None]:
        """Refuse where somebody else builds."""
        with self._held("building.lock", wait=False):
            yield

    @contextmanager
    def _held(self, name: str, *, wait: bool) -> Iterator[None]:
        self.root.mkdir(parents=True, exist_ok=True)
        with (self.root / name).open("w") as handle:
            try:
                fcntl.flock(handle, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))
            except BlockingIOError:
                raise AlreadyBuilding from None
            yield

    def _named(self, file: str) -> str:
        try:
            return (self.root / file).read_text("ascii").strip()
        except OSError:
            return ""

    def _write(self, file: str, text: str) -> None:
        fresh = self.root / f".{file}.{secrets.token_hex(4)}"
        self.root.mkdir(parents=True, exist_ok=True)
        with fresh.open("w", encoding="utf-8") as out:
            out.write(text)
            out.flush()
            os.fsync(out.fileno())
        fresh.replace(self.root / file)

    def _clear(self, *, keep: set[str]) -> None:
        """Remove the indexes nobody uses; a reader that still has one open keeps its files."""
        for place in self.root.iterdir():
            if place.is_dir() and place.name not in keep:
                shutil.rmtree(place, ignore_errors=True)
            if place.suffix == ".json" and place.stem not in keep:
                place.unlink(missing_ok=True)
